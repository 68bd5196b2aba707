-- How many documents of each year there are, latest first.
select substr(issued_on, 1, 4), count(*)
from document
where issued_on is not null
group by substr(issued_on, 1, 4)
order by 1 desc
