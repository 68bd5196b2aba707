-- The files of entry $1 in the order in which they came, without their bytes.
select entry_file_id, entry_id, name, kind, n_bytes, sha256, actor, kept_at, withdrawn_by, withdrawn_at, reason
from entry_file
where entry_id = $1
order by entry_file_id
