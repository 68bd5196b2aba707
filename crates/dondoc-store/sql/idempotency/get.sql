-- What was asked and answered under a key ($1).
select request, answer
from idempotency
where key = $1
