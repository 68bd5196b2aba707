-- The lines behind line $1 in their order, with their digests.
select audit_id, actor, verb, object, done_at, digest
from audit
where audit_id > $1
order by audit_id
