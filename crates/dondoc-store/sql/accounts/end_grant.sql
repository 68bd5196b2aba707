-- Grant $1 of account $2 ends at moment $3.
update account_grant
set ended_at = $3
where account_grant_id = $1 and account_id = $2 and ended_at is null
