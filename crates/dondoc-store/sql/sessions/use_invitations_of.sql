-- All codes of account $1 are used up at moment $2.
update invitation
set used_at = $2
where account_id = $1 and used_at is null
