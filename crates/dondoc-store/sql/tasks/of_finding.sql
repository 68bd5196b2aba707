-- The task that was made of a finding ($1).
select task_id from task where finding_id = $1
