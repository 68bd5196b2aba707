-- The maps that were loaded, the newest first, without what is in them.
select map_id, name, sha256, n_areas, actor, loaded_at
from map
order by map_id desc
