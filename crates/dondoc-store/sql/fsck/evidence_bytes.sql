-- The bytes of evidence $1, and the SHA-256 that they should have.
select sha256, bytes
from evidence
where evidence_id = $1
