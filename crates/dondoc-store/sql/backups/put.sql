-- A backup, or the failure to take one.
insert into backup (
    backup_id, folder, name, how, state, actor, taken_at, n_bytes, sha256, block_id, chain, is_encrypted, fault, detail
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
