-- What unit $1 has begun or handed in.
select submission_id, unit_id, form, period, kind, state, first_submitted_at, last_submitted_at, version,
    receipt, pack
from submission
where unit_id = $1
order by pack, form, period, kind
