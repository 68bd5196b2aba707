-- The sessions of account $1 that are good at moment $2, newest first.
select token, made_at, until, second_factor_at
from session
where account_id = $1 and until > $2 and ended_at is null
order by made_at desc
