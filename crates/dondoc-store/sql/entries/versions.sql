-- The versions of entry $1, first to last.
select version, unit_id, occurred_on, state, fields, actor, kept_at, reason, digest
from entry_version
where entry_id = $1
order by version
