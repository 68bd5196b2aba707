-- A new block.
insert into block
    (block_id, unit_id, period, ordinal, origin, origin_id, origin_name, actor, kept_at, reason, audit_id, n_figures,
     body, digest, chain)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
