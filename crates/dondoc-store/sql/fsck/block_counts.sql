-- How many blocks each unit and period should have, and which should be the last.
select unit_id, period, n_blocks, last_block_id
from block_count
