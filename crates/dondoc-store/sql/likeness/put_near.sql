-- A near-duplicate, seen from one side.
insert into near_duplicate (document_id, other_document_id, percent, relation)
values ($1, $2, $3, $4)
on conflict (document_id, other_document_id) do nothing
