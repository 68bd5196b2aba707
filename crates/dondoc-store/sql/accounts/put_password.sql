-- Account $2 has password $1 and is confirmed.
update account
set password = $1, state = 'confirmed', version = version + 1
where account_id = $2
