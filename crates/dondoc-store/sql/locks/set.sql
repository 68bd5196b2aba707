-- A new lock.
insert into period_lock (lock_id, pack, form, period, unit_id, reason, set_by, set_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
