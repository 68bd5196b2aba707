-- The units beside the lead of a task ($1).
select task_id, role, unit_id from task_unit where task_id = $1 order by role, unit_id
