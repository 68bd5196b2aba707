-- The documents that tasks are from.
select document_id, kind, number, issued_on, issuer, title
from document
where document_id in (select document_id from task)
order by document_id
