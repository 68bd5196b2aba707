-- A file that proves what was done.
insert into evidence (evidence_id, task_id, name, format, sha256, size, bytes, actor, kept_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
