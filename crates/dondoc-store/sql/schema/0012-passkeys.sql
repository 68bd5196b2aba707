-- Passkeys (WebAuthn), with what the checks of each use need. The table of before was never written to.

drop table passkey;

create table passkey (
    passkey_id bigint primary key,
    account_id bigint not null references account (account_id),
    -- What its owner calls it.
    label text not null check (label <> ''),
    -- By which the authenticator knows it.
    credential_id bytea not null,
    -- The public key and what belongs to it, as the library that checks it writes it (JSON).
    credential text not null,
    -- The signature counter that was shown last; 0: the authenticator does not count.
    counter bigint not null check (counter >= 0),
    made_at text not null,
    used_at text,
    ended_at text
);

create index passkey_by_account on passkey (account_id);

-- One authenticator's key is good for one account; one that was removed may come again.
create unique index passkey_in_use on passkey (credential_id) where ended_at is null;
