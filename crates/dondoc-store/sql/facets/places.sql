-- How many documents of each place there are, most first; one of the ways it is written stands for all.
select max(place), count(*)
from document
where place_key is not null
group by place_key
order by count(*) desc, place_key
