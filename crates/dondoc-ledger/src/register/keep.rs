//! New entries: one, one that may be sent twice, or all of a file.

use std::collections::BTreeSet;

use dondoc_core::{finding::Finding, unit::UnitId};
use dondoc_store::{
    By, Tx,
    idempotency::Once,
    registers::{self, NewEntry},
};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Done, NewNote, Noted, as_json, check, days_of};
use crate::{
    error::LedgerError,
    ledger::{Ledger, action},
    once::Request,
};

/// Entries of one register that may be kept.
struct Noting<'a> {
    whose: (&'a str, &'a str),
    entries: Vec<(UnitId, Date, Map<String, Value>)>,
    days: BTreeSet<(UnitId, Date)>,
    findings: Vec<Finding>,
}

impl Ledger {
    /// Keeps an entry, and in the same transaction what its register's indicators now come to.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Findings`] with all that is wrong with it, or if a period that it counts for is locked; nothing is
    /// kept then. [`LedgerError::NotThere`] if there is no such register.
    pub fn keep_entry(
        &self,
        new: &NewNote<'_>,
        (by, today): (&By, Date),
    ) -> Result<Noted, LedgerError> {
        self.refresh()?;
        let noting = self.noting(std::slice::from_ref(new))?;
        let done = self.store().write(|tx| -> Result<_, LedgerError> {
            let done = self.put(tx, &noting, (by, today))?;
            let object = done.first();
            Ok((done, action(by, "entry.note", &object)))
        })?;
        self.settle(&done.kept)?;
        Ok(done.noted(noting.findings))
    }

    /// As [`Ledger::keep_entry`], once for each key: the same request again gets the same answer again.
    ///
    /// `answer` makes what the client hears.
    ///
    /// # Errors
    ///
    /// As [`Ledger::keep_entry`]; [`LedgerError::OtherRequest`] if the key was used for something else.
    pub fn keep_entry_once(
        &self,
        request: Request<'_>,
        new: &NewNote<'_>,
        (by, today): (&By, Date),
        answer: impl Fn(&Noted) -> Vec<u8>,
    ) -> Result<Vec<u8>, LedgerError> {
        self.refresh()?;
        let mut kept = Vec::new();
        let once = self.store().write_once(request.key, request.sha256, |tx| {
            // What is wrong is told only if the request is not known.
            let noting = self.noting(std::slice::from_ref(new))?;
            let done = self.put(tx, &noting, (by, today))?;
            kept.clone_from(&done.kept);
            let noted = done.noted(noting.findings);
            let told = answer(&noted);
            Ok::<_, LedgerError>((told, action(by, "entry.note", &noted.entry_id)))
        })?;
        match once {
            Once::Done(told) => {
                self.settle(&kept)?;
                Ok(told)
            }
            Once::Known(told) => Ok(told),
            Once::OtherRequest => Err(LedgerError::OtherRequest),
        }
    }

    /// Keeps all entries, which are of one register, or none of them; gives their numbers, and what was counted anew.
    ///
    /// # Errors
    ///
    /// As [`Ledger::keep_entry`].
    pub fn keep_entries(
        &self,
        new: &[NewNote<'_>],
        (by, today): (&By, Date),
    ) -> Result<(Vec<i64>, Noted), LedgerError> {
        self.refresh()?;
        let noting = self.noting(new)?;
        if noting.entries.is_empty() {
            return Ok((Vec::new(), Noted::default()));
        }
        let done = self.store().write(|tx| -> Result<_, LedgerError> {
            let done = self.put(tx, &noting, (by, today))?;
            let (first, last) = (done.first(), done.ids.last().copied().unwrap_or_default());
            let object = format!("{}/{} {first}..{last}", noting.whose.0, noting.whose.1);
            Ok((done, action(by, "entry.import", &object)))
        })?;
        self.settle(&done.kept)?;
        let ids = done.ids.clone();
        Ok((ids, done.noted(noting.findings)))
    }

    /// All that is wrong or unusual with an entry, without keeping it.
    ///
    /// # Errors
    ///
    /// [`LedgerError::NotThere`] if there is no such register.
    pub fn try_entry(&self, new: &NewNote<'_>) -> Result<Vec<Finding>, LedgerError> {
        match self.noting(std::slice::from_ref(new)) {
            Ok(noting) => Ok(noting.findings),
            Err(LedgerError::Findings(findings)) => Ok(findings),
            Err(other) => Err(other),
        }
    }

    fn noting<'a>(&self, new: &[NewNote<'a>]) -> Result<Noting<'a>, LedgerError> {
        let whose = new.first().map_or(("", ""), |it| (it.pack, it.register));
        let mut noting =
            Noting { whose, entries: Vec::new(), days: BTreeSet::new(), findings: Vec::new() };
        for it in new {
            let found = self.look(|books| check(books, (it.pack, it.register), it.fields))?;
            noting.findings.extend(found);
            let occurred_on = self.day_of(it, it.fields)?;
            self.look(|books| books.must_not_have_ended(it.unit, occurred_on))?;
            noting.entries.push((it.unit, occurred_on, as_json(it.fields)));
            noting.days.extend(self.look(|books| days_of(books, it, it.fields)));
        }
        Ok(noting)
    }

    fn put(
        &self,
        tx: &mut Tx<'_>,
        noting: &Noting<'_>,
        (by, today): (&By, Date),
    ) -> Result<Done, LedgerError> {
        let (pack, register) = noting.whose;
        let mut ids = Vec::with_capacity(noting.entries.len());
        for (unit, occurred_on, fields) in &noting.entries {
            let (unit, occurred_on) = (*unit, *occurred_on);
            let entry = NewEntry { pack, register, unit, occurred_on, fields };
            ids.push(registers::note(tx, &entry, by)?);
        }
        let done = self.count_anew(tx, noting.whose, noting.days.clone(), (by, today))?;
        Ok(Done { ids, ..done })
    }
}
