-- Subject $2 of issuer $1, called $4, signs in to account $3 from moment $5.
insert into openid_link (issuer, subject, account_id, label, made_at, used_at)
values ($1, $2, $3, $4, $5, null)
