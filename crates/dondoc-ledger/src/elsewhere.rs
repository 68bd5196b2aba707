//! The same figure in two forms of one unit, or in a form and a register or file: what was said in the one is not changed by the
//! other in silence.
//!
//! A figure belongs to unit, indicator and period, not to a form; where two forms ask for it, the later would take the place of the
//! earlier, of an approved one, too. So would an entry or a file that comes when the report was approved already. Where the options
//! of an indicator add up, its undivided figure and its options are one figure here: each changes the other.
//!
//! Words stay in force as long as the figure is what they said: a form that repeats what was approved on another takes nothing away
//! from that.

use dondoc_core::{
    figure::{Content, Figure, Series, Status},
    finding::{Fault, Finding, Place},
    pack::Severity,
    submission::{Standing, SubmissionState},
};
use dondoc_store::{
    StoreError, Tx,
    blocks::{self, Block, Origin},
    submissions::{self, corrections},
};

use crate::{
    books::{Books, add},
    check::{Batch, placed, words},
    error::LedgerError,
    ledger::Ledger,
    report::NewReport,
};
use dondoc_rollup::totals::Stored;

/// Who says figures: a form of a kind, or nobody's form.
type Speaker<'a> = Option<(&'a str, Status)>;

/// Who stands behind a figure in force.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// A report on a form.
    Report { form: String, kind: Status, state: SubmissionState },
    /// A correction that was granted, of the form.
    Correction { form: String },
    /// A register, which is counted to the day.
    Register,
    /// A file, or a document.
    Other,
}

impl Word {
    /// The form on which somebody found it right; of an estimate nobody has for good.
    fn approved_on(&self) -> Option<&str> {
        match self {
            Self::Report { form, kind: Status::Final, state } if is_approved(*state) => Some(form),
            Self::Correction { form } => Some(form),
            _ => None,
        }
    }
}

fn is_approved(state: SubmissionState) -> bool {
    matches!(state, SubmissionState::Approved | SubmissionState::Locked)
}

impl Ledger {
    /// What is wrong or unusual with figures of a form for what was said of them elsewhere: an error where that was approved, or an
    /// estimate would take the place of a final figure, else a warning.
    ///
    /// Nothing is asked about an estimate that its final figure takes the place of, nor about a form that was returned: it will be
    /// handed in again.
    pub(crate) fn elsewhere(
        &self,
        tx: &mut Tx<'_>,
        report: &NewReport<'_>,
    ) -> Result<Vec<Finding>, LedgerError> {
        self.contradicted(tx, report.batch, Some((report.form, report.kind)))
    }

    /// Refuses a form that says otherwise than an approved one; as it is kept, for the other may have been approved just now.
    pub(crate) fn must_agree(
        &self,
        tx: &mut Tx<'_>,
        report: &NewReport<'_>,
    ) -> Result<(), LedgerError> {
        refused(self.elsewhere(tx, report)?)
    }

    /// Refuses figures of a file or document that say otherwise than an approved form, or that are estimates of final figures.
    pub(crate) fn must_not_contradict(
        &self,
        tx: &mut Tx<'_>,
        batch: &Batch,
    ) -> Result<(), LedgerError> {
        refused(self.contradicted(tx, batch, None)?)
    }

    /// Whether figures say anything else than what is in force; of most, which come once, none does.
    pub(crate) fn says_anew(&self, batch: &Batch) -> bool {
        self.look(|books| !said_anew(books, batch).is_empty())
    }

    /// What is wrong or unusual with figures for what was said of them elsewhere; of files and documents what is wrong alone.
    pub(crate) fn contradicted(
        &self,
        tx: &mut Tx<'_>,
        batch: &Batch,
        speaker: Speaker<'_>,
    ) -> Result<Vec<Finding>, LedgerError> {
        let anew = self.look(|books| said_anew(books, batch));
        if anew.is_empty() {
            return Ok(Vec::new());
        }
        let blocks = blocks::of(tx, batch.unit, batch.period)?;
        let mut findings = Vec::new();
        for Anew { figure, place, now, adds_up, decimals } in anew {
            let told = words(now.content, decimals);
            let said = said(tx, &blocks, (&figure.series, adds_up))?;
            let faults = said.iter().filter_map(|it| fault((it, &told), (&figure, now), speaker));
            let mut found = faults.map(|fault| Finding { place: placed(&place, &figure), fault });
            let Some(first) = found.next() else { continue };
            let is_error = |it: &Finding| it.severity() == Severity::Error;
            findings.push(match is_error(&first) {
                true => first,
                false => found.find(is_error).unwrap_or(first),
            });
        }
        Ok(findings)
    }
}

fn refused(findings: Vec<Finding>) -> Result<(), LedgerError> {
    match findings.iter().any(|it| it.severity() == Severity::Error) {
        true => Err(LedgerError::Findings(findings)),
        false => Ok(()),
    }
}

/// A figure that is to take the place of another one in force.
struct Anew {
    figure: Figure,
    place: Place,
    now: Stored,
    /// Whether the indicator's undivided figure is the sum of its options.
    adds_up: bool,
    decimals: u8,
}

