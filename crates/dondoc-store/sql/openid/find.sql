-- The account to which subject $2 of issuer $1 signs in.
select account_id
from openid_link
where issuer = $1 and subject = $2
