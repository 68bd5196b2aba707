-- The numbers of all files that prove what was done with tasks.
select evidence_id
from evidence
order by evidence_id
