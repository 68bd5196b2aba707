-- Whether the cookie or key with digest $1 was not ended, how many grants of account $2 up to grant $3 were not, and the state of
-- the account.
select
    (select count(*) from session s where s.token = $1 and s.ended_at is null)
    + (select count(*) from api_token t where t.token = $1 and t.ended_at is null),
    (
        select count(*)
        from account_grant g
        where g.account_id = $2 and g.account_grant_id <= $3 and g.ended_at is null
    ),
    a.state
from account a
where a.account_id = $2
