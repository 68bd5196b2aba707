//! Reports on forms: handed in, returned, approved, locked, corrected.

use dondoc_core::{
    figure::{Figure, Source, Status},
    finding::{Fault, Finding},
    pack::Severity,
    submission::SubmissionStep,
};
use dondoc_store::{
    By, Tx,
    blocks::{BlockId, Origin},
    submissions::{
        self, CellNote, NewSubmission, Submission, SubmissionError, SubmissionKey,
        corrections::{self, Correction, NewCorrection},
        locks,
        steps::{self, Receipt, StepWords},
    },
};
use jiff::civil::Date;
use serde_json::Value;

use crate::{
    check::{Batch, Circumstances, check},
    error::LedgerError,
    ledger::{Ledger, action, append},
};

/// A form as it is handed in.
#[derive(Clone, Copy, Debug)]
pub struct NewReport<'a> {
    /// The form: `B01-XA`.
    pub form: &'a str,
    /// Estimate or final.
    pub kind: Status,
    /// Its figures.
    pub batch: &'a Batch,
    /// What stands in the form as it was typed, for the next time that it is opened.
    pub content: &'a Value,
    /// Answers to what is unusual.
    pub notes: &'a [CellNote],
    /// The version of the submission that was seen before, 0 if it was not begun; `None` puts it over whatever is there.
    pub seen: Option<i64>,
}

/// A form that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The receipt.
    pub receipt: Receipt,
    /// The block of its figures.
    pub block: BlockId,
    /// What is unusual about it, with the answers given.
    pub findings: Vec<Finding>,
}

/// What a correction does to the figures in force, before it is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The number of the request.
    pub correction_id: i64,
    /// What is unusual about it.
    pub findings: Vec<Finding>,
}

impl Ledger {
    /// Checks a form without keeping anything.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if there is no such form or the store fails; what is wrong with the figures is in the answer.
    pub fn try_report(
        &self,
        report: &NewReport<'_>,
        today: Date,
    ) -> Result<Vec<Finding>, LedgerError> {
        self.refresh()?;
        let completed = self.completed(report)?;
        let report = &NewReport { batch: &completed, ..*report };
        let locks = self.store().read(locks::in_force)?;
        self.look(|books| {
            if books.programmes.form(report.form).is_none() {
                return Err(LedgerError::NotThere { what: "form", name: report.form.to_owned() });
            }
            let is_locked = crate::lock::is_locked(books, &locks, report.batch);
            Ok(check(books, report.batch, Circumstances { today, is_locked }))
        })
        .and_then(|mut findings| {
            findings.extend(self.overrides(report.batch)?);
            if self.says_anew(report.batch) {
                findings.extend(self.store().read(|tx| self.elsewhere(tx, report))?);
            }
            Ok(findings)
        })
    }

    /// Checks a form, keeps it as handed in, and adds its figures up: all of it, or nothing.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Findings`] with all that is wrong, or unusual and not answered; other variants if the form is
    /// not there, can't be handed in now, or the store fails.
    pub fn report(
        &self,
        report: &NewReport<'_>,
        (by, today): (&By, Date),
    ) -> Result<Reported, LedgerError> {
        let findings = self.checked(report, today)?;
        let completed = self.completed(report)?;
        let report = &NewReport { batch: &completed, ..*report };
        let (receipt, kept) = self.store().write(|tx| self.keep(tx, report, by))?;
        self.settle(std::slice::from_ref(&kept))?;
        Ok(Reported { receipt, block: kept.id, findings })
    }

    /// What is unusual about a form, if nothing is wrong with it and all of that was answered.
    pub(crate) fn checked(
        &self,
        report: &NewReport<'_>,
        today: Date,
    ) -> Result<Vec<Finding>, LedgerError> {
        let findings = self.try_report(report, today)?;
        let is_open = |it: &Finding| match it.severity() {
            Severity::Error => true,
            Severity::Warning => !is_answered(it, report),
        };
        if findings.iter().any(is_open) {
            return Err(LedgerError::Findings(findings));
        }
        Ok(findings)
    }

