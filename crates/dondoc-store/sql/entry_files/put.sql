-- A file attached to an entry.
insert into entry_file (entry_file_id, entry_id, name, kind, n_bytes, sha256, bytes, actor, kept_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
