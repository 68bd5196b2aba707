-- Forgets what was answered before a moment ($1).
delete from idempotency
where answered_at < $1
