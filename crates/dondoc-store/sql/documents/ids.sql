-- All documents.
select document_id
from document
order by document_id
