-- The digest of line $1.
select digest
from audit
where audit_id = $1
