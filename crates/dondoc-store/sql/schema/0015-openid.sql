-- Who of a provider of identities (OpenID Connect) signs in to which account.

create table openid_link (
    -- As the provider writes it (`iss`).
    issuer text not null check (issuer <> ''),
    -- By which the provider knows the person for good (`sub`).
    subject text not null check (subject <> ''),
    account_id bigint not null references account (account_id),
    -- What the provider calls the person: shown, never compared.
    label text not null,
    made_at text not null,
    used_at text,
    primary key (issuer, subject)
);

-- An account has one person of a provider at most.
create unique index openid_link_of_account on openid_link (account_id, issuer);
