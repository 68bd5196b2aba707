-- The file whose original bytes have this SHA-256 ($1).
select file_id, name
from file
where sha256 = $1
