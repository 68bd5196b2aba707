-- The tasks that a unit ($1) leads or has a part in and that are not over.
select t.task_id, t.text, t.due_on
from task as t
where t.stage not in ('done', 'cancelled')
  and (
    t.lead_unit_id = $1
    or exists (select 1 from task_unit as u where u.task_id = t.task_id and u.unit_id = $1)
  )
order by coalesce(t.due_on, '9999-12-31'), t.task_id
