-- The account with sign-in name $1.
select account_id, name, display, office, state, password, totp, totp_step, version, made_at
from account
where name = $1
