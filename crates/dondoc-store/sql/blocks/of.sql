-- The blocks of unit $1 and period $2, in their order.
select block_id, unit_id, period, ordinal, origin, origin_id, origin_name, actor, kept_at, reason, audit_id,
    n_figures, body, digest, chain
from block
where unit_id = $1 and period = $2
order by ordinal
