-- Key $1 of account $2 ends at moment $3.
update api_token
set ended_at = $3
where api_token_id = $1 and account_id = $2 and ended_at is null
