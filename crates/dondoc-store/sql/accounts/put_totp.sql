-- Account $2 has authenticator secret $1.
update account
set totp = $1, totp_step = 0, version = version + 1
where account_id = $2
