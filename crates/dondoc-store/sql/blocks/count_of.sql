-- How many blocks unit $1 and period $2 have, and which is the last.
select n_blocks, last_block_id
from block_count
where unit_id = $1 and period = $2
