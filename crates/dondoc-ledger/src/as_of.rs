//! The books as they were at an earlier moment.

use dondoc_store::blocks::BlockId;

use crate::{
    books::Books,
    error::LedgerError,
    ledger::{Ledger, catch_up},
};

impl Ledger {
    /// The books after the block `moment`, with the units and packs of today.
    ///
    /// Made from the blocks up to there: the time that takes grows with them.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails or one of the blocks can't be trusted.
    pub fn as_of(&self, moment: BlockId) -> Result<Books, LedgerError> {
        let mut books = self.look(Books::emptied)?;
        catch_up(self.store(), &mut books, moment)?;
        Ok(books)
    }
}
