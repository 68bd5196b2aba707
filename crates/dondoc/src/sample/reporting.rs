//! Reports of the sample province around today: handed in, returned, approved, locked, late, and not begun.
//!
//! The periods are those of the day on which the sample is made, so that there is always something due.

use std::sync::Arc;

use anyhow::Context;
use dondoc_core::calendar::Calendar;
use dondoc_core::figure::{Content, Figure, Qualifier, Series, Source, Status};
use dondoc_core::finding::{Finding, Place};
use dondoc_core::pack::{Closing, Frequency, Severity};
use dondoc_core::period::Period;
use dondoc_core::submission::SubmissionStep;
use dondoc_core::unit::UnitId;
use dondoc_ledger::form::Part;
use dondoc_ledger::owed::{InputCell, input_cells};
use dondoc_ledger::report::NewReport;
use dondoc_ledger::{Batch, Books, Ledger};
use dondoc_store::submissions::locks::{self, NewLock};
use dondoc_store::submissions::{self, CellNote, SubmissionFilter};
use dondoc_store::{Action, By, Store, StoreError};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use self::drawn::{Drawn, drawn};
use super::people::{APPROVER, clerk};
use crate::question::today;

mod drawn;

const MONTHLY: &str = "B01-XA";
const POLICY: &str = "B07-CHINHSACH";

/// What becomes of a commune's report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    NotBegun,
    Draft,
    /// Handed in so many days after the period closed.
    HandedIn(i8),
    /// With something unusual, and the reason for it.
    Unusual(i8),
    Returned(i8),
    Approved(i8),
    Locked(i8),
}

/// The communes, with what becomes of their reports of the last period (B01-XA, B07) and of the one before.
const FATES: [(&str, Fate, Fate, Fate); 13] = {
    use Fate::{Approved, Draft, HandedIn, Locked, NotBegun, Returned, Unusual};
    [
        ("tan-lap", HandedIn(1), HandedIn(1), Locked(1)),
        ("bac-lap", HandedIn(2), HandedIn(2), Locked(0)),
        ("nam-lap", HandedIn(1), Approved(1), Locked(1)),
        ("binh-an", Returned(2), HandedIn(2), Locked(1)),
        ("dong-khe", NotBegun, HandedIn(2), Locked(2)),
        ("thach-son", HandedIn(2), Locked(1), Locked(1)),
        ("hoa-son", Unusual(1), HandedIn(1), Locked(1)),
        ("khe-trang", Draft, NotBegun, Locked(5)),
        ("suoi-da", HandedIn(4), HandedIn(4), Locked(1)),
        ("bai-dau", HandedIn(2), HandedIn(2), Locked(1)),
        ("phu-loc", Unusual(2), Returned(2), Locked(3)),
        ("tra-linh", NotBegun, NotBegun, Locked(6)),
        ("con-noi", Approved(1), HandedIn(1), Locked(1)),
    ]
};

/// The communes, as the sample's file calls them below the province: `binh-an`.
pub(crate) fn communes() -> impl Iterator<Item = &'static str> {
    FATES.iter().map(|it| it.0)
}

/// The month that closed last, and the one before.
fn months() -> Option<(Period, Period)> {
    let open = Period::of_day(today(), Frequency::Month, Closing::Decree09)?;
    let last = open.before()?;
    Some((last, last.before()?))
}

/// The moment since when the programme of the sample is in use: at the start of the month before the one that closed last.
pub(crate) fn in_use_since() -> Option<Timestamp> {
    let (from, _) = months()?.1.days(Closing::Decree09)?;
    moment(from, 8)
}

/// An hour of a day in Viet Nam.
fn moment(day: Date, hour: i8) -> Option<Timestamp> {
    let zone = TimeZone::fixed(Offset::constant(7));
    day.at(hour, 15, 0, 0).to_zoned(zone).ok().map(|it| it.timestamp())
}

/// Puts the reports into a store that has the sample's units and programme and no report yet.
///
/// # Errors
///
/// The store can't be written, or the sample does not fit the program any more.
pub(crate) fn put_into(store: &Arc<Store>) -> anyhow::Result<()> {
    let filter = SubmissionFilter::default();
    if !store.read(|tx| submissions::list(tx, &filter, 1))?.is_empty() {
        return Ok(());
    }
    let ledger = Ledger::open(Arc::clone(store), today())?;
    let (last, before) = months().context("the months of today")?;
    let desk = Desk { ledger: &ledger, calendar: Calendar::vietnam()? };
    for (name, _, _, fate) in FATES {
        desk.report(name, MONTHLY, before, fate)?;
        desk.report(name, POLICY, before, fate)?;
    }
    desk.close(before)?;
    for (name, monthly, policy, _) in FATES {
        desk.report(name, MONTHLY, last, monthly)?;
        desk.report(name, POLICY, last, policy)?;
    }
    desk.ask("thach-son", before)
}

/// Where the sample's people sit.
struct Desk<'a> {
    ledger: &'a Ledger,
    calendar: Calendar,
}

