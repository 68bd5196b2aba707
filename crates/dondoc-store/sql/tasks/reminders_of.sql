-- What was sent about a task ($1), first to last.
select task_id, kind, letter_id, actor, sent_on, sent_at from reminder where task_id = $1 order by reminder_id
