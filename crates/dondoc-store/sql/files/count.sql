-- How many files and documents there are.
select (select count(*) from file), (select count(*) from document)
