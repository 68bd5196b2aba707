-- All sessions of account $2 but session $3 end at moment $1.
update session
set ended_at = $1
where account_id = $2 and token <> $3 and ended_at is null
