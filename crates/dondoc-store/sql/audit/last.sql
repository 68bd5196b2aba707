-- The digest of the last line, which the next one is chained to.
select digest
from audit
order by audit_id desc
limit 1
