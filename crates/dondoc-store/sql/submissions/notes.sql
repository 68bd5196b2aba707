-- What the steps of submission $1 say about cells.
select version, form_row, form_column, about, words
from submission_note
where submission_id = $1
order by version, ordinal
