-- The file of a backup ($1) was removed, because newer ones are kept.
update backup
set state = 'removed'
where backup_id = $1
  and state = 'kept'
