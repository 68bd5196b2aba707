-- The entries of pack $1 and register $2, of unit $3 (-1: of any), from day $4 to day $5.
select entry.entry_id, entry.pack, entry.register, entry.version, entry.unit_id, entry.occurred_on, entry.state,
    now.version, now.unit_id, now.occurred_on, now.state, now.fields, now.actor, now.kept_at, now.reason, now.digest
from entry
join entry_version as now on now.entry_id = entry.entry_id and now.version = entry.version
where entry.pack = $1 and entry.register = $2 and (cast($3 as bigint) = -1 or entry.unit_id = $3)
    and entry.occurred_on >= $4 and entry.occurred_on <= $5
order by entry.occurred_on, entry.entry_id
