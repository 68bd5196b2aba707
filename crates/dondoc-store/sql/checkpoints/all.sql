-- All checkpoints in their order.
select checkpoint_id, n_lines, root, signed_at, previous, public_key, signature
from checkpoint
order by checkpoint_id
