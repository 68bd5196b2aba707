-- A new finding.
insert into finding (
    finding_id, document_id, type, span_start, span_end, original, current, state, version, decided_by, decided_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)
