-- What the citations of one document came to, in the order of its text.
select
    c.finding_id, c.document_id, c.relation, c.subject_finding_id, c.mention, c.mention_key, c.state,
    c.resolved_document_id, c.fits
from citation c
join finding n on n.finding_id = c.finding_id
where c.document_id = $1
order by n.span_start, c.finding_id
