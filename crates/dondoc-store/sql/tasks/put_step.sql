-- A step of a task.
insert into task_step (task_id, version, step, actor, done_at, words, stage, percent, due_on, until)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
