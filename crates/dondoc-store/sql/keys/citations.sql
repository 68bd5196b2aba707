-- The citations that wait for documents under one key.
select finding_id
from citation_key
where key = $1
order by finding_id
