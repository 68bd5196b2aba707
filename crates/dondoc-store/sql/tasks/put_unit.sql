-- A unit beside the lead of a task.
insert into task_unit (task_id, role, unit_id) values ($1, $2, $3)
on conflict (task_id, role, unit_id) do nothing
