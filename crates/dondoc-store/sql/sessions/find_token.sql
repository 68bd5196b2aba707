-- The key with digest $1 that is good at moment $2.
select account_id, operations
from api_token
where token = $1 and until > $2 and ended_at is null
