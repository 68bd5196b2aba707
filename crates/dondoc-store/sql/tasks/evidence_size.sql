-- How large the files of a task ($1) are together.
select coalesce(sum(size), 0) from evidence where task_id = $1
