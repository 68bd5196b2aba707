//! Search: blind to accents, đ/d, the place of tone marks, and short and long forms.
//!
//! What a person types is never an expression of the engine: it is cut into words here, and only these go on.

mod abbreviation;
mod query;
mod snippet;

pub use query::Query;
pub use snippet::{Snippet, snippet};

use crate::{
    db::{StoreError, Tx},
    sql::sql,
};

/// The documents that a query finds, best first.
///
/// Those that have the words with the tones as typed come before those that have them with any; within each,
/// those that have all words one after the other come first.
pub(crate) fn ranked(tx: &mut Tx<'_>, query: &Query) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for expression in query.expressions() {
        let hits = tx.query(sql!("search/hits.sqlite"), &[&expression], |row| row.int(0))?;
        found.extend(hits.into_iter().filter(|it| seen.insert(*it)));
    }
    Ok(found)
}
