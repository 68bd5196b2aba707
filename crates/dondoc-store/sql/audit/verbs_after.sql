-- What was done behind line $1, each verb once.
select distinct verb
from audit
where audit_id > $1
order by verb
