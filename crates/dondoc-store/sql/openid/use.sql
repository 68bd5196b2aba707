-- At moment $1, subject $3 of issuer $2 signs in to account $4, if it is still linked and in use.
update openid_link
set used_at = $1
where issuer = $2 and subject = $3 and account_id = $4
    and exists (select 1 from account a where a.account_id = $4 and a.state = 'confirmed')
