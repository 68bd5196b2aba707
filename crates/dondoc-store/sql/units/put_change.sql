-- Something that happened to a unit.
insert into unit_change (change_id, source_id, unit_id, verb, effective_on, body)
values ($1, $2, $3, $4, $5, $6)
