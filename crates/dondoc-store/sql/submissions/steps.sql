-- The steps of submission $1, first to last.
select version, step, actor, done_at, reason, content_sha256
from submission_step
where submission_id = $1
order by version
