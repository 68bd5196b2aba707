-- Figures: what was reported, in blocks that are only ever added to; and what goes with it: submissions on their
-- way, locks, corrections, registers, targets, the packs in use.
--
-- Days, moments and bytes as in the library. Periods are text as Dondoc writes them: `2025-09`, `2025-Q3`.

-- A block: the figures of one unit and period that one write brought. Numbers have no gaps; "as of block n" is a
-- moment in the life of the figures. A later block's figure of the same cell is the one in force.
create table block (
    block_id bigint primary key check (block_id > 0),
    unit_id bigint not null,
    period text not null,
    -- From 1: the how manieth block of its unit and period.
    ordinal bigint not null check (ordinal > 0),
    -- Where its figures came from; the number or name of it.
    origin text not null check (origin in ('submission', 'import', 'register', 'document', 'correction')),
    origin_id bigint,
    origin_name text,
    actor text not null check (actor <> ''),
    kept_at text not null,
    reason text,
    -- The line of the audit trail that was written in the same transaction.
    audit_id bigint not null,
    n_figures bigint not null,
    -- The figures, in the encoding of `blocks/wire.rs`.
    body bytea not null,
    -- SHA-256 of all of the above.
    digest bytea not null check (length(digest) = 32),
    -- SHA-256 of the chain of the block before and this digest.
    chain bytea not null check (length(chain) = 32),
    unique (unit_id, period, ordinal)
);

create index block_by_origin on block (origin, origin_id);
create index block_by_origin_name on block (origin_name);

-- How many blocks a unit and period has. Kept apart from the blocks, so that damage to one of the two shows.
create table block_count (
    unit_id bigint not null,
    period text not null,
    n_blocks bigint not null check (n_blocks > 0),
    last_block_id bigint not null,
    primary key (unit_id, period)
);

-- A submission (báo cáo nộp): one form of one unit for one period, estimate or final, on its way.
create table submission (
    submission_id bigint primary key,
    pack text not null,
    pack_version bigint not null,
    form text not null,
    form_version bigint not null,
    unit_id bigint not null,
    period text not null,
    kind text not null check (kind in ('estimate', 'final')),
    state text not null check (state in ('draft', 'submitted', 'returned', 'approved', 'locked')),
    -- Goes up with every step, so that two people do not step over each other.
    version bigint not null check (version >= 1),
    -- What stands in the form (JSON); replaced while it is a draft or returned, fixed otherwise.
    content text not null,
    -- Who handed it in last, and who approved it.
    submitted_by text,
    approved_by text,
    -- When it was handed in, the first and the last time.
    first_submitted_at text,
    last_submitted_at text,
    -- The number on the receipt of the last time.
    receipt text unique,
    n_blocks bigint not null,
    unique (pack, form, unit_id, period, kind)
);

create index submission_by_period on submission (pack, period, form);

-- Each step of a submission. Nothing is ever changed or taken out of it.
create table submission_step (
    submission_id bigint not null references submission,
    -- The version of the submission after the step.
    version bigint not null,
    step text not null check (step in ('open', 'save', 'submit', 'return', 'approve', 'lock', 'unlock')),
    actor text not null check (actor <> ''),
    done_at text not null,
    reason text,
    -- Of the content as it then stood.
    content_sha256 text not null check (length(content_sha256) = 64),
    primary key (submission_id, version)
);

-- What a step says about cells: why it was returned, the answers to warnings when it was handed in.
create table submission_note (
    submission_id bigint not null references submission,
    version bigint not null,
    ordinal bigint not null,
    -- Row and column of the form as printed; null where the whole form or row is meant.
    form_row text,
    form_column text,
    -- The rule or fault that it is about.
    about text,
    words text not null check (words <> ''),
    primary key (submission_id, version, ordinal)
);

-- A lock (khóa sổ): from then on figures of the period change by correction only.
create table period_lock (
    lock_id bigint primary key,
    pack text not null,
    -- Null: all forms.
    form text,
    period text not null,
    -- The unit and all under it; null: all units.
    unit_id bigint,
    reason text,
    set_by text not null,
    set_at text not null,
    lifted_by text,
    lifted_at text check ((lifted_by is null) = (lifted_at is null)),
    lifted_why text
);

create index period_lock_by_period on period_lock (period);

-- A correction that somebody asks for after the lock.
create table correction (
    correction_id bigint primary key,
    pack text not null,
    form text,
    unit_id bigint not null,
    period text not null,
    -- The figures as they should be, in the encoding of blocks, and their SHA-256.
    body bytea not null,
    digest bytea not null check (length(digest) = 32),
    reason text not null check (reason <> ''),
    state text not null check (state in ('open', 'accepted', 'refused')),
    asked_by text not null,
    asked_at text not null,
    decided_by text,
    decided_at text,
    decided_why text,
    check ((state = 'open') = (decided_by is null) and (decided_by is null) = (decided_at is null))
);

create index correction_by_state on correction (state);
create index correction_by_period on correction (unit_id, period);

-- An entry of a register (bản ghi của sổ), as it now stands.
create table entry (
    entry_id bigint primary key,
    pack text not null,
    register text not null,
    unit_id bigint not null,
    -- The day that puts it into a period.
    occurred_on text not null check (length(occurred_on) = 10),
    version bigint not null check (version >= 1),
    state text not null check (state in ('kept', 'withdrawn'))
);

create index entry_by_register on entry (pack, register, occurred_on);
create index entry_by_unit on entry (unit_id, register, occurred_on);

-- Each version of an entry. Nothing is ever changed or taken out of it.
create table entry_version (
    entry_id bigint not null references entry,
    version bigint not null,
    unit_id bigint not null,
    occurred_on text not null,
    state text not null,
    -- JSON with its keys in order.
    fields text not null,
    actor text not null check (actor <> ''),
    kept_at text not null,
    reason text,
    -- SHA-256 of all of the above.
    digest bytea not null check (length(digest) = 32),
    primary key (entry_id, version)
);

-- A target (chỉ tiêu giao). The one with the highest number is in force.
create table target (
    target_id bigint primary key,
    indicator text not null,
    option text,
    unit_id bigint not null,
    period text not null,
    -- Scaled as the indicator's figures are; a share by its two parts.
    value bigint not null,
    denominator bigint,
    source text not null check (source <> ''),
    actor text not null,
    kept_at text not null,
    -- SHA-256 of all of the above.
    digest bytea not null check (length(digest) = 32)
);

create index target_by_unit on target (unit_id, period);

-- A version of a programme pack that was put into use.
create table pack (
    code text not null,
    version bigint not null,
    sha256 text not null check (length(sha256) = 64),
    -- The whole pack in one text.
    text text not null,
    adopted_by text not null,
    adopted_at text not null,
    primary key (code, version)
);

-- What the owner of a figure that needs clearing has said about it; the last word counts.
create table clearance (
    clearance_id bigint primary key,
    pack text not null,
    -- The indicator, register or form that is meant.
    code text not null,
    verdict text not null check (verdict in ('confirmed', 'withdrawn')),
    -- The document that says so, by number, date and issuer.
    basis text not null check (basis <> ''),
    actor text not null,
    kept_at text not null
);

create index clearance_by_pack on clearance (pack, code);
