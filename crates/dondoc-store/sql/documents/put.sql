-- A new document.
insert into document (
    document_id, file_id, ordinal, span_start, span_end, kind, number, issued_on, issuer, place, title, signer,
    addressees, opening, issuer_key, place_key
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
