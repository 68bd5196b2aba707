-- The grants of account $1 that were not ended, first to last.
select account_grant_id, role, unit_id, line, from_day, until_day, delegated_by
from account_grant
where account_id = $1 and ended_at is null
order by account_grant_id
