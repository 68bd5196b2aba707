-- What a citation ($4) came to, judged again.
update citation
set state = $1,
    resolved_document_id = $2,
    fits = $3
where finding_id = $4
