-- All accounts by name.
select
    account_id, name, display, office, state, password, totp, totp_step, version, made_at,
    (select count(*) from passkey p where p.account_id = account.account_id and p.ended_at is null)
from account
order by name
