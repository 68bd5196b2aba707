-- Gives out $2 numbers of table $1; the answer is the last of them.
insert into counter (name, last)
values ($1, $2)
on conflict (name) do update
set last = counter.last + excluded.last
returning last
