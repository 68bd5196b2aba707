-- The targets of unit $1 for period $2, first to last.
select target_id, indicator, option, unit_id, period, value, denominator, source, actor, kept_at, digest
from target
where unit_id = $1 and period = $2
order by target_id
