//! Reports that were handed in, looked at again: what is unusual about them, and approving many at once that have nothing.

use dondoc_core::{
    figure::{Figure, Status},
    finding::{Fault, Finding, Place},
    submission::{Standing, SubmissionState, SubmissionStep, SubmissionStepError},
    unit::UnitId,
};
use dondoc_store::{
    By, StoreError,
    blocks::{self, BlockId, Origin},
    submissions::{
        self, CellNote, Submission, SubmissionError,
        steps::{self, TakenStep},
    },
};
use jiff::civil::Date;

use crate::{
    check::{Batch, Circumstances, check, placed, words},
    error::LedgerError,
    ledger::Ledger,
    report::answer_to,
};

/// A report that was handed in, looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// How many figures were handed in.
    pub n_figures: usize,
    /// The block that brought them; `None` of a report that brought none.
    pub block: Option<BlockId>,
    /// What is wrong or unusual about it as things stand now, each with the reason that was given for it.
    pub findings: Vec<(Finding, Option<String>)>,
}

/// A report that was to be approved with others, and was left as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// There is none of that number, or it is not for this person.
    NotThere,
    /// Somebody took a step since it was looked at.
    Stale,
    /// It is not handed in: still with its unit, or approved already.
    NotHandedIn(SubmissionState),
    /// The same person handed it in.
    OwnWork,
    /// So many things about it are unusual; it is for somebody to look at.
    Unusual(usize),
}

/// What became of one report of many.
pub type Outcome = (i64, Result<Submission, Left>);

impl Ledger {
    /// What is wrong or unusual about a report that was handed in, as things stand now.
    ///
    /// That its period is locked since is neither.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails or its block can't be trusted.
    pub fn review(&self, report: &Submission, today: Date) -> Result<Review, LedgerError> {
        self.refresh()?;
        let (block, steps) = self.store().read(|tx| -> Result<_, StoreError> {
            let block = blocks::brought_by(tx, &Origin::Submission(report.id))?.pop();
            let block = block.map(|it| blocks::get(tx, it)).transpose()?.flatten();
            Ok((block, steps::taken(tx, report.id)?))
        })?;
        let Some(block) = block else {
            return Ok(Review { n_figures: 0, block: None, findings: Vec::new() });
        };
        let figures: Vec<_> = block
            .figures()
            .map(|it| {
                let place = placed(&Place::default(), &it);
                (it, place)
            })
            .collect();
        let Submission { unit, period, .. } = *report;
        let batch = Batch { unit, period, figures };
        let now = Circumstances { today, is_locked: false };
        let mut findings = self.look(|books| check(books, &batch, now));
        findings.extend(self.overrides(&batch)?);
        findings.extend(self.replaced(report, &batch));
        let notes = last_notes(&steps);
        let answered = |it: Finding| {
            let answer = answer_to(&it, notes, &batch);
            (it, answer)
        };
        let findings = findings.into_iter().map(answered).collect();
        Ok(Review { n_figures: batch.figures.len(), block: Some(block.id), findings })
    }

    /// Figures of a report that are not in force any more. An estimate makes way for what is final; a report that its unit has
    /// back says nothing.
    fn replaced(&self, report: &Submission, batch: &Batch) -> Vec<Finding> {
        use SubmissionState::{Approved, Locked, Submitted};
        let is_out = matches!(report.standing.state(), Submitted | Approved | Locked);
        if report.kind == Status::Estimate || !is_out {
            return Vec::new();
        }
        self.look(|books| {
            let finding = |(said, place): &(Figure, Place)| {
                let now = books.own(batch.unit, &said.series, batch.period)?;
                let decimals = books.programmes.decimals(&said.series.indicator);
                let text = |it| words(it, decimals);
                let fault =
                    Fault::OtherwiseInForce { said: text(said.content), told: text(now.content) };
                (now.content != said.content).then(|| Finding { place: place.clone(), fault })
            };
            batch.figures.iter().filter_map(finding).collect()
        })
    }

    /// Approves those of many reports about which nothing is unusual, each in a step of its own with its audit line; the
    /// others are left as they are, and it is said why. `may` says whose reports this person may approve.
    ///
    /// Asked again after an answer got lost, it finds what it approved then, and says so.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails; what was approved before that stays so.
    pub fn approve_clean(
        &self,
        asked: &[(i64, i64)],
        may: &dyn Fn(UnitId) -> bool,
        (by, today): (&By, Date),
    ) -> Result<Vec<Outcome>, LedgerError> {
        let one = |(id, version): &(i64, i64)| {
            let outcome = self.approve_one((*id, *version), may, (by, today))?;
            Ok((*id, outcome))
        };
        asked.iter().map(one).collect()
    }

    fn approve_one(
        &self,
        (id, version): (i64, i64),
        may: &dyn Fn(UnitId) -> bool,
        (by, today): (&By, Date),
    ) -> Result<Result<Submission, Left>, LedgerError> {
        let found = self.store().read(|tx| submissions::get(tx, id))?;
        let Some(found) = found.filter(|it| may(it.unit)) else { return Ok(Err(Left::NotThere)) };
        let is_done = found.version == version + 1
            && matches!(&found.standing, Standing::Approved { by: who, .. } if *who == by.actor);
        if is_done {
            return Ok(Ok(found));
        }
        if found.version != version {
            return Ok(Err(Left::Stale));
        }
        match found.standing.clone().after(SubmissionStep::Approve, &by.actor) {
            Ok(_) => {}
            Err(SubmissionStepError::OwnSubmission { .. }) => return Ok(Err(Left::OwnWork)),
            Err(_) => return Ok(Err(Left::NotHandedIn(found.standing.state()))),
        }
        let n_unusual = self.review(&found, today)?.findings.len();
        if n_unusual > 0 {
            return Ok(Err(Left::Unusual(n_unusual)));
        }
        match self.step((id, version), SubmissionStep::Approve, (None, &[]), by) {
            Ok(approved) => Ok(Ok(approved)),
            Err(LedgerError::Step(SubmissionError::Stale { .. })) => Ok(Err(Left::Stale)),
            Err(other) => Err(other),
        }
    }
}

/// What was said about cells when it was handed in the last time.
fn last_notes(steps: &[TakenStep]) -> &[CellNote] {
    let last = steps.iter().rev().find(|it| it.step == SubmissionStep::Submit.code());
    last.map_or(&[], |it| it.notes.as_slice())
}
