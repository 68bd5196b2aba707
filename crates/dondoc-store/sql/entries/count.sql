-- How many entries of each register and unit are kept from day $1 to day $2, and the day of the last.
select pack, register, unit_id, count(*), max(occurred_on)
from entry
where state = 'kept' and occurred_on >= $1 and occurred_on <= $2
group by pack, register, unit_id
order by pack, register, unit_id
