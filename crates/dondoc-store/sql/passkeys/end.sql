-- At moment $1, passkey $2 of account $3 ends.
update passkey
set ended_at = $1
where passkey_id = $2 and account_id = $3 and ended_at is null
