-- A new grant.
insert into account_grant
    (account_grant_id, account_id, role, unit_id, line, from_day, until_day, delegated_by, granted_by, granted_at, ended_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null)
