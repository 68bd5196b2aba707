//! What two people must want: who asked for it, and what the second one said.

use dondoc_core::countersign::{Asked, CountersignError, Decision, Said, Standing, until};
use jiff::Timestamp;

use crate::{
    audit,
    db::{Action, BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct NewCountersign<'a> {
    /// `unit.change`, `lock.lift` …
    pub kind: &'a str,
    /// All that it takes to do it (JSON).
    pub deed: &'a str,
    /// SHA-256 of the deed and of what it was planned on, in hexadecimal digits.
    pub digest: &'a str,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countersign {
    /// Its number.
    pub id: i64,
    /// `unit.change`, `lock.lift` …
    pub kind: String,
    /// All that it takes to do it (JSON).
    pub deed: String,
    /// Of the deed and of what it was planned on.
    pub digest: String,
    /// Who asked, and when.
    pub asked: By,
    /// Nobody confirms it from then on.
    pub until: Timestamp,
    /// How it was left; never [`Standing::Expired`].
    pub left: Standing,
    /// Who decided, and when.
    pub decided: Option<By>,
    /// Why; of one that was refused.
    pub why: Option<String>,
}

/// Nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such request.
    #[error("there is no such request")]
    NotFound,
    /// It can't be decided like this.
    #[error(transparent)]
    Refused(#[from] CountersignError),
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Countersign {
    /// As the rules look at it.
    #[must_use]
    pub fn as_asked(&self) -> Asked<'_> {
        Asked { by: &self.asked.actor, until: self.until, left: self.left, digest: &self.digest }
    }
}

/// Asks for a second person, and gives the number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn ask(tx: &mut Tx<'_>, new: &NewCountersign<'_>, by: &By) -> Result<i64, StoreError> {
    let id = tx.take_ids("countersign", 1)?;
    let NewCountersign { kind, deed, digest } = new;
    let (at, until) = (by.moment(), crate::db::moment(until(by.at)));
    tx.execute(sql!("countersigns/ask"), &[&id, kind, deed, digest, &by.actor, &at, &until])?;
    Ok(id)
}

/// One of them.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<Countersign>, StoreError> {
    tx.query_one(sql!("countersigns/get"), &[&id], read)
}

/// The newest, newest first, `limit` at most.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn newest(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Countersign>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.query(sql!("countersigns/newest"), &[&limit], read)
}

/// Keeps what somebody said, with a line of its own in the audit trail: of one that is confirmed, the deed has another.
///
/// Gives what was asked for, as it was before.
///
/// # Errors
///
/// [`DecideError`]; then the caller has to let the transaction fail.
pub fn decide(tx: &mut Tx<'_>, id: i64, said: &Said<'_>) -> Result<Countersign, DecideError> {
    let asked = get(tx, id)?.ok_or(DecideError::NotFound)?;
    let standing = asked.as_asked().decide(said)?;
    let by = By { actor: said.by.to_owned(), at: said.at };
    let why = said.why.filter(|_| standing == Standing::Refused).map(str::trim);
    let n_decided = tx.execute(
        sql!("countersigns/decide"),
        &[&standing.code(), &by.actor, &by.moment(), &why, &id],
    )?;
    // Somebody else was quicker.
    if n_decided != 1 {
        return Err(CountersignError::Over.into());
    }
    let verb = match said.decision {
        Decision::Confirm => "countersign.confirm",
        Decision::Refuse => "countersign.refuse",
        Decision::Withdraw => "countersign.withdraw",
    };
    audit::append(tx, &Action { by, verb, object: format!("{id} {}", asked.kind) })?;
    Ok(asked)
}

fn read(row: &Row<'_>) -> Result<Countersign, BoxError> {
    let left = row.text(7)?;
    let left = Standing::by_code(&left).ok_or_else(|| format!("no such state: `{left}`"))?;
    let decided = match (row.maybe_text(8)?, row.maybe_text(9)?) {
        (Some(actor), Some(at)) => Some(By { actor, at: at.parse()? }),
        _ => None,
    };
    Ok(Countersign {
        id: row.int(0)?,
        kind: row.text(1)?,
        deed: row.text(2)?,
        digest: row.text(3)?,
        asked: By { actor: row.text(4)?, at: row.text(5)?.parse()? },
        until: row.text(6)?.parse()?,
        left,
        decided,
        why: row.maybe_text(10)?,
    })
}
