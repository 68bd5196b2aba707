-- The short forms of a long one ($1), most used first.
select short_key
from abbreviation
where long_key = $1
group by short_key
order by count(*) desc, short_key
limit 5
