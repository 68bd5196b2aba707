-- Forgets the keys of the citations of one document.
delete from citation_key
where finding_id in (select finding_id from finding where document_id = $1)
