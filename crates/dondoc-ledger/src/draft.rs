//! Drafts of forms: what stands in a form before it is handed in, kept as it was typed, right or wrong.

use dondoc_store::{
    By,
    submissions::{self, Submission, locks},
};

use crate::{
    error::LedgerError,
    ledger::{Ledger, action},
    report::NewReport,
};

impl Ledger {
    /// Keeps what stands in a form without checking or counting any of it.
    ///
    /// The same content again changes nothing, so an answer that got lost may be asked for once more.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if there is no such form, somebody saved since the version that was seen, the form was handed in
    /// or its period locked, or the store fails.
    pub fn save_draft(&self, draft: &NewReport<'_>, by: &By) -> Result<Submission, LedgerError> {
        self.refresh()?;
        if let Some(found) = self.same(draft)? {
            return Ok(found);
        }
        self.store().write(|tx| {
            let locks = locks::in_force(tx)?;
            if self.look(|books| crate::lock::is_locked(books, &locks, draft.batch)) {
                return Err(crate::lock::refusal(draft.batch));
            }
            let kept = self.opened(tx, draft, by)?;
            let action = action(by, "submission.save", &kept.id);
            Ok((kept, action))
        })
    }

    /// The submission, if this very content stands in it already.
    fn same(&self, draft: &NewReport<'_>) -> Result<Option<Submission>, LedgerError> {
        let pack = self.look(|books| {
            books.programmes.form(draft.form).map(|(pack, _)| pack.pack.code.clone())
        });
        let Some(pack) = pack else {
            return Err(LedgerError::NotThere { what: "form", name: draft.form.to_owned() });
        };
        let key = submissions::SubmissionKey {
            pack: &pack,
            form: draft.form,
            unit: draft.batch.unit,
            period: draft.batch.period,
            kind: draft.kind,
        };
        let found = self.store().read(|tx| submissions::find(tx, key))?;
        Ok(found.filter(|it| it.content == *draft.content))
    }
}
