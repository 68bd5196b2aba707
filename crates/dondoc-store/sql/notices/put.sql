-- A notice to a unit.
insert into notice (notice_id, unit_id, kind, task_id, letter_id, n_tasks, actor, told_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
