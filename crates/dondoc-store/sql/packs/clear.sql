-- What an owner says about a figure that needs clearing.
insert into clearance (clearance_id, pack, code, verdict, basis, actor, kept_at)
values ($1, $2, $3, $4, $5, $6, $7)
