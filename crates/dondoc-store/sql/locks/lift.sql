-- Lifts a lock that is set: who ($1), when, why; lock $4.
update period_lock
set lifted_by = $1, lifted_at = $2, lifted_why = $3
where lock_id = $4 and lifted_at is null
