-- A new correction.
insert into correction
    (correction_id, pack, form, unit_id, period, body, digest, reason, asked_by, asked_at, state)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open')
