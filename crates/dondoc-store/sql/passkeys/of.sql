-- The passkeys of account $1 that are in use, first to last.
select passkey_id, label, credential_id, credential, counter, made_at, used_at
from passkey
where account_id = $1 and ended_at is null
order by passkey_id
