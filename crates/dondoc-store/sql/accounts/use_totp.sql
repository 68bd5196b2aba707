-- A code of step $2 was taken from account $1; no row if one of this step or a later one was before.
update account
set totp_step = $2
where account_id = $1 and totp_step < $2
