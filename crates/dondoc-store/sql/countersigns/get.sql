-- The one with the number $1.
select countersign_id, kind, deed, digest, asked_by, asked_at, until, state, decided_by, decided_at, decided_why
from countersign
where countersign_id = $1
