//! How long lists take in a country of the size of the real one: reports, what is owed, tasks, the audit trail, the map.
//!
//! `cargo run --release -p dondoc-server --example lists`; each way beside the way that reads everything, medians of five.

mod country;

use std::{
    error::Error,
    time::{Duration, Instant},
};

use dondoc_core::{calendar::Calendar, unit::UnitId};
use dondoc_exchange::geojson;
use dondoc_ledger::{
    owed::{Asked, Owed, may_be_nil},
    task_book::TaskBook,
};
use dondoc_store::{
    audit, checkpoints,
    submissions::{self, SubmissionFilter},
};
use jiff::civil::date;

use crate::country::Country;

/// Anything that stops a measurement.
pub(crate) type Failed = Box<dyn Error + Send + Sync>;

const ALL: SubmissionFilter<'static> =
    SubmissionFilter { unit: None, period: None, form: None, state: None };
const N_LISTED: usize = 1_000;

fn main() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let country = Country::make(folder.path())?;
    println!("{}", country.told()?);
    println!("| question | slow ms | ms | ratio |\n|---|--:|--:|--:|");
    reports(&country)?;
    owed(&country)?;
    tasks(&country)?;
    trail(&country, folder.path())?;
    map(&country)
}

/// The median of five, in milliseconds.
fn median<T>(mut work: impl FnMut() -> Result<T, Failed>) -> Result<(f64, T), Failed> {
    let mut times: Vec<Duration> = Vec::new();
    let mut last = work()?;
    for _ in 0..5 {
        let start = Instant::now();
        last = work()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok((times[2].as_secs_f64() * 1_000.0, last))
}

fn tell(question: &str, slow: f64, fast: f64) {
    println!("| {question} | {slow:.2} | {fast:.2} | {:.0} |", slow / fast);
}

fn reports(country: &Country) -> Result<(), Failed> {
    let store = country.ledger.store();
    for (who, scope) in country.scopes() {
        let (slow, before) = median(|| {
            let mut all = store.read(|tx| submissions::list(tx, &ALL, usize::MAX))?;
            all.retain(|it| scope.covers(it.unit));
            all.truncate(N_LISTED);
            Ok(all)
        })?;
        let (fast, after) =
            median(|| Ok(store.read_within(&scope, |tx| submissions::list(tx, &ALL, N_LISTED))?))?;
        assert_eq!(before, after);
        tell(&format!("reports of {who}"), slow, fast);
    }
    Ok(())
}

fn owed(country: &Country) -> Result<(), Failed> {
    let calendar: Calendar = country::calendar()?;
    let all = |_: UnitId| true;
    let of = |concerns: &dyn Fn(UnitId) -> bool| {
        let (today, until) = (country::TODAY, date(2026, 12, 20));
        let day_of = dondoc_server::today;
        let asked =
            Asked { today, until, calendar: &calendar, day_of, concerns, form: None, period: None };
        Ok::<_, Failed>(country.ledger.owed(&asked)?)
    };
    // As it was: of all units, and of each report whether it may be handed in as nil.
    let (slow, everything) = median(|| {
        let all = of(&all)?;
        country.ledger.look(|books| {
            let open = all.iter().filter(|it| it.is_open());
            let may_be = |it: &&Owed| {
                let form = books.programmes.form(&it.expected.form);
                form.is_some_and(|form| {
                    may_be_nil(books, form, (it.expected.unit, it.expected.period))
                })
            };
            std::hint::black_box(open.filter(may_be).count());
        });
        Ok(all)
    })?;
    for (who, scope) in country.scopes() {
        let (fast, found) = median(|| of(&|unit| scope.covers(unit)))?;
        let of_scope = everything.iter().filter(|it| scope.covers(it.expected.unit));
        assert!(found.iter().eq(of_scope));
        tell(&format!("owed by {who}"), slow, fast);
    }
    Ok(())
}

fn tasks(country: &Country) -> Result<(), Failed> {
    let (slow, before) = median(|| Ok(country.ledger.store().read(TaskBook::read)?))?;
    let (fast, after) = median(|| Ok(country.ledger.task_book()?))?;
    assert_eq!(before, *after);
    tell("all tasks", slow, fast);
    Ok(())
}

fn trail(country: &Country, folder: &std::path::Path) -> Result<(), Failed> {
    let store = country.ledger.store();
    let key = checkpoints::Key::beside(folder)?;
    checkpoints::sign(store, &key, jiff::Timestamp::now())?;
    country.tell(100)?;
    let (slow, before) = median(|| Ok(audit::verify(store)?))?;
    let since = || store.read(|tx| checkpoints::verify_since(tx, &key.public()));
    let (fast, after) = median(|| Ok::<_, Failed>(since()?))?;
    assert_eq!(before, after);
    tell("audit trail, 100 lines behind a checkpoint", slow, fast);
    Ok(())
}

/// What is saved is reading the outlines: they are kept as they were read, by the digest of the map.
fn map(country: &Country) -> Result<(), Failed> {
    let text = country.outlines();
    let (slow, areas) = median(|| Ok(geojson::read(text.as_bytes())?))?;
    let (fast, _) = median(|| Ok(areas.clone()))?;
    tell(&format!("outlines of {} units", areas.len()), slow, fast);
    Ok(())
}
