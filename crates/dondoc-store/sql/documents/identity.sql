-- What one document is known by.
select document_id, kind, number, issued_on, issuer, place, title, opening
from document
where document_id = $1
