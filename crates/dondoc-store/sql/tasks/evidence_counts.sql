-- How many files each task has, and how large they are together.
select task_id, count(*), sum(size) from evidence group by task_id order by task_id
