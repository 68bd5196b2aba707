-- Account $1 has password $2 and is confirmed.
update account
set password = $2, state = 'confirmed', version = version + 1
where account_id = $1
