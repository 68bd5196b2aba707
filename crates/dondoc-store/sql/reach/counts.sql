-- What hangs on a unit ($1): targets, entries of registers, open corrections, locks, figures' blocks.
select
    (select count(*) from target where unit_id = $1),
    (select count(*) from entry where unit_id = $1 and state = 'kept'),
    (select count(*) from correction where unit_id = $1 and state = 'open'),
    (select count(*) from period_lock where unit_id = $1 and lifted_at is null),
    (select count(*) from block where unit_id = $1)
