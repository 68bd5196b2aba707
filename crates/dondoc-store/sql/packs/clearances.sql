-- All that was said about the figures of pack $1, first to last.
select pack, code, verdict, basis, actor, kept_at
from clearance
where pack = $1
order by clearance_id
