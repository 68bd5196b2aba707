-- A new submission, as a draft.
insert into submission
    (submission_id, pack, pack_version, form, form_version, unit_id, period, kind, content, state, version, n_blocks)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', 1, 0)
