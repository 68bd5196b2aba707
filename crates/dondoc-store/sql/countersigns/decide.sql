-- A decision: confirmed, refused or withdrawn ($1), who, when, why; number $5. One that was decided stays as it is.
update countersign
set state = $1, decided_by = $2, decided_at = $3, decided_why = $4
where countersign_id = $5 and state = 'open'
