-- All lines in their order, with their digests.
select audit_id, actor, verb, object, done_at, digest
from audit
order by audit_id
