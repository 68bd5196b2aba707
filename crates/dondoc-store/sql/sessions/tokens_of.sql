-- The keys of account $1, first to last.
select api_token_id, label, operations, made_at, until, ended_at
from api_token
where account_id = $1
order by api_token_id
