-- All accounts by name.
select
    account_id, name, display, office, state, password, totp, totp_step, version, made_at,
    (select count(*) from passkey p where p.account_id = account.account_id and p.ended_at is null),
    (select count(*) from openid_link l where l.account_id = account.account_id)
from account
order by name
