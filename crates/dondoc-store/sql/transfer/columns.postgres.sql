-- The columns of a table ($1) in their order: name, type, and place in the primary key (from 1; 0: not in it).
select cast(a.attname as text), format_type(a.atttypid, a.atttypmod), cast(coalesce(k.place, 0) as bigint)
from pg_attribute a
left join (
    select i.indrelid, u.attnum, u.place
    from pg_index i
    cross join unnest(i.indkey) with ordinality u (attnum, place)
    where i.indisprimary
) k on k.indrelid = a.attrelid and k.attnum = a.attnum
where a.attrelid = to_regclass($1)
  and a.attnum > 0
  and not a.attisdropped
order by a.attnum
