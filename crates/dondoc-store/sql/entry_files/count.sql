-- How many files are attached to each entry of pack $1 and register $2, withdrawn ones left out.
select entry_file.entry_id, count(*)
from entry_file
join entry on entry.entry_id = entry_file.entry_id
where entry.pack = $1 and entry.register = $2 and entry_file.withdrawn_at is null
group by entry_file.entry_id
order by entry_file.entry_id
