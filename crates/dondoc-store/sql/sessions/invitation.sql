-- The code with digest $1 that is good at moment $2.
select account_id
from invitation
where code = $1 and until > $2 and used_at is null
