-- A step: the submission's new state ($1), content, who handed it in and who approved it, and if it is handed in
-- now, when ($5) and the number of the receipt ($6); of submission $7, if it is still at version $8.
update submission
set version = version + 1, state = $1, content = $2, submitted_by = $3, approved_by = $4,
    first_submitted_at = coalesce(first_submitted_at, $5), last_submitted_at = coalesce($5, last_submitted_at),
    receipt = coalesce($6, receipt)
where submission_id = $7 and version = $8
