-- Code $1 was used at moment $2.
update invitation
set used_at = $2
where code = $1 and used_at is null
