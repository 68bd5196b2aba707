-- One document as lists show it, with the counts of what was found in it and not rejected.
select
    d.document_id, d.file_id, f.name, d.title, d.kind, d.number, d.issued_on, d.issuer, d.place, f.added_at,
    count(*) filter (where n.type = 'task' and n.state <> 'rejected'),
    count(*) filter (where n.type = 'figure' and n.state <> 'rejected'),
    count(*) filter (where n.type = 'citation' and n.state <> 'rejected'),
    count(*) filter (where n.type <> 'boilerplate' and n.state = 'suggested'),
    (
        select count(*)
        from citation c
        where c.document_id = d.document_id and c.state in ('open', 'ambiguous', 'conflicting')
    )
from document d
join file f on f.file_id = d.file_id
left join finding n on n.document_id = d.document_id
where d.document_id = $1
group by
    d.document_id, d.file_id, f.name, d.title, d.kind, d.number, d.issued_on, d.issuer, d.place, f.added_at
