-- A letter of follow-up.
insert into letter (letter_id, batch_id, unit_id, sender_unit_id, name, bytes, words, actor, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
