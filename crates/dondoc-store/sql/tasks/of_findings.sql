-- The findings of a document ($1) that were made tasks, and those tasks.
select finding_id, task_id from task where document_id = $1 and finding_id is not null order by task_id
