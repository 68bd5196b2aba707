-- Administration: settings, backups with their restore drills, and maps that were loaded.

-- A setting, as it now stands; the audit trail says what it was.
create table setting (
    -- `backup.schedule`
    name text primary key,
    -- JSON.
    value text not null,
    actor text not null check (actor <> ''),
    kept_at text not null
);

-- A backup that was taken, or that should have been: a failure has its row as well.
create table backup (
    backup_id bigint primary key check (backup_id > 0),
    -- Where it was written; the folder is one of the server.
    folder text not null,
    name text not null,
    how text not null check (how in ('now', 'schedule')),
    state text not null check (state in ('kept', 'failed', 'removed')),
    actor text not null check (actor <> ''),
    taken_at text not null,
    n_bytes bigint not null check (n_bytes >= 0),
    -- Of the whole file.
    sha256 text check (length(sha256) = 64),
    -- The newest block in it, and the chain up to there.
    block_id bigint not null,
    chain text,
    is_encrypted bigint not null check (is_encrypted in (0, 1)),
    -- Why it failed: a code, and the words of the one who failed.
    fault text,
    detail text,
    -- The last restore drill with it: when, how it ended, and why it did not end well.
    drilled_at text,
    drill text check (drill in ('good', 'bad')),
    drill_fault text,
    check ((state = 'failed') = (fault is not null)),
    check ((drilled_at is null) = (drill is null))
);

create index backup_by_time on backup (taken_at);

-- Outlines of units for the map, as they were loaded; GeoJSON. The one with the highest number is shown.
create table map (
    map_id bigint primary key check (map_id > 0),
    name text not null,
    -- GeoJSON, a feature for each unit.
    body text not null,
    sha256 text not null check (length(sha256) = 64),
    n_areas bigint not null check (n_areas > 0),
    actor text not null check (actor <> ''),
    loaded_at text not null
);
