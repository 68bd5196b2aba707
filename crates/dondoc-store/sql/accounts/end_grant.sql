-- Grant $2 of account $3 ends at moment $1.
update account_grant
set ended_at = $1
where account_grant_id = $2 and account_id = $3 and ended_at is null
