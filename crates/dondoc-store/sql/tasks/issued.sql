-- All documents with their issuers, as far as it matters whose and what they are.
select document_id, kind, number, issued_on, issuer, title
from document
order by document_id
