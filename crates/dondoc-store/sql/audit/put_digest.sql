-- Puts a line ($2) that is older than the chain into it ($1).
update audit
set digest = $1
where audit_id = $2
  and digest is null