/// A form as somebody fills it in.
struct Filled {
    batch: Batch,
    content: Value,
}

impl Desk<'_> {
    fn report(&self, name: &str, form: &str, period: Period, fate: Fate) -> anyhow::Result<()> {
        let days = match fate {
            Fate::NotBegun => return Ok(()),
            Fate::Draft => 1,
            Fate::HandedIn(it)
            | Fate::Unusual(it)
            | Fate::Returned(it)
            | Fate::Approved(it)
            | Fate::Locked(it) => it,
        };
        let day = self.after_closing(period, days)?;
        let by = |actor: String, hour| -> anyhow::Result<By> {
            let at = moment(day, hour).context("a moment")?.min(Timestamp::now());
            Ok(By { actor, at })
        };
        let clerk = by(clerk(name), 9)?;
        let filled = self.filled(
            name,
            (form, period),
            fate == Fate::Draft,
            matches!(fate, Fate::Unusual(_)),
        )?;
        let mut report = NewReport {
            form,
            kind: Status::Final,
            batch: &filled.batch,
            content: &filled.content,
            notes: &[],
            seen: None,
        };
        if fate == Fate::Draft {
            self.ledger.save_draft(&report, &clerk)?;
            return Ok(());
        }
        let found = self.ledger.try_report(&report, today())?;
        if found.iter().any(|it| it.severity() == Severity::Error) {
            // What the registers of the sample say does not go together with it: nobody hands that in.
            return Ok(());
        }
        let notes: Vec<CellNote> = found.iter().map(answer).collect();
        report.notes = &notes;
        let reported = self.ledger.report(&report, (&clerk, today()));
        let id = reported.with_context(|| format!("{name} {form} {period}"))?.receipt.submission_id;
        let steps: &[SubmissionStep] = match fate {
            Fate::Returned(_) => &[SubmissionStep::Return],
            Fate::Approved(_) => &[SubmissionStep::Approve],
            Fate::Locked(_) => &[SubmissionStep::Approve, SubmissionStep::Lock],
            _ => &[],
        };
        let approver = by(APPROVER.to_owned(), 15)?;
        for step in steps {
            let found = self.ledger.store().read(|tx| submissions::get(tx, id))?;
            let version = found.context("a report that was just handed in")?.version;
            let notes =
                if *step == SubmissionStep::Return { doubts(&filled.batch) } else { Vec::new() };
            let reason =
                (!notes.is_empty()).then_some("Đối chiếu lại với sổ theo dõi rồi nộp lại.");
            self.ledger.step((id, version), *step, (reason, &notes), &approver)?;
        }
        Ok(())
    }

    /// The `n`-th day after a period closed, on a day of rest the working day after it.
    fn after_closing(&self, period: Period, n: i8) -> anyhow::Result<Date> {
        let closed = period.closing_day(Closing::Decree09).context("a closing day")?;
        let day = closed.checked_add(i32::from(n).days())?;
        Ok(self.calendar.after(day, 0)?.on)
    }

    fn filled(
        &self,
        name: &str,
        (form, period): (&str, Period),
        is_half: bool,
        is_unusual: bool,
    ) -> anyhow::Result<Filled> {
        self.ledger.look(|books| {
            let unit = unit(books, name)?;
            let found = books.programmes.form(form).context("the form")?;
            let mut cells = input_cells(books, found, (unit, period));
            if is_half {
                cells.truncate(cells.len() / 2);
            }
            let seed = (name, period);
            let figures = figures(books, form, &cells, |it| drawn(seed, it, is_unusual));
            let content = content(books, &cells, |it| drawn(seed, it, is_unusual));
            let batch = Batch { unit, period, figures };
            Ok(Filled { batch, content })
        })
    }

    /// Closes a period for the whole province.
    fn close(&self, period: Period) -> anyhow::Result<()> {
        let at = moment(self.after_closing(period, 10)?, 16).context("a moment")?;
        let by = By { actor: APPROVER.to_owned(), at };
        let province =
            self.ledger.look(|books| books.units.by_key("lg")).context("the province")?;
        let lock = NewLock {
            pack: "KVPT",
            form: None,
            period,
            unit: Some(province),
            reason: Some("Đã chốt số liệu tháng."),
        };
        self.ledger.store().write(|tx| -> Result<_, StoreError> {
            let id = locks::set(tx, &lock, &by)?;
            let action = Action { by: by.clone(), verb: "lock.set", object: id.to_string() };
            Ok(((), action))
        })?;
        Ok(())
    }

    /// Asks for a figure of a closed period to be mended.
    fn ask(&self, name: &str, period: Period) -> anyhow::Result<()> {
        let at = moment(self.after_closing(period, 20)?, 10).context("a moment")?;
        let by = By { actor: clerk(name), at: at.min(Timestamp::now()) };
        let series = Series { indicator: "KVPT.07.01".to_owned(), option: None };
        let batch = self.ledger.look(|books| -> anyhow::Result<Batch> {
            let unit = unit(books, name)?;
            let Drawn::Value(now) = drawn((name, period), &series, false) else {
                anyhow::bail!("nothing to correct");
            };
            let source = Source::Form {
                form: MONTHLY.to_owned(),
                row: "5.1".to_owned(),
                column: "1".to_owned(),
            };
            let figure = figure(series.clone(), Content::Value(now + 18), source);
            Ok(Batch { unit, period, figures: vec![(figure, Place::default())] })
        })?;
        let reason = "Cộng thiếu 18 lượt khám ngày cuối tháng, có sổ khám kèm theo.";
        self.ledger.ask_for_correction(&batch, reason, (&by, today()))?;
        Ok(())
    }
}

