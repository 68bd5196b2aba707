-- The submission of pack $1, form $2, unit $3, period $4, estimate or final ($5).
select submission_id, pack, pack_version, form, form_version, unit_id, period, kind, state, version, content,
    submitted_by, approved_by, first_submitted_at, last_submitted_at, receipt, n_blocks
from submission
where pack = $1 and form = $2 and unit_id = $3 and period = $4 and kind = $5
