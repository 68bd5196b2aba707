//! Reports and corrections that a client may send twice: kept once, answered always.

use dondoc_core::finding::Finding;
use dondoc_store::{By, idempotency::Once, submissions::steps::Receipt};
use jiff::civil::Date;

use crate::{
    check::Batch,
    error::LedgerError,
    ledger::{Kept, Ledger},
    report::{Asked, NewReport},
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
        let completed = self.completed(report)?;
        let report = &NewReport { batch: &completed, ..*report };
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

    /// As [`Ledger::ask_for_correction`], once for each key: the same request again finds the correction that it asked for.
    ///
    /// # Errors
    ///
    /// As [`Ledger::ask_for_correction`]; [`LedgerError::OtherRequest`] if the key was used for something else.
    pub fn ask_for_correction_once(
        &self,
        request: Request<'_>,
        (batch, reason): (&Batch, &str),
        (by, today): (&By, Date),
    ) -> Result<Asked, LedgerError> {
        // What is wrong is told only if the request is not known.
        let mut checked = Some(self.checked_correction(batch, today));
        let mut findings = Vec::new();
        let once = self.store().write_once(request.key, request.sha256, |tx| {
            findings = match checked.take() {
                Some(it) => it?,
                None => self.checked_correction(batch, today)?,
            };
            let (id, action) = self.put_correction(tx, batch, (reason, by))?;
            Ok::<_, LedgerError>((id.to_be_bytes().to_vec(), action))
        })?;
        match once {
            Once::Done(id) => Ok(Asked { correction_id: number(&id)?, findings }),
            Once::Known(id) => {
                let findings = checked.and_then(Result::ok).unwrap_or_default();
                Ok(Asked { correction_id: number(&id)?, findings })
            }
            Once::OtherRequest => Err(LedgerError::OtherRequest),
        }
    }
}

/// A number that was kept as an answer; under one key there is one kind of answer only.
fn number(kept: &[u8]) -> Result<i64, LedgerError> {
    kept.try_into().map(i64::from_be_bytes).map_err(|_| LedgerError::OtherRequest)
}
