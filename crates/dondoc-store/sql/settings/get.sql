-- A setting ($1).
select value
from setting
where name = $1
