-- Takes map $1 away.
delete from map
where map_id = $1
