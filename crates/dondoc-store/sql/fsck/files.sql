-- The numbers of all files.
select file_id
from file
order by file_id
