-- A new file.
insert into file (file_id, sha256, name, format, original, text, added_by, added_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
