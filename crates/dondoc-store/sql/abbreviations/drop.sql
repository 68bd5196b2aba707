-- Forgets a short form that was rejected.
delete from abbreviation
where finding_id = $1