/// Figures that are not what is in force, or are estimates of it; with the sums of options that would be other ones.
fn said_anew(books: &Books, batch: &Batch) -> Vec<Anew> {
    let mut anew: Vec<Anew> = Vec::new();
    let mut take = |figure: &Figure, place: &Place| {
        let Some(now) = books.own(batch.unit, &figure.series, batch.period) else { return };
        let is_estimate = figure.status == Status::Estimate;
        let loosens = is_estimate && !now.is_estimate && now.content != Content::NoFigure;
        if now.content == figure.content && !loosens {
            return;
        }
        let code = &figure.series.indicator;
        let (adds_up, decimals) = (books.programmes.adds_up(code), books.programmes.decimals(code));
        anew.push(Anew { figure: figure.clone(), place: place.clone(), now, adds_up, decimals });
    };
    let mut divided: Vec<&str> = Vec::new();
    for (figure, place) in &batch.figures {
        take(figure, place);
        let code = figure.series.indicator.as_str();
        if figure.series.option.is_none() || divided.contains(&code) {
            continue;
        }
        divided.push(code);
        if let Some(content) = books.sum_with(batch, code) {
            let series = Series { indicator: code.to_owned(), option: None };
            // Whether an option is an estimate is asked of the option itself.
            take(&Figure { series, content, status: Status::Final, ..figure.clone() }, place);
        }
    }
    anew
}

impl Books {
    /// What the options of an indicator would come to with those of a batch; `None` if they do not add up, or the batch gives the
    /// undivided figure itself.
    fn sum_with(&self, batch: &Batch, indicator: &str) -> Option<Content> {
        if !self.programmes.adds_up(indicator) {
            return None;
        }
        let said = |option: Option<&String>| {
            let mut figures = batch.figures.iter().map(|it| &it.0);
            figures
                .find(|it| it.series.indicator == indicator && it.series.option.as_ref() == option)
        };
        if said(None).is_some() {
            return None;
        }
        let stored = |option: &String| match said(Some(option)) {
            Some(figure) => Some(Stored::from(figure)),
            None => {
                let series =
                    Series { indicator: indicator.to_owned(), option: Some(option.clone()) };
                self.own(batch.unit, &series, batch.period)
            }
        };
        let options = self.programmes.options(indicator)?;
        Some(options.iter().filter_map(stored).reduce(add)?.content)
    }
}

/// What is wrong or unusual with a figure for one of those who stand behind what is in force, which is told.
fn fault(
    (word, told): (&Word, &str),
    (figure, now): (&Figure, Stored),
    speaker: Speaker<'_>,
) -> Option<Fault> {
    let kind = speaker.map_or(figure.status, |it| it.1);
    let loosens = figure.status == Status::Estimate && !now.is_estimate;
    let told = told.to_owned();
    let Word::Report { form, kind: other, state } = word else {
        return match word {
            Word::Correction { form } if speaker.is_none_or(|it| it.0 != form) => {
                Some(Fault::ApprovedElsewhere { form: form.clone(), told })
            }
            Word::Other if loosens => Some(Fault::EstimateAfterFinal),
            _ => None,
        };
    };
    let is_out = !matches!(state, SubmissionState::Draft | SubmissionState::Returned);
    let is_same = speaker == Some((form.as_str(), *other));
    let is_replaced = *other == Status::Estimate && kind == Status::Final;
    if is_same || is_replaced || !is_out {
        return None;
    }
    if loosens && *other == Status::Final {
        return Some(Fault::EstimateAfterFinal);
    }
    if now.content == figure.content {
        return None;
    }
    match state {
        it if is_approved(*it) => Some(Fault::ApprovedElsewhere { form: form.clone(), told }),
        _ if speaker.is_none() => None,
        _ => Some(Fault::OtherwiseElsewhere { form: form.clone(), told }),
    }
}

/// The form that a figure in force was approved on, or corrected on after that; none if nobody approved it. Of an option that adds
/// up with others, what was approved undivided holds, too.
pub(crate) fn approved_on(
    tx: &mut Tx<'_>,
    blocks: &[Block],
    series: (&Series, bool),
) -> Result<Option<String>, StoreError> {
    let said = said(tx, blocks, series)?;
    Ok(said.iter().find_map(Word::approved_on).map(str::to_owned))
}

/// Who stands behind a figure in force, the newest first: what brought it, and all whose last word was the same.
fn said(
    tx: &mut Tx<'_>,
    blocks: &[Block],
    (series, adds_up): (&Series, bool),
) -> Result<Vec<Word>, StoreError> {
    let is_part = |it: &Figure| {
        it.series.indicator == series.indicator
            && (it.series.option.is_none() || series.option.is_none())
    };
    let touches =
        |it: &Block| it.figure(series).is_some() || adds_up && it.figures().any(|it| is_part(&it));
    let mut touching = blocks.iter().rev().filter(|it| touches(it));
    let Some(newest) = touching.next() else { return Ok(Vec::new()) };
    let in_force = newest.figure(series).map(|it| it.content);
    let mut said = vec![word(tx, newest)?];
    let mut heard = vec![&newest.origin];
    for block in touching {
        if heard.contains(&&block.origin) {
            continue;
        }
        heard.push(&block.origin);
        let content = block.figure(series).map(|it| it.content);
        let is_whose = matches!(block.origin, Origin::Submission(_) | Origin::Correction(_));
        if is_whose && content.is_some() && content == in_force {
            said.push(word(tx, block)?);
        }
    }
    Ok(said)
}

fn word(tx: &mut Tx<'_>, block: &Block) -> Result<Word, StoreError> {
    Ok(match block.origin {
        Origin::Submission(id) => submissions::get(tx, id)?.map_or(Word::Other, |it| {
            let state = Standing::state(&it.standing);
            Word::Report { form: it.form.0, kind: it.kind, state }
        }),
        Origin::Correction(id) => {
            let form = corrections::get(tx, id)?.and_then(|it| it.form);
            Word::Correction { form: form.unwrap_or_default() }
        }
        Origin::Register { .. } => Word::Register,
        Origin::Document(_) | Origin::Import { .. } => Word::Other,
    })
}
