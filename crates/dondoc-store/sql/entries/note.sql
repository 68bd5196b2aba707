-- A new entry, as it is filed.
insert into entry (entry_id, pack, register, unit_id, occurred_on, state, version)
values ($1, $2, $3, $4, $5, $6, 1)
