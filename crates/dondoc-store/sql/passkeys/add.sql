-- Passkey $1 of account $2, called $3, with credential id $4, credential $5 and counter $6, made at $7.
insert into passkey (passkey_id, account_id, label, credential_id, credential, counter, made_at)
values ($1, $2, $3, $4, $5, $6, $7)
