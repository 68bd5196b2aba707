-- A decision: accepted or refused ($1), who, when, why; correction $5.
update correction
set state = $1, decided_by = $2, decided_at = $3, decided_why = $4
where correction_id = $5 and state = 'open'
