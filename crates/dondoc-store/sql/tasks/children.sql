-- The tasks directly under a task ($1), in the order in which they were given.
select task_id, version, text, label, origin, source, arrival, document_id, finding_id, programme, component, giver_unit_id, lead_unit_id,
    addressed_groups, office, kind, first_due_on, due_on, recurrence, product, note, parent_id, series_id, stage, reported_on,
    reported_by, asked_until, percent, reply, folded, given_on
from task
where parent_id = $1
order by task_id
