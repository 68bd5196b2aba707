-- The last number given out for a block, and the highest there is.
select (select last from counter where name = 'block'), (select max(block_id) from block)
