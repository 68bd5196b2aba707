-- An account ($1) has read a notice or a digest ($2).
insert into notice_read (actor, what, read_at) values ($1, $2, $3)
on conflict (actor, what) do nothing