    pub(crate) fn keep(
        &self,
        tx: &mut Tx<'_>,
        report: &NewReport<'_>,
        by: &By,
    ) -> Result<((Receipt, crate::ledger::Kept), dondoc_store::Action), LedgerError> {
        let locks = locks::in_force(tx)?;
        if self.look(|books| crate::lock::is_locked(books, &locks, report.batch)) {
            return Err(crate::lock::refusal(report.batch));
        }
        self.must_agree(tx, report)?;
        let submission = self.opened(tx, report, by)?;
        let words = StepWords { reason: None, notes: report.notes };
        let step = (SubmissionStep::Submit, words);
        let submission = steps::take(tx, (submission.id, submission.version), step, by)?;
        let kept = append(tx, report.batch, &Origin::Submission(submission.id), (by, None))?;
        let receipt = steps::receipt(tx, submission.id)?;
        let receipt = receipt.ok_or_else(|| LedgerError::NotThere {
            what: "receipt",
            name: submission.id.to_string(),
        })?;
        Ok(((receipt, kept), action(by, "submission.submit", &submission.id)))
    }

    /// The submission with this content: begun now, or what was saved or returned before.
    ///
    /// What somebody else saved since is never put under it in silence.
    pub(crate) fn opened(
        &self,
        tx: &mut Tx<'_>,
        report: &NewReport<'_>,
        by: &By,
    ) -> Result<Submission, LedgerError> {
        let codes = self.look(|books| {
            let (pack, form) = books.programmes.form(report.form)?;
            Some(((pack.pack.code.clone(), pack.pack.version), (form.code.clone(), form.version)))
        });
        let Some((pack, form)) = codes else {
            return Err(LedgerError::NotThere { what: "form", name: report.form.to_owned() });
        };
        let Batch { unit, period, .. } = *report.batch;
        let (pack, form) = ((pack.0.as_str(), pack.1), (form.0.as_str(), form.1));
        let key = SubmissionKey { pack: pack.0, form: form.0, unit, period, kind: report.kind };
        let NewReport { kind, content, .. } = *report;
        let found = submissions::find(tx, key)?;
        let current = found.as_ref().map_or(0, |it| it.version);
        if report.seen.is_some_and(|it| it != current) {
            return Err(SubmissionError::Stale { current }.into());
        }
        match found {
            None => {
                let new = NewSubmission { pack, form, unit, period, kind, content };
                Ok(steps::open(tx, &new, by)?)
            }
            Some(found) => Ok(steps::save(tx, (found.id, found.version), content, by)?),
        }
    }

    /// Takes a step with a submission that was handed in: returns it with reasons, approves it, locks or unlocks it.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the step can't be taken.
    pub fn step(
        &self,
        (id, version): (i64, i64),
        step: SubmissionStep,
        (reason, notes): (Option<&str>, &[CellNote]),
        by: &By,
    ) -> Result<Submission, LedgerError> {
        let verb = match step {
            SubmissionStep::Return => "submission.return",
            SubmissionStep::Approve => "submission.approve",
            SubmissionStep::Lock => "submission.lock",
            SubmissionStep::Unlock => "submission.unlock",
            SubmissionStep::Save | SubmissionStep::Submit => {
                return Err(LedgerError::Refused("gửi lại biểu để nộp".to_owned()));
            }
        };
        self.store().write(|tx| {
            let words = StepWords { reason, notes };
            let submission = steps::take(tx, (id, version), (step, words), by)?;
            Ok((submission, action(by, verb, &id)))
        })
    }

    /// Asks for figures to be changed after the lock. Nothing changes until somebody else grants it.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Findings`] with what is wrong with the figures; or the store fails.
    pub fn ask_for_correction(
        &self,
        batch: &Batch,
        reason: &str,
        (by, today): (&By, Date),
    ) -> Result<Asked, LedgerError> {
        let findings = self.checked_correction(batch, today)?;
        let correction_id =
            self.store().write(|tx| self.put_correction(tx, batch, (reason, by)))?;
        Ok(Asked { correction_id, findings })
    }

    /// What is unusual about a correction, if nothing is wrong with it.
    pub(crate) fn checked_correction(
        &self,
        batch: &Batch,
        today: Date,
    ) -> Result<Vec<Finding>, LedgerError> {
        self.refresh()?;
        // The lock is why a correction is asked for at all.
        let now = Circumstances { today, is_locked: false };
        let findings = self.look(|books| check(books, batch, now));
        if findings.iter().any(|it| it.severity() == Severity::Error) {
            return Err(LedgerError::Findings(findings));
        }
        Ok(findings)
    }

