-- What a step says about a cell.
insert into submission_note (submission_id, version, ordinal, form_row, form_column, about, words)
values ($1, $2, $3, $4, $5, $6, $7)