fn unit(books: &Books, name: &str) -> anyhow::Result<UnitId> {
    books.units.by_key(&format!("lg/{name}")).with_context(|| format!("lg/{name}"))
}

fn figure(series: Series, content: Content, source: Source) -> Figure {
    let (qualifier, status) = (Qualifier::default(), Status::Final);
    Figure { series, content, qualifier, status, source, reason: None }
}

/// One figure for each series, at the first cell that is for it.
fn figures(
    books: &Books,
    form: &str,
    cells: &[InputCell<'_>],
    drawn: impl Fn(&Series) -> Drawn,
) -> Vec<(Figure, Place)> {
    let mut all: Vec<(Figure, Place)> = Vec::new();
    for cell in cells {
        if all.iter().any(|it| it.0.series == cell.series) {
            continue;
        }
        let is_ratio =
            books.programmes.indicator(&cell.series.indicator).is_some_and(|it| it.ratio.is_some());
        let content = match drawn(&cell.series) {
            Drawn::Nil => Content::Nil,
            Drawn::Value(value) => Content::Value(value),
            Drawn::Share(numerator, denominator) if is_ratio => {
                Content::Ratio { numerator, denominator }
            }
            Drawn::Share(..) => Content::Nil,
        };
        let (row, column) = (cell.row.to_owned(), cell.column.to_owned());
        let source = Source::Form { form: form.to_owned(), row, column };
        all.push((figure(cell.series.clone(), content, source), Place::default()));
    }
    all
}

/// What stands in the cells as it was typed.
fn content(books: &Books, cells: &[InputCell<'_>], drawn: impl Fn(&Series) -> Drawn) -> Value {
    let cell = |it: &InputCell<'_>| {
        let decimals = books.programmes.indicator(&it.series.indicator).map_or(0, |it| it.decimals);
        let typed = match (drawn(&it.series), it.part) {
            (Drawn::Value(value), Part::Value) => typed(value, decimals),
            (Drawn::Share(value, _), Part::Numerator) => typed(value, decimals),
            (Drawn::Share(_, value), Part::Denominator) => typed(value, decimals),
            _ => "không phát sinh".to_owned(),
        };
        json!({ "row": it.row, "column": it.column, "value": typed })
    };
    cells.iter().map(cell).collect()
}

/// A number of the smallest unit as people type it: `1,50`.
fn typed(number: i64, decimals: u8) -> String {
    let width = usize::from(decimals) + 1;
    let digits = format!("{number:0width$}");
    match digits.split_at(digits.len() - usize::from(decimals)) {
        (whole, "") => whole.to_owned(),
        (whole, rest) => format!("{whole},{rest}"),
    }
}

/// What the approver doubts.
fn doubts(batch: &Batch) -> Vec<CellNote> {
    let words =
        ["Số này chênh nhiều so với danh sách chi trả. Kiểm tra lại.", "Ghi rõ số đã giải quyết."];
    let wanted = ["KVPT.06.04", "KVPT.06.02"];
    let note = |(indicator, words): (&str, &str)| {
        let of = batch.figures.iter().find(|it| it.0.series.indicator == indicator)?;
        let Source::Form { row, column, .. } = &of.0.source else { return None };
        let (row, column) = (Some(row.clone()), Some(column.clone()));
        Some(CellNote { row, column, about: None, words: words.to_owned() })
    };
    wanted.into_iter().zip(words).filter_map(note).collect()
}

/// The clerk's reason for something unusual.
fn answer(finding: &Finding) -> CellNote {
    let fault = serde_json::to_value(&finding.fault).unwrap_or_default();
    let text = |name: &str| fault[name].as_str().map(str::to_owned);
    let about = text("rule").filter(|_| fault["code"] == "rule").or_else(|| text("code"));
    let words = match about.as_deref() {
        Some("R-01-01") => "Hai nhiệm vụ chờ kinh phí, xin hoàn thành trong tháng sau.",
        Some("R-02-02") => "Xã vùng sâu, mở lớp nhỏ tại thôn.",
        _ => "Đã đối chiếu với hồ sơ gốc, số trong báo cáo là đúng.",
    };
    CellNote { row: None, column: None, about, words: words.to_owned() }
}
