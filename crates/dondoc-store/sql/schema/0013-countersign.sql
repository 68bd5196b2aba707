-- What two people must want: asked for by one, confirmed or refused by another.

create table countersign (
    countersign_id bigint primary key check (countersign_id > 0),
    -- `unit.change`, `lock.lift` …
    kind text not null check (kind <> ''),
    -- All that it takes to do it (JSON).
    deed text not null,
    -- SHA-256 of the deed and of what it was planned on, in hexadecimal digits: what was looked at is what is done.
    digest text not null check (length(digest) = 64),
    asked_by text not null check (asked_by <> ''),
    asked_at text not null,
    -- Nobody confirms it from then on.
    until text not null,
    state text not null check (state in ('open', 'confirmed', 'refused', 'withdrawn')),
    decided_by text,
    decided_at text,
    decided_why text,
    check ((state = 'open') = (decided_by is null)),
    check ((decided_by is null) = (decided_at is null)),
    check (state <> 'confirmed' or decided_by <> asked_by)
);

create index countersign_by_state on countersign (state, countersign_id);
