-- All accounts by name.
select account_id, name, display, office, state, password, totp, totp_step, version, made_at
from account
order by name
