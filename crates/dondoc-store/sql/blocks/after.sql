-- The blocks after number $1, $2 at most.
select block_id, unit_id, period, ordinal, origin, origin_id, origin_name, actor, kept_at, reason, audit_id,
    n_figures, body, digest, chain
from block
where block_id > $1
order by block_id
limit $2
