-- Of each table with consecutive numbers: how many rows there are, the highest number, and the last given out.
select 'submission', count(*), max(submission_id), (select last from counter where name = 'submission')
from submission
union all
select 'correction', count(*), max(correction_id), (select last from counter where name = 'correction')
from correction
union all
select 'period_lock', count(*), max(lock_id), (select last from counter where name = 'period_lock')
from period_lock
union all
select 'entry', count(*), max(entry_id), (select last from counter where name = 'entry')
from entry
union all
select 'target', count(*), max(target_id), (select last from counter where name = 'target')
from target
union all
select 'clearance', count(*), max(clearance_id), (select last from counter where name = 'clearance')
from clearance
union all
select 'file', count(*), max(file_id), (select last from counter where name = 'file')
from file
union all
select 'entry_file', count(*), max(entry_file_id), (select last from counter where name = 'entry_file')
from entry_file
union all
select 'evidence', count(*), max(evidence_id), (select last from counter where name = 'evidence')
from evidence
