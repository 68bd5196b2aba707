-- A version of a pack.
insert into pack (code, version, sha256, text, adopted_by, adopted_at)
values ($1, $2, $3, $4, $5, $6)
