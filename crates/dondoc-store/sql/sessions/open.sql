-- A session with cookie digest $1 of account $2, made at $3, good until $4, with the second factor shown at $5.
insert into session (token, account_id, made_at, until, second_factor_at, ended_at)
values ($1, $2, $3, $4, $5, null)
