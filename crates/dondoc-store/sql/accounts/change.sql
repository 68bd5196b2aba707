-- Account $4, seen in version $5, is called $1 of office $2 and has state $3.
update account
set display = $1, office = $2, state = $3, version = version + 1
where account_id = $4 and version = $5
