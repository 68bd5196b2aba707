-- What a document's own page shows beyond the lists; the text is the document's own part of the file's.
select
    d.signer, d.addressees, f.format, d.span_start,
    substr(f.text, cast(d.span_start + 1 as integer), cast(d.span_end - d.span_start as integer))
from document d
join file f on f.file_id = d.file_id
where d.document_id = $1
