-- The documents of a type ($1), issuer ($2), place ($3), issued from a day ($4) to a day ($5, inclusive), that have
-- findings of a type ($6) or citations that are not settled ($7 = 1); a null filters nothing.
-- Ordered by the moment they came in ($8 = 1) or by the day of issue, latest first.
select d.document_id
from document d
join file f on f.file_id = d.file_id
where ($1 is null or d.kind = $1)
  and ($2 is null or d.issuer_key = $2)
  and ($3 is null or d.place_key = $3)
  and ($4 is null or d.issued_on >= $4)
  and ($5 is null or d.issued_on <= $5)
  and ($6 is null or exists (
      select 1 from finding n
      where n.document_id = d.document_id and n.type = $6 and n.state <> 'rejected'
  ))
  and ($7 = 0 or exists (
      select 1 from citation c
      where c.document_id = d.document_id and c.state in ('open', 'ambiguous', 'conflicting')
  ))
order by
    case when $8 = 1 then f.added_at else coalesce(d.issued_on, '') end desc,
    d.document_id desc
