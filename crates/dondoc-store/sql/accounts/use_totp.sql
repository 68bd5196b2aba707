-- A code of step $1 was taken from account $2; no row if one of this step or a later one was before.
update account
set totp_step = $1
where account_id = $2 and totp_step < $1
