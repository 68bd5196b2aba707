-- The passkey in use with credential id $1, of whatever account.
select passkey_id
from passkey
where credential_id = $1 and ended_at is null
