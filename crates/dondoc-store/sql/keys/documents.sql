-- The documents under one key.
select d.document_id, d.kind, d.number, d.issued_on, d.issuer, d.place, d.title, d.opening
from document_key k
join document d on d.document_id = k.document_id
where k.key = $1
order by d.document_id
