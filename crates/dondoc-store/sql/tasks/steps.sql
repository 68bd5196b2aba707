-- The steps of a task ($1), first to last.
select version, step, actor, done_at, words, stage, percent, due_on, until
from task_step
where task_id = $1
order by version
