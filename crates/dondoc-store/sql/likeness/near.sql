-- The near-duplicates of one document, most alike first.
select n.other_document_id, d.title, f.name, n.percent, n.relation
from near_duplicate n
join document d on d.document_id = n.other_document_id
join file f on f.file_id = d.file_id
where n.document_id = $1
order by n.percent desc, n.other_document_id
