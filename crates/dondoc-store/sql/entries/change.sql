-- How entry $5 is filed from now on.
update entry
set unit_id = $1, occurred_on = $2, state = $3, version = $4
where entry_id = $5
