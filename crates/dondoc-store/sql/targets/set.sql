-- A new target.
insert into target
    (target_id, indicator, option, unit_id, period, value, denominator, source, actor, kept_at, digest)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
