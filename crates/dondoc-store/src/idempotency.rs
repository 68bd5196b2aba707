//! Requests that may be repeated: done once, answered always.
//!
//! A client that heard nothing (a lost connection, a restart) sends its request again with the key that it gave it
//! the first time. The answer is kept in the transaction of the work, so there is never the one without the other.

use crate::{
    db::{Action, Ending, Store, StoreError, Tx},
    sql::sql,
};

/// What came of a request with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Once {
    /// It was done now; this is the answer.
    Done(Vec<u8>),
    /// It was done before; this was the answer. Nothing was written.
    Known(Vec<u8>),
    /// Another request came under this key before. Nothing was written.
    OtherRequest,
}

impl Store {
    /// Writes like [`Store::write`], but once for each `key`.
    ///
    /// `request` is the SHA-256 of all that the request asks for. `work` gives the answer as it goes to the client;
    /// that of the first time is kept, and given again for the same key and request.
    ///
    /// Keys of different clients should differ by more than chance: put the name of the user in front.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns, or [`StoreError`]; then the key is as unused as before, unless the error
    /// [is unknown](StoreError::is_unknown): then repeating the call with the same key tells.
    pub fn write_once<E: From<StoreError>>(
        &self,
        key: &str,
        request: &[u8; 32],
        mut work: impl FnMut(&mut Tx<'_>) -> Result<(Vec<u8>, Action), E>,
    ) -> Result<Once, E> {
        self.end(|tx| {
            if let Some(known) = known(tx, key, request)? {
                return Ok((known, Ending::Nothing));
            }
            let (answer, action) = work(tx)?;
            let at = action.by.moment();
            tx.execute(sql!("idempotency/put"), &[&key, request, &answer, &at])?;
            Ok((Once::Done(answer), Ending::Told(action)))
        })
    }

    /// Forgets all keys that were used before a moment; gives how many there were. The audit trail tells of it if there were any.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the engine fails.
    pub fn forget_keys(
        &self,
        before: jiff::Timestamp,
        by: &crate::By,
    ) -> Result<usize, StoreError> {
        self.end(|tx| {
            let moment = crate::db::moment(before);
            let n_keys = tx.execute(sql!("idempotency/forget"), &[&moment])?;
            let action = Action { by: by.clone(), verb: "key.forget", object: moment };
            let ending = if n_keys == 0 { Ending::Nothing } else { Ending::Told(action) };
            Ok((n_keys, ending))
        })
    }
}

fn known(tx: &mut Tx<'_>, key: &str, request: &[u8; 32]) -> Result<Option<Once>, StoreError> {
    let found =
        tx.query_one(sql!("idempotency/get"), &[&key], |row| Ok((row.digest(0)?, row.bytes(1)?)))?;
    Ok(found.map(
        |(asked, answer)| {
            if asked == *request { Once::Known(answer) } else { Once::OtherRequest }
        },
    ))
}
