-- Credential $1 and counter $2 were shown at moment $3 with passkey $4 of account $5: not if it was removed, nor if the counter
-- did not go up where there is one.
update passkey
set credential = $1, counter = $2, used_at = $3
where passkey_id = $4 and account_id = $5 and ended_at is null and (counter < $2 or (counter = 0 and $2 = 0))
