-- Takes all units of a role ($2) from a task ($1), before others take their place.
delete from task_unit where task_id = $1 and role = $2
