-- The locks that are set.
select lock_id, pack, form, period, unit_id, reason, set_by, set_at, lifted_by, lifted_at, lifted_why
from period_lock
where lifted_at is null
order by lock_id
