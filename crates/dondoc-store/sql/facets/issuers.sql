-- How many documents of each issuer there are, most first; one of the ways it is written stands for all.
select max(issuer), count(*)
from document
where issuer_key is not null
group by issuer_key
order by count(*) desc, issuer_key
