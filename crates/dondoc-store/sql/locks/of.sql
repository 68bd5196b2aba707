-- The locks of period $1, set and lifted.
select lock_id, pack, form, period, unit_id, reason, set_by, set_at, lifted_by, lifted_at, lifted_why
from period_lock
where period = $1
order by lock_id
