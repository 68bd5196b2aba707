-- The words of a document.
insert into document_words (rowid, heading_toned, heading_bare, body_toned, body_bare)
values ($1, $2, $3, $4, $5)
