-- Session $2 ends at moment $1.
update session
set ended_at = $1
where token = $2 and ended_at is null
