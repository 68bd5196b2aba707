-- Account $1.
select account_id, name, display, office, state, password, totp, totp_step, version, made_at
from account
where account_id = $1
