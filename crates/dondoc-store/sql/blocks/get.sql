-- One block, by its number ($1).
select block_id, unit_id, period, ordinal, origin, origin_id, origin_name, actor, kept_at, reason, audit_id,
    n_figures, body, digest, chain
from block
where block_id = $1
