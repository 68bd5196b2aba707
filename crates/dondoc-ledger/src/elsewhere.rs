//! The same figure in two forms of one unit, or in a form and a register: what was said in the one is not changed by the other in
//! silence.
//!
//! A figure belongs to unit, indicator and period, not to a form; where two forms ask for it, the later would take the place of the
//! earlier, of an approved one, too. So would an entry that is noted down when the report was approved already.

use dondoc_core::{
    figure::{Figure, Series, Status},
    finding::{Fault, Finding, Place},
    pack::Severity,
    submission::SubmissionState,
};
use dondoc_store::{
    StoreError, Tx,
    blocks::{self, Block, Origin},
    submissions::{self, Submission, corrections},
};

use crate::{
    check::{placed, words},
    error::LedgerError,
    ledger::Ledger,
    report::NewReport,
};

impl Ledger {
    /// Figures of a form that are not what is in force; of most forms, which are handed in once, there are none.
    pub(crate) fn said_anew<'r>(&self, report: &NewReport<'r>) -> Vec<&'r (Figure, Place)> {
        let batch = report.batch;
        self.look(|books| {
            let differs = |it: &&(Figure, Place)| {
                let own = books.own(batch.unit, &it.0.series, batch.period);
                own.is_some_and(|own| own.content != it.0.content)
            };
            batch.figures.iter().filter(differs).collect()
        })
    }

    /// Figures of a form that another form of the unit says otherwise: an error where that was approved, else a warning.
    ///
    /// What was counted from a register, corrected or read in a document is not asked about here, nor an estimate that its final
    /// figure takes the place of, nor a form that was returned: it will be handed in again.
    pub(crate) fn elsewhere(
        &self,
        tx: &mut Tx<'_>,
        report: &NewReport<'_>,
    ) -> Result<Vec<Finding>, LedgerError> {
        let batch = report.batch;
        let differing = self.said_anew(report);
        if differing.is_empty() {
            return Ok(Vec::new());
        }
        let blocks = blocks::of(tx, batch.unit, batch.period)?;
        let mut findings = Vec::new();
        for (figure, place) in differing {
            let Some((other, said)) = said_last(tx, &blocks, &figure.series)? else { continue };
            let Some(fault) = self.fault(report, &other, &said, figure) else { continue };
            findings.push(Finding { place: placed(place, figure), fault });
        }
        Ok(findings)
    }

    /// Refuses a form that says otherwise than an approved one; as it is kept, for the other may have been approved just now.
    pub(crate) fn must_agree(
        &self,
        tx: &mut Tx<'_>,
        report: &NewReport<'_>,
    ) -> Result<(), LedgerError> {
        let findings = self.elsewhere(tx, report)?;
        match findings.iter().any(|it| it.severity() == Severity::Error) {
            true => Err(LedgerError::Findings(findings)),
            false => Ok(()),
        }
    }

    fn fault(
        &self,
        report: &NewReport<'_>,
        other: &Submission,
        said: &Figure,
        figure: &Figure,
    ) -> Option<Fault> {
        let is_same = other.form.0 == report.form && other.kind == report.kind;
        let is_replaced = other.kind == Status::Estimate && report.kind == Status::Final;
        if is_same || is_replaced || said.content == figure.content {
            return None;
        }
        let indicator = &figure.series.indicator;
        let decimals = self.look(|books| books.programmes.decimals(indicator));
        let (form, told) = (other.form.0.clone(), words(said.content, decimals));
        match other.standing.state() {
            SubmissionState::Approved | SubmissionState::Locked => {
                Some(Fault::ApprovedElsewhere { form, told })
            }
            SubmissionState::Submitted => Some(Fault::OtherwiseElsewhere { form, told }),
            SubmissionState::Draft | SubmissionState::Returned => None,
        }
    }
}

/// The form that a figure in force was approved on, or corrected on after that; none if nobody approved it.
pub(crate) fn approved_on(
    tx: &mut Tx<'_>,
    blocks: &[Block],
    series: &Series,
) -> Result<Option<String>, StoreError> {
    let newest = blocks.iter().rev().find(|it| it.figure(series).is_some());
    if let Some(Origin::Correction(id)) = newest.map(|it| &it.origin) {
        return Ok(corrections::get(tx, *id)?.map(|it| it.form.unwrap_or_default()));
    }
    let said = said_last(tx, blocks, series)?.map(|it| it.0);
    let is_approved = |it: &Submission| {
        let state = it.standing.state();
        it.kind == Status::Final
            && matches!(state, SubmissionState::Approved | SubmissionState::Locked)
    };
    Ok(said.filter(is_approved).map(|it| it.form.0))
}

/// The form that a figure in force came with, and the figure; none if it came otherwise.
fn said_last(
    tx: &mut Tx<'_>,
    blocks: &[Block],
    series: &Series,
) -> Result<Option<(Submission, Figure)>, StoreError> {
    let mut newest = blocks.iter().rev().map(|it| (it, it.figure(series)));
    let Some((block, Some(figure))) = newest.find(|it| it.1.is_some()) else { return Ok(None) };
    let Origin::Submission(id) = block.origin else { return Ok(None) };
    Ok(submissions::get(tx, id)?.map(|it| (it, figure)))
}
