-- All versions of all entries.
select entry_id, version, unit_id, occurred_on, state, fields, actor, kept_at, reason, digest
from entry_version
order by entry_id, version
