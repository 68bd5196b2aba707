-- The chain up to block $1.
select chain
from block
where block_id = $1
