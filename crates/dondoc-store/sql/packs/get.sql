-- Pack $1 in version $2.
select code, version, sha256, text, adopted_by, adopted_at
from pack
where code = $1 and version = $2
