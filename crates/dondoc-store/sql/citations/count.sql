-- How many citations are in a state ($1; null: any that is not settled; 'all': all).
select count(*)
from citation c
where case
    when $1 is null then c.state in ('open', 'ambiguous', 'conflicting')
    else $1 = 'all' or c.state = $1
end
