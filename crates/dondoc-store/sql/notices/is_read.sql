-- When an account ($1) read a notice or a digest ($2).
select read_at from notice_read where actor = $1 and what = $2
