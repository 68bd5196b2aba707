-- Code $2 was used at moment $1.
update invitation
set used_at = $1
where code = $2 and used_at is null
