-- All corrections.
select correction_id, pack, form, unit_id, period, body, digest, reason, state, asked_by, asked_at, decided_by,
    decided_at, decided_why
from correction
order by correction_id
