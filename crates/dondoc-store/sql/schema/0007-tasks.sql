-- Tasks and their follow-up: who must do what by when, all that was done with it, and what was sent about it.
--
-- What is kept is facts. The words of offices for where a task stands (quá hạn chưa hoàn thành …) follow from the facts
-- and the day, and stand nowhere here.

create table task (
    task_id bigint primary key,
    version bigint not null check (version >= 1),
    -- What must be done, in the words of the document or of the one who gave it.
    text text not null check (text <> ''),
    -- The number of the item as printed: IV.1.
    label text,
    origin text not null check (origin in ('document', 'meeting', 'hand', 'inspection')),
    -- The meeting, inspection or document in words, where it is not in the library.
    source text,
    -- The number in the book of incoming documents (số đến).
    arrival text,
    document_id bigint references document,
    -- The words of the document that it is from; they are made a task once.
    finding_id bigint unique references finding,
    programme text,
    component text,
    giver_unit_id bigint not null,
    -- The unit that leads (chủ trì). Null: a task of a group of units, each of which has its own under this one.
    lead_unit_id bigint,
    -- The groups that were addressed, with commas between: communes,departments.
    addressed_groups text not null,
    -- Who answers for it in the lead unit: Chủ tịch, Giám đốc.
    office text,
    kind text not null check (kind in ('deadline', 'standing', 'regular', 'ad_hoc')),
    -- The day that was set first, and the one in force.
    first_due_on text check (length(first_due_on) = 10),
    due_on text check (length(due_on) = 10 and (due_on is null) = (first_due_on is null)),
    -- Of a standing task: when it falls due again, quarter/after/5.
    recurrence text,
    -- What is expected to come of it.
    product text,
    note text,
    parent_id bigint references task,
    -- Of a round of a standing task: the first round.
    series_id bigint references task,
    stage text not null check (stage in ('assigned', 'begun', 'reported', 'returned', 'done', 'cancelled')),
    -- Kept once done, for it decides whether the task was in time.
    reported_on text check (length(reported_on) = 10),
    reported_by text,
    -- The day until which the lead unit asked to be given.
    asked_until text check (length(asked_until) = 10),
    percent bigint not null check (percent >= 0 and percent <= 100),
    -- The document that answers it, in words: 25/BC-UBND ngày 10/3/2026.
    reply text,
    -- The words to search in, without accents.
    folded text not null,
    given_on text not null check (length(given_on) = 10),
    check ((stage in ('reported', 'done')) = (reported_on is not null)),
    check ((reported_on is null) = (reported_by is null))
);

create index task_by_lead on task (lead_unit_id, due_on);
create index task_by_parent on task (parent_id);
create index task_by_document on task (document_id);

-- The units beside the lead: those that coordinate (phối hợp), and those that a group came to on the day it was given.
create table task_unit (
    task_id bigint not null references task,
    role text not null check (role in ('coordinates', 'addressed')),
    unit_id bigint not null,
    primary key (task_id, role, unit_id)
);

create index task_unit_by_unit on task_unit (unit_id);

-- Each step with a task. Nothing is ever changed or taken out of it.
create table task_step (
    task_id bigint not null references task,
    -- The version of the task after the step.
    version bigint not null,
    step text not null,
    actor text not null check (actor <> ''),
    done_at text not null,
    -- The reason, or what was done.
    words text,
    -- Where the task went, and what it said of percent and due day after the step.
    stage text not null,
    percent bigint not null,
    due_on text,
    -- The day that was asked for.
    until text,
    primary key (task_id, version)
);

-- A file that proves what was done (minh chứng).
create table evidence (
    evidence_id bigint primary key,
    task_id bigint not null references task,
    -- A bare name that is safe to serve.
    name text not null check (name <> ''),
    -- What its bytes are: pdf, docx, jpg …
    format text not null,
    sha256 text not null check (length(sha256) = 64),
    size bigint not null,
    bytes bytea not null,
    actor text not null check (actor <> ''),
    kept_at text not null,
    unique (task_id, sha256)
);

-- An official letter of follow-up (công văn đôn đốc) to one unit; those that were made together have one batch.
create table letter (
    letter_id bigint primary key,
    batch_id bigint not null,
    unit_id bigint not null,
    -- The unit that sends it.
    sender_unit_id bigint not null,
    name text not null,
    bytes bytea not null,
    -- The short text to copy.
    words text not null,
    actor text not null check (actor <> ''),
    made_at text not null
);

create index letter_by_batch on letter (batch_id);

-- What was sent about a task.
create table reminder (
    reminder_id bigint primary key,
    task_id bigint not null references task,
    kind text not null check (kind in ('first', 'repeat', 'escalation')),
    letter_id bigint references letter,
    actor text not null check (actor <> ''),
    sent_on text not null check (length(sent_on) = 10),
    sent_at text not null
);

create index reminder_by_task on reminder (task_id);

-- A notice in the program, to all accounts of a unit. Nothing is sent outside.
create table notice (
    notice_id bigint primary key,
    unit_id bigint not null,
    -- What happened: given, reported, returned …
    kind text not null,
    task_id bigint references task,
    letter_id bigint references letter,
    -- Of a letter: how many tasks it is about.
    n_tasks bigint not null,
    actor text not null check (actor <> ''),
    told_at text not null
);

create index notice_by_unit on notice (unit_id, notice_id);

-- Who has read which notice. Daily digests are no rows of theirs; the day that was read is kept instead.
create table notice_read (
    actor text not null,
    -- The number of the notice, or digest/2026-03-14.
    what text not null,
    read_at text not null,
    primary key (actor, what)
);
