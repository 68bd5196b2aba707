-- The numbers of all submissions.
select submission_id
from submission
order by submission_id
