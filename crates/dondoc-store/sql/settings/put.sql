-- Sets $1 to $2; by $3, at $4.
insert into setting (name, value, actor, kept_at)
values ($1, $2, $3, $4)
on conflict (name) do update
set value = excluded.value, actor = excluded.actor, kept_at = excluded.kept_at
