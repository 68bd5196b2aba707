-- The findings of one document, in the order of its text.
select
    finding_id, document_id, type, span_start, span_end, original, current, state, version, decided_by, decided_at
from finding
where document_id = $1
order by span_start, span_end, finding_id
