-- The links of issuer $1 that have subject $2 or account $3.
select count(*)
from openid_link
where issuer = $1 and (subject = $2 or account_id = $3)
