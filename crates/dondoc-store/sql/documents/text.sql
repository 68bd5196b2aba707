-- A document's own part of the file's text, and where it starts.
select d.span_start, substr(f.text, cast(d.span_start + 1 as integer), cast(d.span_end - d.span_start as integer))
from document d
join file f on f.file_id = d.file_id
where d.document_id = $1
