-- A key under which a document is looked up.
insert into document_key (key, document_id)
values ($1, $2)
