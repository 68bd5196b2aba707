-- The signature of a document.
insert into likeness (document_id, signature)
values ($1, $2)
