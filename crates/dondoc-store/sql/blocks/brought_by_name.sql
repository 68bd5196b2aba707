-- The blocks that the file or register called $2 of origin $1 brought.
select block_id
from block
where origin = $1 and origin_name = $2
order by block_id
