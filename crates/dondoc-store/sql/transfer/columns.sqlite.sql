-- The columns of a table ($1) in their order: name, type, and place in the primary key (from 1; 0: not in it).
select name, type, pk
from pragma_table_info($1)
order by cid
