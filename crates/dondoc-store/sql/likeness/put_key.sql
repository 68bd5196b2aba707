-- A key of likeness of a document.
insert into likeness_key (band, hash, document_id)
values ($1, $2, $3)
on conflict (band, hash, document_id) do nothing
