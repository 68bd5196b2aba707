//! The figures of the sample province: its units, a programme, reports, entries, and a figure of a document.

use std::sync::Arc;

use anyhow::Context;
use dondoc_core::figure::{Series, Status};
use dondoc_core::pack::Severity;
use dondoc_core::period::Period;
use dondoc_core::problem::Language;
use dondoc_exchange::block;
use dondoc_exchange::passage::Ask;
use dondoc_exchange::units::{self, Vouched};
use dondoc_ledger::Ledger;
use dondoc_ledger::accept::Meant;
use dondoc_store::documents::{self, Filter, Slice, Sort};
use dondoc_store::units::{NewSource, append};
use dondoc_store::{By, Found, Store, findings};

use crate::commands::figures::batches;
use crate::commands::packs::adopt;
use crate::commands::registers::note_all;
use crate::question::today;

const UNITS: (&str, &[u8]) =
    ("lam-giang.csv", include_bytes!("../../../../testdata/units/lam-giang.csv"));
const FIGURES: (&str, &[u8]) =
    ("lam-giang.csv", include_bytes!("../../../../testdata/figures/lam-giang.csv"));
const ENTRIES: (&str, &[u8]) = (
    "lam-giang-entries.json",
    include_bytes!("../../../../testdata/figures/lam-giang-entries.json"),
);
const PACK: &str = "khu-vuc-phong-thu";

/// The report of xã Bình An of which a figure is taken, and the figure: kilometres of road, in March 2026.
const REPORT: &str = "15-bao-cao-25-bc-ubnd-binh-an.md";
const ROADS: (&str, &str) = ("KVPT.07.04", "km");

/// Puts units, pack and figures of the sample province into a store that has no units yet.
///
/// # Errors
///
/// The store can't be written, or the sample does not fit the program any more.
pub(crate) fn put_into(store: &Arc<Store>, language: Language) -> anyhow::Result<()> {
    let kept = dondoc_store::units::load(store)?;
    if !kept.units.is_empty() {
        return Ok(());
    }
    let by = super::by()?;
    let (file, _) = units::read(UNITS.0, UNITS.1, None).context(UNITS.0)?;
    let plan = units::plan(&kept.units, &Vouched { days: Vec::new() }, &file);
    let source = NewSource {
        name: UNITS.0,
        bytes: UNITS.1,
        vouches_on: plan.vouches_on,
        changes: &plan.changes,
    };
    append(store, &[source], 0, &by)?;
    let pack = adopt::read(PACK, language)?;
    // Nothing is owed for the time before, and what is owed since then is to be seen.
    let since = By { at: super::reporting::in_use_since().unwrap_or(by.at), ..by.clone() };
    adopt::adopt(store, &pack, &since)?;
    let ledger = Ledger::open(Arc::clone(store), today())?;
    let arrived = ledger.look(|books| {
        let unit = |key: &str, _: Period| books.units.by_key(key).ok_or_else(Vec::new);
        block::read(FIGURES.1, &Ask { pack: &pack, unit: &unit, file: FIGURES.0 })
    });
    if let Some(error) = arrived.findings.iter().find(|it| it.severity() == Severity::Error) {
        anyhow::bail!("{}: {error:?}", FIGURES.0);
    }
    ledger
        .load(&batches(arrived), FIGURES.0, (&by, today()))
        .map_err(|err| crate::question::told(err, language))?;
    note_all(&ledger, ENTRIES, &by, language)?;
    accept(&ledger, &by)
}

/// Takes the kilometres of road out of the report of Bình An, if that report could be read.
fn accept(ledger: &Ledger, by: &By) -> anyhow::Result<()> {
    let page = documents::list(
        ledger.store(),
        &Filter::default(),
        Sort::IssuedOn,
        Slice { skip: 0, take: 200 },
    )?;
    let Some(report) = page.items.iter().find(|it| it.source.ends_with(REPORT)) else {
        return Ok(());
    };
    let found = findings::of_document(ledger.store(), report.id)?;
    let is_roads = |it: &&findings::Finding| matches!(&it.value, Found::Figure(figure) if figure.unit == ROADS.1);
    let Some(finding) = found.iter().find(is_roads) else { return Ok(()) };
    let Some(unit) = ledger.look(|books| books.units.by_key("lg/binh-an")) else { return Ok(()) };
    let meant = Meant {
        unit,
        period: Period::Month { year: 2026, month: 3 },
        series: Series { indicator: ROADS.0.to_owned(), option: None },
        denominator: None,
        status: Status::Final,
    };
    ledger.accept_figure(finding.id, &meant, (by, today()))?;
    Ok(())
}
