-- A key for programs.
insert into api_token (api_token_id, token, account_id, label, operations, made_at, until, ended_at)
values ($1, $2, $3, $4, $5, $6, $7, null)
