-- The files of a task ($1), without their bytes.
select evidence_id, task_id, name, format, sha256, size, actor, kept_at
from evidence
where task_id = $1
order by evidence_id
