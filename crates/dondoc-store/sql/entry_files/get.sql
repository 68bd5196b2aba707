-- One attached file by its number ($1), without its bytes.
select entry_file_id, entry_id, name, kind, n_bytes, sha256, actor, kept_at, withdrawn_by, withdrawn_at, reason
from entry_file
where entry_file_id = $1
