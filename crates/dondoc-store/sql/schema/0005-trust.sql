-- What makes the store worth believing: a chain over the audit trail, and answers that are given once.

-- SHA-256 of the digest of the line before and of this line; of 32 zero bytes before the first one. A line that is
-- changed, taken out or put in between breaks the chain. Lines that are older than the chain are put into it by the
-- migration, so no line is without.
alter table audit add column digest bytea check (length(digest) = 32);

-- What was answered to a request that a client may repeat (after a lost connection, say), under the key that the
-- client gave it.
create table idempotency (
    key text primary key,
    -- SHA-256 of the request: the same key with another request is a mistake of the client.
    request bytea not null check (length(request) = 32),
    answer bytea not null,
    answered_at text not null
);

create index idempotency_by_time on idempotency (answered_at);
