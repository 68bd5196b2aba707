-- One more block of unit $1 and period $2, which is block $3; the answer is how many there are now.
insert into block_count (unit_id, period, n_blocks, last_block_id)
values ($1, $2, 1, $3)
on conflict (unit_id, period) do update
set n_blocks = block_count.n_blocks + 1, last_block_id = excluded.last_block_id
returning n_blocks
