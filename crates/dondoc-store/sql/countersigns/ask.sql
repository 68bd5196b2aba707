-- A new one: number, kind, deed, digest, who, when, until when.
insert into countersign (countersign_id, kind, deed, digest, asked_by, asked_at, until, state)
values ($1, $2, $3, $4, $5, $6, $7, 'open')
