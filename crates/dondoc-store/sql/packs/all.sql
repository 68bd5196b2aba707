-- All packs, by code, the newest version of each first.
select code, version, sha256, text, adopted_by, adopted_at
from pack
order by code, version desc
