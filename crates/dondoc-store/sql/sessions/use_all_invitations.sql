-- All one-time codes are used up at moment $1.
update invitation
set used_at = $1
where used_at is null
