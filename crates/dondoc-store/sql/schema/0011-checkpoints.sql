-- Checkpoints of the audit trail: how long it was, and its last digest, signed with the key of the installation.
--
-- Who may write to the database but has not the key can make the chain anew, but not these.

create table checkpoint (
    -- Without gaps.
    checkpoint_id bigint primary key check (checkpoint_id > 0),
    -- So many lines the trail had.
    n_lines bigint not null check (n_lines > 0),
    -- The digest of the last of them.
    root bytea not null check (length(root) = 32),
    signed_at text not null,
    -- SHA-256 of the checkpoint before; of none: 32 zero bytes.
    previous bytea not null check (length(previous) = 32),
    -- The public key (Ed25519), and the signature of all of the above.
    public_key bytea not null check (length(public_key) = 32),
    signature bytea not null check (length(signature) = 64)
);
