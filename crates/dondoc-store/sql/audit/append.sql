-- One line of the audit trail.
insert into audit (audit_id, actor, verb, object, done_at, digest)
values ($1, $2, $3, $4, $5, $6)
