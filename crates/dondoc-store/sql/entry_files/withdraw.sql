-- Attached file $4 is shown no more, by $1 since $2, because of $3.
update entry_file
set withdrawn_by = $1, withdrawn_at = $2, reason = $3
where entry_file_id = $4
