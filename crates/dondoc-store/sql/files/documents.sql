-- The documents of one file, in the order of its text.
select document_id
from document
where file_id = $1
order by ordinal
