//! The audit trail: what was done, by whom, to what, in a chain.
//!
//! Each line carries a digest of the line before and of itself, and is written in the transaction of the change that
//! it tells of. So nobody changes, takes out or slips in a line without breaking the chain from there on. Who may
//! write to the database can still make all digests anew, or cut off the end: against that the last digest has to
//! be witnessed elsewhere.

use sha2::{Digest, Sha256};

use crate::{
    db::{Action, BoxError, Row, Store, StoreError, Tx},
    sql::sql,
};

/// How far the audit trail can be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every line follows from the one before.
    Whole {
        /// How many there are.
        n_lines: i64,
        /// The digest of the last one (of no line: 32 zero bytes); who knows it knows them all.
        last: [u8; 32],
    },
    /// A line is not what was written, or is missing.
    Broken {
        /// The first such line.
        line: i64,
        /// What is wrong with it.
        flaw: Flaw,
    },
}

/// What is wrong with a line of the audit trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is not there, but others are that came later, or its number was given out.
    Missing,
    /// Its digest does not follow from the line before and from itself.
    Altered,
}

/// A line as it goes into its digest.
struct Line {
    id: i64,
    actor: String,
    verb: String,
    object: String,
    at: String,
}

/// The digest before the first line.
const START: [u8; 32] = [0; 32];

/// Reads the whole trail, and says whether its chain is whole, or which line is the first that is not.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn verify(store: &Store) -> Result<Chain, StoreError> {
    store.read(verify_in)
}

pub(crate) fn verify_in(tx: &mut Tx<'_>) -> Result<Chain, StoreError> {
    verify_after(tx, (0, START))
}

/// Reads the trail behind a line, of which number and digest are known, and says whether its chain is whole from there on.
/// A digest that the line does not have breaks the chain at that line.
pub(crate) fn verify_after(
    tx: &mut Tx<'_>,
    (line, root): (i64, [u8; 32]),
) -> Result<Chain, StoreError> {
    if line > 0 {
        let found = tx.query_one(sql!("audit/digest"), &[&line], |row| row.maybe_bytes(0))?;
        match found {
            None => return Ok(Chain::Broken { line, flaw: Flaw::Missing }),
            Some(found) if found.as_deref() != Some(root.as_slice()) => {
                return Ok(Chain::Broken { line, flaw: Flaw::Altered });
            }
            Some(_) => {}
        }
    }
    let n_given = tx.query_one(sql!("counter/get"), &[&"audit"], |row| row.int(0))?.unwrap_or(0);
    let mut expected = line + 1;
    let mut last = root;
    let mut broken = None;
    tx.each(sql!("audit/chain_after"), &[&line], |row| {
        if broken.is_some() {
            return Ok(());
        }
        let line = Line::read(row)?;
        let found = row.maybe_bytes(5)?;
        if line.id != expected {
            broken = Some((expected, Flaw::Missing));
        } else if found.as_deref() == Some(line.digest(&last).as_slice()) {
            last = line.digest(&last);
            expected += 1;
        } else {
            broken = Some((line.id, Flaw::Altered));
        }
        Ok(())
    })?;
    if broken.is_none() && expected <= n_given {
        broken = Some((expected, Flaw::Missing));
    }
    Ok(match broken {
        Some((line, flaw)) => Chain::Broken { line, flaw },
        None => Chain::Whole { n_lines: expected - 1, last },
    })
}

/// The number of the last line, and what was done behind line `after`: each verb once.
///
/// Every write has its line, so who knows the verbs knows what can't have changed.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn news(tx: &mut Tx<'_>, after: i64) -> Result<(i64, Vec<String>), StoreError> {
    let last = tx.query_one(sql!("counter/get"), &[&"audit"], |row| row.int(0))?.unwrap_or(0);
    if last == after {
        return Ok((last, Vec::new()));
    }
    Ok((last, tx.query(sql!("audit/verbs_after"), &[&after], |row| row.text(0))?))
}

/// Writes the next line.
pub(crate) fn append(tx: &mut Tx<'_>, action: &Action) -> Result<(), StoreError> {
    let Action { by, verb, object } = action;
    let last = tx.query_one(sql!("audit/last"), &[], |row| row.digest(0))?.unwrap_or(START);
    let id = tx.take_ids("audit", 1)?;
    let (actor, verb, object) = (by.actor.clone(), (*verb).to_owned(), object.clone());
    let line = Line { id, actor, verb, object, at: by.moment() };
    let digest = line.digest(&last);
    let Line { id, actor, verb, object, at } = &line;
    tx.execute(sql!("audit/append"), &[id, actor, verb, object, at, &digest])?;
    Ok(())
}

/// Puts the lines that are older than the chain into it.
pub(crate) fn begin_chain(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let mut last = START;
    for line in tx.query(sql!("audit/chain"), &[], Line::read)? {
        last = line.digest(&last);
        tx.execute(sql!("audit/put_digest"), &[&last, &line.id])?;
    }
    Ok(())
}

impl Line {
    fn read(row: &Row<'_>) -> Result<Self, BoxError> {
        Ok(Self {
            id: row.int(0)?,
            actor: row.text(1)?,
            verb: row.text(2)?,
            object: row.text(3)?,
            at: row.text(4)?,
        })
    }

    /// SHA-256 of the digest before, the number, and each text behind its length; all numbers have eight bytes, the
    /// highest first.
    fn digest(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(before);
        digest.update(self.id.to_be_bytes());
        for text in [&self.actor, &self.verb, &self.object, &self.at] {
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        }
        digest.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A digest of a line behind another one.
    type Seal = fn(&Line, &[u8; 32]) -> [u8; 32];

    fn line(id: i64, object: &str) -> Line {
        let [actor, verb, at] = ["Lan", "test.tell", "2026-11-21T07:30:00Z"].map(str::to_owned);
        Line { id, actor, verb, object: object.to_owned(), at }
    }

    /// Three lines, of which the second is then changed and sealed anew by someone who knows how; the first that
    /// shows it.
    fn tampered(seal: Seal) -> Option<i64> {
        let mut lines = [line(1, "a"), line(2, "b"), line(3, "c")];
        let mut before = START;
        let mut sealed = Vec::new();
        for it in &lines {
            before = seal(it, &before);
            sealed.push(before);
        }
        lines[1].object = "B".into();
        sealed[1] = seal(&lines[1], &sealed[0]);
        let mut before = START;
        for (it, found) in lines.iter().zip(&sealed) {
            if seal(it, &before) != *found {
                return Some(it.id);
            }
            before = *found;
        }
        None
    }

    #[test]
    fn a_line_that_was_changed_and_sealed_anew_breaks_the_chain_behind_it() {
        assert_eq!(tampered(Line::digest), Some(3));
    }

    /// The control: digests that leave out the line before show nothing.
    #[test]
    fn without_the_line_before_nothing_would_show() {
        assert_eq!(tampered(|it, _| it.digest(&START)), None);
    }

    #[test]
    fn no_two_lines_share_a_digest_by_where_their_words_end() {
        let (mut one, mut other) = (line(1, "x"), line(1, "x"));
        one.actor.push('t');
        other.verb.insert(0, 't');
        assert_ne!(one.digest(&START), other.digest(&START));
    }
}
