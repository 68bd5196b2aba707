-- The documents that a tsquery ($1) finds in one fold ($2), best first: a hit in the heading counts eight times.
select document_id
from document_words
where words @@ cast($1 as tsquery)
  and fold = $2
order by
    8 * ts_rank(heading, cast($1 as tsquery)) + ts_rank(words, cast($1 as tsquery), 1) desc,
    document_id
