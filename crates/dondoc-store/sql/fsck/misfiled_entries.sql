-- The entries that have not as many versions as they should, or whose last one says otherwise than how they are filed.
select entry.entry_id
from entry
left join entry_version as now on now.entry_id = entry.entry_id and now.version = entry.version
where now.entry_id is null or now.unit_id <> entry.unit_id or now.occurred_on <> entry.occurred_on
    or now.state <> entry.state
    or entry.version <> (select count(*) from entry_version as it where it.entry_id = entry.entry_id)
order by entry.entry_id
