-- Submissions of period $1, form $2, in state $3 (empty: any), numbered below $4, latest first, $5 at most.
select submission_id, pack, pack_version, form, form_version, unit_id, period, kind, state, version, content,
    submitted_by, approved_by, first_submitted_at, last_submitted_at, receipt, n_blocks
from submission
where ($1 = '' or period = $1) and ($2 = '' or form = $2) and ($3 = '' or state = $3) and submission_id < $4
order by submission_id desc
limit $5
