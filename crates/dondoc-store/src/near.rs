//! Near-duplicates of documents.

use std::collections::HashMap;

use dondoc_core::likeness::{self, LANDMARK, Likeness, LikenessRelation, Shingles};

use crate::{
    db::{StoreError, Tx},
    documents,
    sql::sql,
};

/// A document that is, but for small differences, another one, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearDuplicate {
    /// The other document.
    pub document_id: i64,
    /// Its subject.
    pub title: Option<String>,
    /// The name of its file.
    pub source: String,
    /// What the two have in common, and which contains the other: `Contains` if the first one does.
    pub likeness: Likeness,
}

/// Only the most promising candidates are compared in full.
const MAX_COMPARED: usize = 24;

/// Looks for near-duplicates of a new document, keeps what it finds, and makes the document known to later ones.
///
/// `text` is the document's own, without its boilerplate.
pub(crate) fn compare_and_keep(
    tx: &mut Tx<'_>,
    document_id: i64,
    text: &str,
) -> Result<(), StoreError> {
    let Some(shingles) = Shingles::of(text) else { return Ok(()) };
    let keys = shingles.keys();
    let mut n_shared: HashMap<i64, (usize, usize)> = HashMap::new();
    for key in &keys {
        let sharing =
            tx.query(sql!("likeness/sharing"), &[&key.band, &key.hash], |row| row.int(0))?;
        for other in sharing {
            let counts = n_shared.entry(other).or_default();
            if key.band == LANDMARK { counts.0 += 1 } else { counts.1 += 1 }
        }
    }
    let mut candidates: Vec<(i64, (usize, usize))> = n_shared.into_iter().collect();
    candidates.sort_by_key(|(id, (landmarks, bands))| (usize::MAX - landmarks - bands, *id));
    for (other, _) in candidates.into_iter().take(MAX_COMPARED) {
        let other_text = documents::plain_text(tx, other)?;
        let Some(other_shingles) = Shingles::of(&other_text) else { continue };
        if let Some(found) = likeness::compare(&shingles, &other_shingles) {
            put(tx, document_id, other, found)?;
            put(tx, other, document_id, seen_from_the_other(found))?;
        }
    }
    let signature = shingles.signature().to_bytes();
    tx.execute(sql!("likeness/put"), &[&document_id, &signature.as_slice()])?;
    for key in keys {
        tx.execute(sql!("likeness/put_key"), &[&key.band, &key.hash, &document_id])?;
    }
    Ok(())
}

/// The near-duplicates of a document, most alike first.
pub(crate) fn of(tx: &mut Tx<'_>, document_id: i64) -> Result<Vec<NearDuplicate>, StoreError> {
    tx.query(sql!("likeness/near"), &[&document_id], |row| {
        let relation = row.text(4)?;
        Ok(NearDuplicate {
            document_id: row.int(0)?,
            title: row.maybe_text(1)?,
            source: row.text(2)?,
            likeness: Likeness {
                percent: row.int(3)?.try_into()?,
                relation: LikenessRelation::by_code(&relation)
                    .ok_or_else(|| format!("no such relation: `{relation}`"))?,
            },
        })
    })
}

fn put(tx: &mut Tx<'_>, one: i64, other: i64, found: Likeness) -> Result<(), StoreError> {
    let percent = i64::from(found.percent);
    let relation = found.relation.code();
    tx.execute(sql!("likeness/put_near"), &[&one, &other, &percent, &relation])?;
    Ok(())
}

fn seen_from_the_other(found: Likeness) -> Likeness {
    let relation = match found.relation {
        LikenessRelation::Same => LikenessRelation::Same,
        LikenessRelation::Contains => LikenessRelation::Contained,
        LikenessRelation::Contained => LikenessRelation::Contains,
    };
    Likeness { relation, ..found }
}
