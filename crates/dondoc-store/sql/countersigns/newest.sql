-- The newest, $1 at most, newest first.
select countersign_id, kind, deed, digest, asked_by, asked_at, until, state, decided_by, decided_at, decided_why
from countersign
order by countersign_id desc
limit $1
