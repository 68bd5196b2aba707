-- One more block of submission $1.
update submission
set n_blocks = n_blocks + 1
where submission_id = $1
