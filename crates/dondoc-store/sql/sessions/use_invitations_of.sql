-- All codes of account $2 are used up at moment $1.
update invitation
set used_at = $1
where account_id = $2 and used_at is null
