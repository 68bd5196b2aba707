-- Session $1 ends at moment $2.
update session
set ended_at = $2
where token = $1 and ended_at is null
