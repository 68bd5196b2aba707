-- Account $1, seen in version $2, is called $3 of office $4 and has state $5.
update account
set display = $3, office = $4, state = $5, version = version + 1
where account_id = $1 and version = $2
