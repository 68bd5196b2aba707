-- One entry as it now stands, by its number ($1).
select entry.entry_id, entry.pack, entry.register, entry.version, entry.unit_id, entry.occurred_on, entry.state,
    now.version, now.unit_id, now.occurred_on, now.state, now.fields, now.actor, now.kept_at, now.reason, now.digest
from entry
join entry_version as now on now.entry_id = entry.entry_id and now.version = entry.version
where entry.entry_id = $1
