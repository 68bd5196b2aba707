-- One submission, by its number ($1).
select submission_id, pack, pack_version, form, form_version, unit_id, period, kind, state, version, content,
    submitted_by, approved_by, first_submitted_at, last_submitted_at, receipt, n_blocks
from submission
where submission_id = $1
