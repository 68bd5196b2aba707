-- What is in map $1.
select body, sha256
from map
where map_id = $1
