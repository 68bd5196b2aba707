-- The words of a document ($1) in one fold ($2): those of its heading ($3), and all ($4).
insert into document_words (document_id, fold, heading, words)
values ($1, $2, cast($3 as tsvector), cast($4 as tsvector))