    /// Refuses a correction whose figures would not be taken any more: units, packs or other figures have changed since.
    fn must_still_be_sound(&self, batch: &Batch) -> Result<(), LedgerError> {
        let findings = self.look(|books| {
            let now = Circumstances { today: books.today(), is_locked: false };
            check(books, batch, now)
        });
        match findings.iter().any(|it| it.severity() == Severity::Error) {
            true => Err(LedgerError::Findings(findings)),
            false => Ok(()),
        }
    }

    pub(crate) fn put_correction(
        &self,
        tx: &mut Tx<'_>,
        batch: &Batch,
        (reason, by): (&str, &By),
    ) -> Result<(i64, dondoc_store::Action), LedgerError> {
        let figures: Vec<Figure> = batch.figures.iter().map(|it| it.0.clone()).collect();
        let first = figures.first().map(|it| it.series.indicator.clone()).unwrap_or_default();
        let pack = self.look(|books| {
            books.programmes.pack_of(&first).map(|it| it.pack.code.clone()).unwrap_or_default()
        });
        let form = match figures.first().map(|it| &it.source) {
            Some(Source::Form { form, .. }) => Some(form.as_str()),
            _ => None,
        };
        let Batch { unit, period, .. } = *batch;
        let new = NewCorrection { pack: &pack, form, unit, period, figures: &figures, reason };
        let id = corrections::ask(tx, &new, by)?;
        Ok((id, action(by, "correction.ask", &id)))
    }

    /// Grants or refuses a correction; a granted one is in all totals at once.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if it was decided already, was asked for by the same person, or the store fails;
    /// [`LedgerError::Findings`] if its figures would not be taken any more: then it is still open, and can be refused.
    pub fn decide_correction(
        &self,
        id: i64,
        (accepts, why): (bool, Option<&str>),
        by: &By,
    ) -> Result<(Correction, Option<BlockId>), LedgerError> {
        self.refresh()?;
        let (correction, kept) = self.store().write(|tx| -> Result<_, LedgerError> {
            let correction = corrections::decide(tx, id, (accepts, why), by)?;
            if !accepts {
                return Ok(((correction, None), action(by, "correction.refuse", &id)));
            }
            let figures = correction.figures.iter().map(|it| (it.clone(), Default::default()));
            let batch = Batch {
                unit: correction.unit,
                period: correction.period,
                figures: figures.collect(),
            };
            self.must_still_be_sound(&batch)?;
            let reason = correction.reason.clone();
            let origin = Origin::Correction(id);
            let kept = append(tx, &batch, &origin, (by, Some(&reason)))?;
            Ok(((correction, Some(kept)), action(by, "correction.accept", &id)))
        })?;
        if let Some(kept) = &kept {
            self.settle(std::slice::from_ref(kept))?;
        }
        Ok((correction, kept.map(|it| it.id)))
    }
}

fn is_answered(finding: &Finding, report: &NewReport<'_>) -> bool {
    answer_to(finding, report.notes, report.batch).is_some()
}

/// The reason that was given for something unusual: as a note about the rule or cell, or at the figure itself.
pub(crate) fn answer_to(finding: &Finding, notes: &[CellNote], batch: &Batch) -> Option<String> {
    let about = about(&finding.fault);
    let cell = finding.place.cell.as_deref();
    let noted = notes.iter().find(|note| {
        let names_cell = note
            .row
            .as_ref()
            .zip(note.column.as_ref())
            .is_some_and(|(row, column)| cell == Some(format!("{row} ({column})").as_str()));
        note.about.as_deref() == Some(about.as_str()) || names_cell
    });
    let indicator = finding.place.indicator.as_deref();
    let at_figure = || {
        let of = batch.figures.iter().map(|it| &it.0);
        of.filter(|it| indicator == Some(it.series.indicator.as_str()))
            .find_map(|it| it.reason.clone())
    };
    noted.map(|it| it.words.clone()).or_else(at_figure)
}

/// What a note says that it is about: the rule of the pack, or else the code of the fault.
fn about(fault: &Fault) -> String {
    if let Fault::Rule { rule, .. } = fault {
        return rule.clone();
    }
    let value = serde_json::to_value(fault).unwrap_or_default();
    value.get("code").and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl From<SubmissionError> for LedgerError {
    fn from(error: SubmissionError) -> Self {
        match error {
            SubmissionError::Store(error) => Self::Store(error),
            other => Self::Step(other),
        }
    }
}
