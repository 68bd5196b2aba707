-- One backup ($1).
select
    backup_id, folder, name, how, state, actor, taken_at, n_bytes, sha256, block_id, chain, is_encrypted, fault,
    detail, drilled_at, drill, drill_fault
from backup
where backup_id = $1
