-- What goes up when units, packs or clearings change.
select
    (select count(*) from unit_source),
    (select count(*) from pack),
    (select count(*) from clearance)
