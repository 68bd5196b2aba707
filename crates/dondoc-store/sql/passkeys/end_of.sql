-- At moment $1, all passkeys of account $2 end.
update passkey
set ended_at = $1
where account_id = $2 and ended_at is null
