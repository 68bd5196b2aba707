-- What one citation came to.
select finding_id, document_id, relation, subject_finding_id, mention, mention_key, state, resolved_document_id, fits
from citation
where finding_id = $1
