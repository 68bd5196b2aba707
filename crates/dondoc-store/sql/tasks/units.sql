-- The units beside the lead of all tasks.
select task_id, role, unit_id from task_unit order by task_id, role, unit_id
