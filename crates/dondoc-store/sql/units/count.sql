-- How many changes there are.
select count(*)
from unit_change
