-- The blocks that number $2 of origin $1 brought.
select block_id
from block
where origin = $1 and origin_id = $2
order by block_id
