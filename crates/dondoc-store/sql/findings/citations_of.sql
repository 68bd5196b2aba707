-- The citations of one document that are not rejected, in the order of its text.
select finding_id, current
from finding
where document_id = $1
  and type = 'citation'
  and state <> 'rejected'
order by span_start, finding_id
