-- A checkpoint.
insert into checkpoint (checkpoint_id, n_lines, root, signed_at, previous, public_key, signature)
values ($1, $2, $3, $4, $5, $6, $7)
