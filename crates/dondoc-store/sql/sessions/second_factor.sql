-- The second factor was shown in session $2 at moment $1.
update session
set second_factor_at = $1
where token = $2
