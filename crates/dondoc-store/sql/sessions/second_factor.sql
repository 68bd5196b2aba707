-- The second factor was shown in session $1 at moment $2.
update session
set second_factor_at = $2
where token = $1
