//! What somebody showed at the door, looked at once more within each write.
//!
//! Between the door and the write lies time: a role may be ended, an account suspended, a session closed. So who asks is held
//! by the thread that does his work, and each write first looks, in its own transaction, whether all of it still holds.

use std::{cell::RefCell, sync::Arc};

use crate::{
    db::{StoreError, Tx},
    sql::sql,
};

/// The state of an account that may do something.
const IN_USE: &str = "confirmed";

thread_local! {
    static HELD: RefCell<Option<Arc<Standing>>> = const { RefCell::new(None) };
}

/// With what somebody was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The account.
    pub account: i64,
    /// SHA-256 of the cookie or key.
    pub token: [u8; 32],
    /// The numbers of the grants that were not ended then.
    pub grants: Vec<i64>,
}

/// Puts back what was held before, also where the work panics.
struct Before(Option<Arc<Standing>>);

impl Drop for Before {
    fn drop(&mut self) {
        HELD.set(self.0.take());
    }
}

impl Standing {
    /// Does work in which each write of this thread is refused, with an error that [is of rights](StoreError::is_of_rights),
    /// once any of this was ended.
    pub fn hold<T>(self: &Arc<Self>, work: impl FnOnce() -> T) -> T {
        let _before = Before(HELD.replace(Some(Arc::clone(self))));
        work()
    }

    fn holds(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let newest = self.grants.iter().copied().max().unwrap_or(0);
        let args: [&dyn crate::db::Arg; 3] = [&self.token.as_slice(), &self.account, &newest];
        let found = tx.query_one(sql!("accounts/standing"), &args, |row| {
            Ok((row.int(0)?, row.int(1)?, row.text(2)?))
        })?;
        // Grants are numbered as they come, and none comes back: as many as before are the same.
        let n_grants = i64::try_from(self.grants.len()).unwrap_or(i64::MAX);
        Ok(found.is_some_and(|(n_shown, n, state)| n_shown > 0 && n >= n_grants && state == IN_USE))
    }
}

/// Whether what this thread holds still holds; where it holds nothing there is nothing to look at.
pub(super) fn look(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let held = HELD.with_borrow(Clone::clone);
    match held {
        Some(standing) if !standing.holds(tx)? => Err(StoreError::of_rights("accounts/standing")),
        _ => Ok(()),
    }
}
