-- What was done to one object ($1), latest first.
select actor, verb, object, done_at
from audit
where object = $1
order by audit_id desc
