-- A file ($1) with its bytes.
select evidence_id, task_id, name, format, sha256, size, actor, kept_at, bytes
from evidence
where evidence_id = $1
