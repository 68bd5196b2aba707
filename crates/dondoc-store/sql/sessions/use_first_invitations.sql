-- All codes for the first administrator are used up at moment $1.
update invitation
set used_at = $1
where account_id is null and used_at is null
