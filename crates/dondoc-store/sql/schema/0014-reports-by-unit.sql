-- The reports of a unit, for those who see few units of many.
create index submission_by_unit on submission (unit_id, period);
