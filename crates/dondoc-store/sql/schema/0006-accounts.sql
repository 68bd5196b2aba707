-- Accounts: who may sign in, as what, and who has.
--
-- Of a person there is a sign-in name, the name on the screen and the office, nothing else. Secrets are kept as digests; a
-- password as Argon2id says it (PHC text).

create table account (
    account_id bigint primary key,
    -- As it is typed to sign in, in small letters.
    name text not null unique check (name <> ''),
    display text not null,
    office text not null,
    state text not null check (state in ('invited', 'confirmed', 'suspended')),
    password text,
    -- The secret of the authenticator program (RFC 6238), base32; null: none.
    totp text,
    -- The step of the code that was taken last: no code counts twice.
    totp_step bigint not null,
    -- Goes up with every change.
    version bigint not null check (version >= 1),
    made_at text not null
);

-- A role of an account at a unit along a line, from day to day. Ended ones stay.
create table account_grant (
    account_grant_id bigint primary key,
    account_id bigint not null references account (account_id),
    role text not null,
    -- Null: the whole installation.
    unit_id bigint,
    line text not null check (line in ('state', 'party', 'military', 'front')),
    from_day text not null,
    until_day text,
    -- The account that it is delegated by; null: given by an administrator.
    delegated_by bigint references account (account_id),
    granted_by text not null,
    granted_at text not null,
    ended_at text
);

create index account_grant_by_account on account_grant (account_id);

-- Who is signed in. The cookie is known only to the browser.
create table session (
    -- SHA-256 of the cookie.
    token bytea primary key check (length(token) = 32),
    account_id bigint not null references account (account_id),
    made_at text not null,
    until text not null,
    -- When the second factor was shown last in this session.
    second_factor_at text,
    ended_at text
);

create index session_by_account on session (account_id);

-- Keys for programs, each good for the operations that it names, and never for more than its account is.
create table api_token (
    api_token_id bigint primary key,
    token bytea not null unique check (length(token) = 32),
    account_id bigint not null references account (account_id),
    label text not null,
    -- Codes of operations with spaces between; `*` for all that the account may.
    operations text not null,
    made_at text not null,
    until text not null,
    ended_at text
);

create index api_token_by_account on api_token (account_id);

-- Codes that are good once: to become the first administrator, or to choose a password.
create table invitation (
    code bytea primary key check (length(code) = 32),
    -- Null: for the first administrator.
    account_id bigint references account (account_id),
    made_at text not null,
    until text not null,
    used_at text
);

-- Passkeys (WebAuthn), as the library that checks them writes them (JSON).
create table passkey (
    passkey_id bigint primary key,
    account_id bigint not null references account (account_id),
    label text not null,
    credential text not null,
    made_at text not null,
    ended_at text
);

create index passkey_by_account on passkey (account_id);
