-- The newest line of the audit trail: whatever was written since has a higher number.
select audit_id
from audit
order by audit_id desc
limit 1
