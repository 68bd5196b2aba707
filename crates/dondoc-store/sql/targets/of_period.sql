-- The targets of all units for period $1, first to last.
select target_id, indicator, option, unit_id, period, value, denominator, source, actor, kept_at, digest
from target
where period = $1
order by target_id
