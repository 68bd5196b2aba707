-- The roles that accounts have at a unit ($1) and that have not ended, on a day ($2) or later.
select a.name, a.display, g.role
from account_grant as g
join account as a on a.account_id = g.account_id
where g.unit_id = $1
  and g.ended_at is null
  and (g.until_day is null or g.until_day >= $2)
order by a.name, g.role, g.account_grant_id
