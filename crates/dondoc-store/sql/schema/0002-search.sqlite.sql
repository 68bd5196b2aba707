-- The search index: the words of each document, once with tones and once without.
--
-- The columns hold words as `dondoc_core::word` folds them, with one space between. The engine must not fold
-- anything itself: no level of its `remove_diacritics` makes a d of a đ, nor hòa of hoà.
-- `rowid` is the document's number. The text itself is not kept a second time (`content=''`).
create virtual table document_words using fts5 (
    heading_toned,
    heading_bare,
    body_toned,
    body_bare,
    content = '',
    tokenize = 'unicode61 remove_diacritics 0'
);
