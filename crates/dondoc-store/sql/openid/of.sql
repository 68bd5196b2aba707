-- The link of account $1 with issuer $2.
select subject, label, made_at, used_at
from openid_link
where account_id = $1 and issuer = $2
