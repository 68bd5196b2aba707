-- A new task.
insert into task (task_id, version, text, label, origin, source, arrival, document_id, finding_id, programme, component, giver_unit_id, lead_unit_id,
    addressed_groups, office, kind, first_due_on, due_on, recurrence, product, note, parent_id, series_id, stage, reported_on,
    reported_by, asked_until, percent, reply, folded, given_on)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)
