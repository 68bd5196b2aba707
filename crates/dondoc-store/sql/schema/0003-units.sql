-- Units over time: everything that is known to have happened to them, and which file said so. Only added to.
--
-- Names, codes and parents of a day are worked out from the changes in the core and kept nowhere.

-- A file about units that was loaded, or that said nothing new.
create table unit_source (
    source_id bigint primary key check (source_id > 0),
    name text not null,
    -- Of the bytes of the file; the same bytes are not loaded twice.
    sha256 text not null unique check (length(sha256) = 64),
    -- The day for which a list or table vouches; null for a file that speaks of single changes.
    vouches_on text check (length(vouches_on) = 10),
    n_changes bigint not null check (n_changes >= 0),
    -- SHA-256 of the bodies of its changes in their order, each with its length before it.
    digest bytea not null check (length(digest) = 32),
    actor text not null check (actor <> ''),
    loaded_at text not null
);

-- Something that happened to a unit. Numbers have no gaps; those of one source follow one another.
create table unit_change (
    change_id bigint primary key check (change_id > 0),
    source_id bigint not null references unit_source,
    unit_id bigint not null check (unit_id > 0),
    -- What happened: `found`, `merge`; for people who look into the table.
    verb text not null,
    -- From which day; null: since ever.
    effective_on text check (length(effective_on) = 10),
    -- The change whole (JSON).
    body text not null
);

create index unit_change_by_unit on unit_change (unit_id);
create index unit_change_by_source on unit_change (source_id);
