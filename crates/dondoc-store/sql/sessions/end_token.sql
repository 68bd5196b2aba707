-- Key $2 of account $3 ends at moment $1.
update api_token
set ended_at = $1
where api_token_id = $2 and account_id = $3 and ended_at is null
