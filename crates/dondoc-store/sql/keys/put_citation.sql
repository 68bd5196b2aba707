-- A key under which the document that a citation means is looked up.
insert into citation_key (key, finding_id)
values ($1, $2)
on conflict (key, finding_id) do nothing
