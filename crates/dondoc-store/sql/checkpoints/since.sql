-- What the trail has behind line $1: how many lines, and how many of them close something.
select count(*), count(case when verb in ('lock.set', 'submission.lock') then 1 end)
from audit
where audit_id > $1
