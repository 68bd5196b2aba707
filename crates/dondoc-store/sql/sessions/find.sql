-- The session with cookie digest $1 that is good at moment $2.
select account_id, second_factor_at
from session
where token = $1 and until > $2 and ended_at is null
