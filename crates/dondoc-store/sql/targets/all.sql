-- All targets, first to last.
select target_id, indicator, option, unit_id, period, value, denominator, source, actor, kept_at, digest
from target
order by target_id
