-- Submissions of unit $1, of period $2, form $3, in state $4 (empty: any), numbered below $5, latest first, $6 at most.
select submission_id, pack, pack_version, form, form_version, unit_id, period, kind, state, version, content,
    submitted_by, approved_by, first_submitted_at, last_submitted_at, receipt, n_blocks
from submission
where unit_id = $1 and ($2 = '' or period = $2) and ($3 = '' or form = $3) and ($4 = '' or state = $4)
    and submission_id < $5
order by submission_id desc
limit $6
