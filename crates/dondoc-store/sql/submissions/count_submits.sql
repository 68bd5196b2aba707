-- How often submission $1 was handed in.
select count(*)
from submission_step
where submission_id = $1 and step = 'submit'
