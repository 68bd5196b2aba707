-- A new account.
insert into account (account_id, name, display, office, state, password, totp, totp_step, version, made_at)
values ($1, $2, $3, $4, $5, $6, null, 0, 1, $7)
