-- The documents that share a key of likeness; a key that very many share (a motto, a heading) says nothing.
select document_id
from likeness_key
where band = $1 and hash = $2
order by document_id
limit 200
