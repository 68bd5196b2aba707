-- The original of file $1, and the SHA-256 that it should have.
select sha256, original
from file
where file_id = $1
