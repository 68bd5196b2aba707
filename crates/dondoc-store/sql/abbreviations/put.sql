-- A short form that a document defines.
insert into abbreviation (finding_id, short_key, long_key, long)
values ($1, $2, $3, $4)
on conflict (finding_id) do update
set short_key = excluded.short_key,
    long_key = excluded.long_key,
    long = excluded.long
