-- The grants that account $1 delegates and that were not ended, first to last.
select account_grant_id, role, unit_id, line, from_day, until_day, delegated_by, account_id
from account_grant
where delegated_by = $1 and ended_at is null
order by account_grant_id
