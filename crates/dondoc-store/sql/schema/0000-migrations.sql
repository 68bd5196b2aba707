-- Which migrations were applied to this store, and with what text.
create table if not exists schema_migration (
    version bigint primary key,
    name text not null,
    sha256 text not null check (length(sha256) = 64),
    applied_at text not null
);
