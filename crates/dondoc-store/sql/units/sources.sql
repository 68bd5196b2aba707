-- All files that were loaded, in their order.
select source_id, name, sha256, vouches_on, n_changes, digest, actor, loaded_at
from unit_source
order by source_id
