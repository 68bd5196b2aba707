-- Account $1 is signed in to by nobody of a provider any more.
delete from openid_link
where account_id = $1
