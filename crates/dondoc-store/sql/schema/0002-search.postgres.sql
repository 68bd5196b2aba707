-- The search index: the words of each document, once with tones and once without.
--
-- Words and pairs of neighbouring words are lexemes ('don', 'don doc'), folded in `dondoc_core::word`; the server's
-- parser and dictionaries never see them. A phrase is asked for by its pairs, for a `tsvector` keeps no more than
-- 16,383 places and 256 of one word, which a report of forty pages already passes. The text itself is not kept a
-- second time.
create table document_words (
    document_id bigint not null references document,
    fold text not null check (fold in ('toned', 'bare')),
    -- The words of title, number and issuer, which count more.
    heading tsvector not null,
    -- The words of heading and body.
    words tsvector not null,
    primary key (document_id, fold)
);

create index document_words_by_word on document_words using gin (words);
