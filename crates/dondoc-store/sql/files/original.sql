-- One file as it came in.
select name, format, original
from file
where file_id = $1
