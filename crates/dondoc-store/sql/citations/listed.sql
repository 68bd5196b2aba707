-- The citations in a state ($1; null: any that is not settled; 'all': all), $2 of them after the first $3, in the
-- order of documents and texts.
select c.finding_id
from citation c
join finding n on n.finding_id = c.finding_id
where case
    when $1 is null then c.state in ('open', 'ambiguous', 'conflicting')
    else $1 = 'all' or c.state = $1
end
order by c.document_id, n.span_start, c.finding_id
limit $2 offset $3
