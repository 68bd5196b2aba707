-- What units have begun or handed in with pack $1 for period $2, estimate or final ($3).
select submission_id, unit_id, form, period, kind, state, first_submitted_at, last_submitted_at, version,
    receipt
from submission
where pack = $1 and period = $2 and kind = $3
order by form, unit_id
