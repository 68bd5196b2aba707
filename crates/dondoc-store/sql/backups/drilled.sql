-- A restore drill with a backup ($4): when ($1), how it ended ($2), and why it did not end well ($3).
update backup
set drilled_at = $1, drill = $2, drill_fault = $3
where backup_id = $4
