-- The last number given out for table $1.
select last
from counter
where name = $1
