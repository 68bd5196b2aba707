-- The library: files, the documents in them, what was found in each, and how they hang together.
--
-- Days are text, `2024-03-14`, moments too, `2024-03-14T07:30:00Z`: they order as time does, and no time zone can
-- move them. Places in a text count Unicode scalar values of the file's whole text (docs: reading contract).
-- `bytea` is a type of PostgreSQL; SQLite takes any name and keeps the bytes as they are.

-- The last number given out for each table.
create table counter (
    name text primary key,
    last bigint not null
);

-- What was done, by whom, to what. Nothing is ever changed or taken out of it.
create table audit (
    audit_id bigint primary key,
    actor text not null check (actor <> ''),
    verb text not null check (verb like '%.%'),
    object text not null,
    done_at text not null
);

-- A file as it came in. The original bytes are kept: they are the evidence for all that was read.
create table file (
    file_id bigint primary key,
    -- Of the original bytes; a file is known by its content, not by its name.
    sha256 text not null unique check (length(sha256) = 64),
    name text not null,
    format text not null,
    original bytea not null,
    -- The decoded text, which all places count in.
    text text not null,
    added_by text not null,
    added_at text not null
);

-- A document (văn bản); a scraped page holds several.
create table document (
    document_id bigint primary key,
    file_id bigint not null references file,
    -- From 0, in the order of the text.
    ordinal bigint not null,
    span_start bigint not null,
    span_end bigint not null check (span_start < span_end),
    kind text not null,
    number text,
    issued_on text check (length(issued_on) = 10),
    issuer text,
    place text,
    title text,
    signer text,
    -- A JSON list of names, shown as it is and never searched.
    addressees text not null,
    -- The first words, where a resolution names the conference that passed it; empty where that says nothing.
    opening text not null,
    -- `issuer` and `place` as they are grouped and filtered by: without case and accents, short forms written out.
    issuer_key text,
    place_key text,
    unique (file_id, ordinal)
);

create index document_by_day on document (issued_on);

-- Something found in a document, on a place in its text.
create table finding (
    finding_id bigint primary key,
    document_id bigint not null references document,
    type text not null check (type in ('citation', 'task', 'figure', 'abbreviation', 'boilerplate')),
    span_start bigint not null,
    span_end bigint not null check (span_start < span_end),
    -- As first read, in the words of the reading contract (JSON); null if a person added it.
    original text,
    -- As now in force.
    current text not null,
    state text not null check (state in ('suggested', 'accepted', 'rejected', 'corrected', 'added')),
    -- Goes up with every decision, so that two people do not decide over each other's head.
    version bigint not null check (version >= 1),
    -- Who decided last; null as long as nobody has.
    decided_by text,
    decided_at text check ((decided_by is null) = (decided_at is null)),
    check (state <> 'suggested' or original is not null)
);

create index finding_by_document on finding (document_id, type);

-- What a citation came to: one row for each finding of that type that is not rejected.
create table citation (
    finding_id bigint primary key references finding,
    document_id bigint not null references document,
    relation text not null check (relation in
        ('replaces', 'amends', 'reviews', 'concludes', 'concretises', 'carries_out', 'based_on', 'mentions')),
    -- The citation whose relation it is, where one hangs on another; null if it is the document's own.
    subject_finding_id bigint references finding,
    -- What the text says of the cited document, completed from fuller mentions of it (JSON).
    mention text not null,
    -- Two citations of one document that is not stored have the same key.
    mention_key text not null,
    state text not null check (state in ('resolved', 'open', 'ambiguous', 'conflicting', 'self')),
    resolved_document_id bigint references document,
    -- The candidates, each with what speaks for and against it (JSON).
    fits text not null,
    check ((state in ('resolved', 'self')) = (resolved_document_id is not null))
);

create index citation_by_document on citation (document_id);
create index citation_by_resolved on citation (resolved_document_id);
create index citation_by_state on citation (state);

-- Under which keys a document is looked up: by number, by type and number, by name.
create table document_key (
    key text not null,
    document_id bigint not null references document,
    primary key (key, document_id)
);

-- Under which keys the document that a citation means is looked up; read when a document comes in.
create table citation_key (
    key text not null,
    finding_id bigint not null references finding,
    primary key (key, finding_id)
);

create index citation_key_by_finding on citation_key (finding_id);

-- Short forms and what they stand for, as the stored documents define them; both without case and accents.
create table abbreviation (
    finding_id bigint primary key references finding,
    short_key text not null,
    long_key text not null,
    -- The long form as it was written.
    long text not null
);

create index abbreviation_by_short on abbreviation (short_key);
create index abbreviation_by_long on abbreviation (long_key);

-- Keys of likeness: documents that share some may be near-duplicates. The 128 MinHash values are kept too.
create table likeness (
    document_id bigint primary key references document,
    signature bytea not null
);

create table likeness_key (
    band bigint not null,
    hash bigint not null,
    document_id bigint not null references document,
    primary key (band, hash, document_id)
);

-- Two documents of which one is the other, or a part of it; each pair stands here twice, once from either side.
create table near_duplicate (
    document_id bigint not null references document,
    other_document_id bigint not null references document,
    percent bigint not null check (percent between 1 and 100),
    relation text not null check (relation in ('same', 'contains', 'contained')),
    primary key (document_id, other_document_id)
);
