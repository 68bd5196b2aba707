-- Everything that happened, in the order in which it was told.
select source_id, unit_id, body
from unit_change
order by change_id
