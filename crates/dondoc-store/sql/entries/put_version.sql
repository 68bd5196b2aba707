-- A version of an entry.
insert into entry_version
    (entry_id, version, unit_id, occurred_on, state, fields, actor, kept_at, reason, digest)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
