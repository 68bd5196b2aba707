//! Reports that a client may send twice: kept once, answered always.

use dondoc_core::finding::Finding;
use dondoc_store::{By, idempotency::Once, submissions::steps::Receipt};
use jiff::civil::Date;

use crate::{
    error::LedgerError,
    ledger::{Kept, Ledger},
    report::NewReport,
};

/// What tells requests apart.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The key that the client gave it; put the name of the user in front.
    pub key: &'a str,
    /// SHA-256 of all that it asks for.
    pub sha256: &'a [u8; 32],
}

impl Ledger {
    /// As [`Ledger::report`], once for each key: the same request again gets the same answer again.
    ///
    /// `answer` makes what the client hears, from the receipt and what is unusual.
    ///
    /// # Errors
    ///
    /// As [`Ledger::report`]; [`LedgerError::OtherRequest`] if the key was used for something else.
    pub fn report_once(
        &self,
        request: Request<'_>,
        report: &NewReport<'_>,
        (by, today): (&By, Date),
        answer: impl Fn(&Receipt, &[Finding]) -> Vec<u8>,
    ) -> Result<Vec<u8>, LedgerError> {
        // Outside of the line of writers; what is wrong is told only if the request is not known.
        let mut checked = Some(self.checked(report, today));
        let mut kept: Option<Kept> = None;
        let once = self.store().write_once(request.key, request.sha256, |tx| {
            let findings = match checked.take() {
                Some(it) => it?,
                None => self.checked(report, today)?,
            };
            let ((receipt, block), action) = self.keep(tx, report, by)?;
            let told = answer(&receipt, &findings);
            kept = Some(block);
            checked = Some(Ok(findings));
            Ok::<_, LedgerError>((told, action))
        })?;
        match once {
            Once::Done(told) => {
                self.settle(kept.as_slice())?;
                Ok(told)
            }
            Once::Known(told) => Ok(told),
            Once::OtherRequest => Err(LedgerError::OtherRequest),
        }
    }
}
