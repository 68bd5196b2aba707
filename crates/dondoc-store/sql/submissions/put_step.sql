-- A step of a submission.
insert into submission_step (submission_id, version, step, actor, done_at, reason, content_sha256)
values ($1, $2, $3, $4, $5, $6, $7)
