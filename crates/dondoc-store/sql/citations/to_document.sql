-- The citations, anywhere, that mean one document.
select finding_id, document_id, relation, subject_finding_id, mention, mention_key, state, resolved_document_id, fits
from citation
where resolved_document_id = $1
  and state = 'resolved'
order by document_id, finding_id
