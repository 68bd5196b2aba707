-- The places of the page furniture in one document that is not rejected, in the order of its text.
select span_start, span_end
from finding
where document_id = $1
  and type = 'boilerplate'
  and state <> 'rejected'
order by span_start
