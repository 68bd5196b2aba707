-- A file attached to an entry of a register. Its bytes never change and are never taken out; withdrawn, it is shown no more.
create table entry_file (
    entry_file_id bigint primary key,
    entry_id bigint not null references entry,
    -- Bare, for people; it names nothing on any disk.
    name text not null check (name <> ''),
    -- What the bytes are: `pdf`.
    kind text not null,
    n_bytes bigint not null check (n_bytes > 0),
    sha256 text not null check (length(sha256) = 64),
    bytes bytea not null,
    actor text not null check (actor <> ''),
    kept_at text not null,
    withdrawn_by text,
    withdrawn_at text,
    reason text
);

create index entry_file_by_entry on entry_file (entry_id);
