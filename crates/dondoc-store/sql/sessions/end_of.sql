-- All sessions of account $2 end at moment $1.
update session
set ended_at = $1
where account_id = $2 and ended_at is null
