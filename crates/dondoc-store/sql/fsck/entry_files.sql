-- The numbers of all files attached to entries.
select entry_file_id
from entry_file
order by entry_file_id
