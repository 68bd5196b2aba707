//! The decisions of the reading contract on citations, sentence by sentence.
