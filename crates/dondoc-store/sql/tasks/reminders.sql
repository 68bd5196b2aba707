-- All that was sent about tasks, first to last.
select task_id, kind, letter_id, actor, sent_on, sent_at from reminder order by reminder_id
