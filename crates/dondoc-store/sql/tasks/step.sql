-- A step of a task: its stage ($1), the day and account of the report, the day in force, the day asked for, percent, reply
-- and lead unit; of task $9, if it is still at version $10.
update task
set version = version + 1, stage = $1, reported_on = $2, reported_by = $3, due_on = $4, asked_until = $5, percent = $6,
    reply = coalesce($7, reply), lead_unit_id = $8
where task_id = $9 and version = $10
