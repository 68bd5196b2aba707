-- What was asked and answered under a key.
insert into idempotency (key, request, answer, answered_at)
values ($1, $2, $3, $4)
