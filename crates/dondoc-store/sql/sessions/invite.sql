-- A code with digest $1 for account $2 (null: the first administrator), made at $3, good until $4.
insert into invitation (code, account_id, made_at, until, used_at)
values ($1, $2, $3, $4, null)
