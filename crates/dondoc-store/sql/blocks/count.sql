-- How many blocks there are.
select count(*)
from block
