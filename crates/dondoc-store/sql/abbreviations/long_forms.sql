-- What a short form ($1) stands for, most used first.
select max(long)
from abbreviation
where short_key = $1
group by long_key
order by count(*) desc, long_key
limit 5
