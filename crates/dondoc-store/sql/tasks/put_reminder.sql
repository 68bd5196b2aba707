-- Something that was sent about a task.
insert into reminder (reminder_id, task_id, kind, letter_id, actor, sent_on, sent_at)
values ($1, $2, $3, $4, $5, $6, $7)
