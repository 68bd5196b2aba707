-- How many documents of each type there are, most first.
select kind, count(*)
from document
group by kind
order by count(*) desc, kind
