-- The documents that an FTS5 expression ($1) finds, best first: a hit in the heading counts eight times.
select rowid
from document_words
where document_words match $1
order by bm25(document_words, 8.0, 8.0, 1.0, 1.0), rowid
