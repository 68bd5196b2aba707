-- Account $1 has authenticator secret $2.
update account
set totp = $2, totp_step = 0, version = version + 1
where account_id = $1
