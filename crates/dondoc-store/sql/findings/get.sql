-- One finding.
select
    finding_id, document_id, type, span_start, span_end, original, current, state, version, decided_by, decided_at
from finding
where finding_id = $1
