-- What a new block comes after: the last number given out for a line of the audit trail, and the chain up to
-- block $1.
select (select last from counter where name = 'audit'), (select chain from block where block_id = $1)
