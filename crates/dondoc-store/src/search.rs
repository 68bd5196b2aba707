//! Search: blind to accents, đ/d, the place of tone marks, and short and long forms.
//!
//! What a person types is never an expression of the engine: it is cut into words here, and only these go on.

mod abbreviation;
mod expression;
mod query;
mod snippet;

pub use query::Query;
pub use snippet::{Snippet, snippet};

use dondoc_core::{fold, word};

use crate::{
    db::{Dialect, StoreError, Tx},
    search::expression::WordFold,
    sql::sql,
};

/// Makes the words of a document known to the search: those of its heading, and those of its text.
pub(crate) fn put(tx: &mut Tx<'_>, id: i64, heading: &str, text: &str) -> Result<(), StoreError> {
    let toned = (word::toned(heading), word::toned(text));
    let bare = (fold::bare(heading), fold::bare(text));
    if tx.dialect() == Dialect::Sqlite {
        tx.execute(sql!("search/put.sqlite"), &[&id, &toned.0, &bare.0, &toned.1, &bare.1])?;
        return Ok(());
    }
    for ((heading, text), fold) in [(toned, "toned"), (bare, "bare")] {
        let words = expression::to_tsvector(&[&heading, &text]);
        let heading = expression::to_tsvector(&[&heading]);
        tx.execute(sql!("search/put.postgres"), &[&id, &fold, &heading, &words])?;
    }
    Ok(())
}

/// The documents that a query finds, best first.
///
/// Those that have the words with the tones as typed come before those that have them with any; within each,
/// those that have all words one after the other come first.
pub(crate) fn ranked(tx: &mut Tx<'_>, query: &Query) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for expression in query.expressions() {
        let hits = if tx.dialect() == Dialect::Sqlite {
            tx.query(sql!("search/hits.sqlite"), &[&expression.to_fts5()], |row| row.int(0))?
        } else {
            let fold = match expression.fold {
                WordFold::Toned => "toned",
                WordFold::Bare => "bare",
            };
            let asked = expression.to_tsquery();
            tx.query(sql!("search/hits.postgres"), &[&asked, &fold], |row| row.int(0))?
        };
        found.extend(hits.into_iter().filter(|it| seen.insert(*it)));
    }
    Ok(found)
}
