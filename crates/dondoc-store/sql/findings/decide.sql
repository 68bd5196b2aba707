-- A finding ($7) as it is after a decision, if nobody decided since version $8: no row changes otherwise.
update finding
set span_start = $1,
    span_end = $2,
    current = $3,
    state = $4,
    decided_by = $5,
    decided_at = $6,
    version = version + 1
where finding_id = $7
  and version = $8
