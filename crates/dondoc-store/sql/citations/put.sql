-- What a citation came to.
insert into citation (
    finding_id, document_id, relation, subject_finding_id, mention, mention_key, state, resolved_document_id, fits
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
