-- Backups, the latest first, $1 at most.
select
    backup_id, folder, name, how, state, actor, taken_at, n_bytes, sha256, block_id, chain, is_encrypted, fault,
    detail, drilled_at, drill, drill_fault
from backup
order by backup_id desc
limit $1
