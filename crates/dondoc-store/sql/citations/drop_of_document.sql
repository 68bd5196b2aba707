-- Forgets what the citations of one document came to, before they are judged again.
delete from citation
where document_id = $1
