-- All sessions end at moment $1.
update session
set ended_at = $1
where ended_at is null
