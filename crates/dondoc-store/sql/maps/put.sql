-- A map that was loaded.
insert into map (map_id, name, body, sha256, n_areas, actor, loaded_at)
values ($1, $2, $3, $4, $5, $6, $7)
