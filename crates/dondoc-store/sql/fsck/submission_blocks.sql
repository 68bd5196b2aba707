-- How many blocks each submission has brought, and of what.
select submission_id, n_blocks, unit_id, period
from submission
