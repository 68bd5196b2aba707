-- The bytes of attached file $1, and the SHA-256 that they had.
select sha256, bytes
from entry_file
where entry_file_id = $1
