-- The newest notices with whether an account ($1) has read them, $2 at most.
select n.notice_id, n.unit_id, n.kind, n.task_id, n.letter_id, n.n_tasks, n.actor, n.told_at, r.read_at
from notice n
left join notice_read r on r.actor = $1 and r.what = cast(n.notice_id as text)
order by n.notice_id desc
limit $2
