-- A file that was loaded.
insert into unit_source (source_id, name, sha256, vouches_on, n_changes, digest, actor, loaded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
