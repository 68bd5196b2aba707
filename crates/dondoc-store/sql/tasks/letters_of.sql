-- The letters of a batch ($1), in the order in which they were made.
select letter_id, unit_id, sender_unit_id, name, words, actor, made_at, bytes
from letter
where batch_id = $1
order by letter_id
