-- Submissions of unit $1 (-1: any), period $2, form $3, in state $4 (empty: any), latest first, $5 at most.
select submission_id, pack, pack_version, form, form_version, unit_id, period, kind, state, version, content,
    submitted_by, approved_by, first_submitted_at, last_submitted_at, receipt, n_blocks
from submission
where (cast($1 as bigint) = -1 or unit_id = $1) and ($2 = '' or period = $2) and ($3 = '' or form = $3)
    and ($4 = '' or state = $4)
order by submission_id desc
limit $5
