//! A form on its way in: read, tried out, kept, with its receipt.

use axum::http::HeaderMap;
use dondoc_core::{
    figure::Status,
    finding::{Fault, Finding, Place},
    period::Period,
    unit::UnitId,
};
use dondoc_ledger::{
    Batch, Books, Ledger, LedgerError,
    difference::{self, Changes},
    once::Request,
    owed,
    report::NewReport,
};
use dondoc_store::{
    By,
    submissions::{CellNote, Submission, steps::Receipt},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    ApiError, ask,
    documents::unknown,
    faults::FaultView,
    numbers::FigureView,
    reports::NoteView,
    typed::{FigureSent, Reader},
};

/// No key of a request is longer.
const MAX_KEY_BYTES: usize = 200;

/// A form that is handed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportSent {
    /// The form: `B01-XA`.
    form: String,
    /// The version of the form that was filled in; the one in use if nothing is said.
    form_version: Option<u32>,
    /// Who reports.
    unit: u32,
    /// About when: `2025-09`.
    period: String,
    /// `final` (if nothing is said) or `estimate`.
    kind: Option<String>,
    #[serde(default)]
    figures: Vec<FigureSent>,
    /// Instead of figures: nothing occurred, in no cell (*không phát sinh*).
    #[serde(default)]
    nil: bool,
    /// Answers to warnings.
    #[serde(default)]
    notes: Vec<NoteView>,
    /// The version of the report that was seen before, 0 if there was none; with it, what somebody else saved since is not
    /// replaced but refused (`stale`).
    seen: Option<i64>,
}

impl ReportSent {
    /// Who reports.
    pub(crate) fn unit(&self) -> UnitId {
        UnitId(self.unit)
    }
}

/// A receipt.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiptView {
    /// Its number: `000412-2`.
    number: String,
    /// The report.
    report: i64,
    /// The block of its figures.
    block: Option<i64>,
    /// The chain up to that block, as it is printed.
    chain: Option<String>,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    /// SHA-256 of what was handed in.
    content_sha256: String,
    /// What is unusual about it, with reasons given.
    findings: Vec<FaultView>,
}

/// What handing in would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialView {
    /// What is wrong or unusual.
    findings: Vec<FaultView>,
    changes: ChangesView,
    /// Every cell, before and after.
    cells: Vec<CellView>,
}

/// What handing in a form is answered with.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[expect(
    dead_code,
    reason = "describes the two answers; a receipt is sent as the bytes that were kept for its key"
)]
pub(crate) enum HandedView {
    /// It was kept.
    Receipt(ReceiptView),
    /// With `dry_run`: what would happen.
    Trial(TrialView),
}

/// How many cells would change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangesView {
    /// Had nothing before.
    n_new: usize,
    n_changed: usize,
    n_same: usize,
}

/// A cell before and after.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CellView {
    indicator: String,
    option: Option<String>,
    before: Option<FigureView>,
    after: Option<FigureView>,
}

/// A form that was handed in, read.
pub(crate) struct Handed {
    form: String,
    kind: Status,
    batch: Batch,
    content: Value,
    notes: Vec<CellNote>,
    seen: Option<i64>,
    pub(crate) findings: Vec<Finding>,
}

impl Handed {
    pub(crate) fn read(ledger: &Ledger, mut sent: ReportSent) -> Result<Self, ApiError> {
        let period = ask::period(&sent.period)?;
        let kind = ask::kind(sent.kind.as_deref())?;
        if sent.nil {
            sent.figures = ledger.look(|books| nil(books, &sent, period))?;
        }
        let content = serde_json::to_value(&sent.figures).unwrap_or_default();
        ledger.look(|books| {
            let (pack, form) = books.programmes.form(&sent.form).ok_or(ApiError::NotFound)?;
            let mut reader = Reader::new((pack, form), kind);
            for figure in &sent.figures {
                reader.take(figure);
            }
            let figures = reader.figures();
            let mut findings = reader.findings;
            let found = sent.form_version.unwrap_or(form.version);
            if found != form.version {
                let name = |version| format!("{} ({version})", form.code);
                let (expected, found) = (name(form.version), name(found));
                let fault = Fault::WrongForm { expected, found };
                findings.insert(0, Finding { place: Place::default(), fault });
            }
            if !form.every.contains(&period.frequency()) {
                let fault = Fault::UnknownPeriod { period: period.to_string() };
                findings.insert(0, Finding { place: Place::default(), fault });
            }
            let batch = Batch { unit: UnitId(sent.unit), period, figures };
            let notes = sent.notes.into_iter().map(CellNote::from).collect();
            Ok(Self { form: sent.form, kind, batch, content, notes, seen: sent.seen, findings })
        })
    }

    pub(crate) fn of_figures(
        (form, kind): (&str, Status),
        batch: Batch,
        content: Value,
        findings: Vec<Finding>,
    ) -> Self {
        Self {
            form: form.to_owned(),
            kind,
            batch,
            content,
            notes: Vec::new(),
            seen: None,
            findings,
        }
    }

    fn report(&self) -> NewReport<'_> {
        let Self { form, kind, batch, content, notes, seen, .. } = self;
        NewReport { form, kind: *kind, batch, content, notes, seen: *seen }
    }

    /// Keeps it as a draft, whatever stands in its cells; of a unit and period that the form is for.
    pub(crate) fn save(&self, ledger: &Ledger, by: &By) -> Result<Submission, ApiError> {
        let is_astray = |it: &&Finding| {
            matches!(it.fault, Fault::WrongForm { .. } | Fault::UnknownPeriod { .. })
        };
        let astray: Vec<Finding> = self.findings.iter().filter(is_astray).cloned().collect();
        if !astray.is_empty() {
            return Err(ApiError::of_findings(astray));
        }
        if ledger.look(|books| books.units.get(self.batch.unit).is_none()) {
            return Err(ApiError::NotFound);
        }
        Ok(ledger.save_draft(&self.report(), by)?)
    }

    pub(crate) fn try_out(
        mut self,
        ledger: &Ledger,
        today: Date,
    ) -> Result<TrialView, LedgerError> {
        let more = ledger.try_report(&self.report(), today)?;
        self.findings.extend(more);
        Ok(ledger.look(|books| {
            let cells = difference::of(books, &self.batch).into_iter().map(|it| {
                let indicator = books.programmes.indicator(&it.series.indicator);
                let view = |it| indicator.map(|of| FigureView::of(it, of));
                CellView {
                    indicator: it.series.indicator.clone(),
                    option: it.series.option.clone(),
                    before: it.before.and_then(view),
                    after: view(it.after),
                }
            });
            TrialView {
                findings: self.findings.iter().map(FaultView::from).collect(),
                cells: cells.collect(),
                changes: difference::changes(books, &self.batch).into(),
            }
        }))
    }

    /// Everything that is wrong or unusual with it.
    pub(crate) fn findings_on(
        mut self,
        ledger: &Ledger,
        today: Date,
    ) -> Result<Vec<Finding>, LedgerError> {
        let more = ledger.try_report(&self.report(), today)?;
        self.findings.extend(more);
        Ok(self.findings)
    }

    /// Keeps it, and gives the receipt as it is sent.
    pub(crate) fn keep(
        &self,
        ledger: &Ledger,
        (by, today): (&By, Date),
        request: Option<&(String, [u8; 32])>,
    ) -> Result<Vec<u8>, LedgerError> {
        let answer = |receipt: &Receipt, findings: &[Finding]| {
            let view = ReceiptView::new(receipt, findings);
            // A receipt is made of strings and numbers: there is nothing in it that JSON can't hold.
            serde_json::to_vec(&view).unwrap_or_default()
        };
        let report = self.report();
        match request {
            None => {
                let reported = ledger.report(&report, (by, today))?;
                Ok(answer(&reported.receipt, &reported.findings))
            }
            Some((key, sha256)) => {
                ledger.report_once(Request { key, sha256 }, &report, (by, today), answer)
            }
        }
    }
}

/// What stands in a form in which nothing occurred.
fn nil(books: &Books, sent: &ReportSent, period: Period) -> Result<Vec<FigureSent>, ApiError> {
    if !sent.figures.is_empty() {
        return Err(unknown("nil", "false, or no figures"));
    }
    let form = books.programmes.form(&sent.form).ok_or(ApiError::NotFound)?;
    let whose = (UnitId(sent.unit), period);
    if !owed::may_be_nil(books, form, whose) {
        let detail = "the form counts what there is, or figures are in force already".to_owned();
        return Err(ApiError::WrongStep { detail });
    }
    let cells = owed::input_cells(books, form, whose);
    Ok(cells.iter().map(|it| FigureSent::nil(it.row, it.column)).collect())
}

/// The key that the client gave the request, with the user's name in front.
pub(crate) fn key(headers: &HeaderMap, actor: &str) -> Result<Option<String>, ApiError> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|it| !it.is_empty() && it.len() <= MAX_KEY_BYTES);
    let wrong = || unknown("Idempotency-Key", "1 to 200 letters, digits and signs");
    Ok(Some(format!("{actor}/{}", key.ok_or_else(wrong)?)))
}

impl ReceiptView {
    pub(crate) fn new(receipt: &Receipt, findings: &[Finding]) -> Self {
        Self {
            number: receipt.number.clone(),
            report: receipt.submission_id,
            block: receipt.block.map(|it| it.0.0),
            chain: receipt.block.map(|it| it.1.short()),
            by: receipt.by.actor.clone(),
            at: receipt.by.at.to_string(),
            content_sha256: receipt.content_sha256.clone(),
            findings: findings.iter().map(FaultView::from).collect(),
        }
    }
}

impl From<Changes> for ChangesView {
    fn from(it: Changes) -> Self {
        Self { n_new: it.n_new, n_changed: it.n_changed, n_same: it.n_same }
    }
}
