//! A made-up country of the size of the real one, with a pack of 300 indicators and one monthly form.

use std::{path::Path, sync::Arc, thread};

use dondoc_core::{
    access::{Grant, Policy},
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    finding::Place,
    pack::Pack,
    period::Period,
    problem::Problem,
    unit::{Change, Kind, Line, Moment, UnitId, What},
};
use dondoc_ledger::{Batch, Ledger};
use dondoc_server::{App, people};
use dondoc_store::{Action, By, Location, Store, accounts::NewAccount, packs, units};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    Failed,
    client::{Client, Door},
};

pub(crate) const N_INDICATORS: usize = 300;
const N_PROVINCES: u32 = 34;
const N_COMMUNES: u32 = 3_321;
/// The month of the storm; nothing is loaded for it.
const STORM: &str = "2026-10";

/// The country with its books.
pub(crate) struct Country {
    ledger: Arc<Ledger>,
    key: String,
    communes: Vec<u32>,
}

fn by() -> By {
    By { actor: "storm".to_owned(), at: Timestamp::now() }
}

fn code(series: usize) -> String {
    format!("B.{series:03}")
}

/// Makes an account with every role over everything, and gives a key of it.
fn key(store: &Store) -> Result<String, Failed> {
    let account = NewAccount {
        name: "storm".to_owned(),
        display: "Storm".to_owned(),
        office: String::new(),
        // Nothing has this digest: only the key opens.
        password: Some("!".to_owned()),
    };
    let from = dondoc_server::today(by().at);
    let everywhere = |role| Grant { role, unit: None, line: Line::State, from, until: None };
    let policy = Policy::built_in()?;
    let grants: Vec<Grant> = policy.roles().iter().map(|it| everywhere(it.code.clone())).collect();
    let failed = |error| Failed::from(format!("{error:?}"));
    people::add(store, &account, &grants, &by()).map_err(failed)?;
    people::key(store, ("storm", "storm", "*"), 1, &by()).map_err(failed)
}

/// A number between 0 and 999 that is always the same.
fn drawn(unit: u32, series: usize, month: usize) -> i64 {
    let mut it = u64::from(unit) << 32 | (series as u64) << 16 | month as u64;
    it = (it ^ it >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ it >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((it ^ it >> 31) % 1000) as i64
}

/// The months before the storm, the latest first.
fn month_before(n: usize) -> Period {
    let month = 2026 * 12 + 9 - 1 - n;
    Period::Month { year: (month / 12) as i16, month: (month % 12 + 1) as u8 }
}

impl Country {
    pub(crate) fn make(folder: &Path) -> Result<Self, Failed> {
        let place = folder.join("storm.sqlite");
        let store = Store::open(Location::from(place.as_path()), Timestamp::now())?;
        let mut changes = vec![found(1, (Kind::Country, "Việt Nam".to_owned()), None)];
        for province in 0..N_PROVINCES {
            let name = (Kind::Province, format!("Tỉnh {province}"));
            changes.push(found(2 + province, name, Some(1)));
        }
        let first = 2 + N_PROVINCES;
        for commune in 0..N_COMMUNES {
            let name = (Kind::Commune, format!("Xã {commune}"));
            changes.push(found(first + commune, name, Some(2 + commune % N_PROVINCES)));
        }
        let file = units::NewSource {
            name: "storm",
            bytes: b"storm",
            vouches_on: None,
            changes: &changes,
        };
        units::append(&store, &[file], 0, &by())?;
        let pack = pack()?;
        store.write(|tx| {
            packs::adopt(tx, &pack, &by())?;
            let action = Action { by: by(), verb: "pack.adopt", object: "B".to_owned() };
            Ok::<_, packs::PackError>(((), action))
        })?;
        let key = key(&store)?;
        let ledger = Ledger::open(Arc::new(store), dondoc_server::today(Timestamp::now()))?;
        let communes = (first..first + N_COMMUNES).collect();
        Ok(Self { ledger: Arc::new(ledger), key, communes })
    }

    /// Loads three of five figures of so many months through the checked path; gives how many.
    pub(crate) fn load(&self, months: usize) -> Result<usize, Failed> {
        let mut n_figures = 0;
        for month in 0..months {
            let period = month_before(month);
            let batch = |unit: &u32| {
                let series = (0..N_INDICATORS).filter(|it| (it + *unit as usize + month) % 5 < 3);
                let figures = series.map(|it| figure(it, drawn(*unit, it, month)));
                Batch { unit: UnitId(*unit), period, figures: figures.collect() }
            };
            let batches: Vec<Batch> = self.communes.iter().map(batch).collect();
            let today = dondoc_server::today(Timestamp::now());
            n_figures += self.ledger.load(&batches, "storm", (&by(), today))?.n_figures;
        }
        Ok(n_figures)
    }

    /// Answers on a port of its own until the process ends.
    pub(crate) fn serve(&self) -> Result<Door, Failed> {
        let reader = |_: Vec<u8>, _: String| Err(Problem::Empty);
        let app = App::new(Arc::clone(&self.ledger), Arc::new(reader), Timestamp::now);
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        thread::spawn(move || dondoc_server::run(listener, app));
        Ok(Door { address, key: self.key.clone() })
    }

    pub(crate) fn communes(&self) -> &[u32] {
        &self.communes
    }

    pub(crate) fn figure(&self, commune: u32, series: usize) -> i64 {
        drawn(commune, series, usize::from(u16::MAX))
    }

    /// The form of a commune, as it is sent.
    pub(crate) fn report(&self, commune: u32) -> String {
        let cell = |series: usize| {
            let value = self.figure(commune, series).to_string();
            json!({ "row": (series + 1).to_string(), "column": "1", "value": value })
        };
        let figures: Vec<_> = (0..N_INDICATORS).map(cell).collect();
        json!({ "form": "B01", "unit": commune, "period": STORM, "figures": figures }).to_string()
    }

    pub(crate) fn total_path(&self, series: usize, unit: u32) -> String {
        format!("/api/totals?indicator={}&unit={unit}&period={STORM}", code(series))
    }

    /// Every total of the country and of its provinces is what was sent.
    pub(crate) fn must_add_up(&self, door: &Door) -> Result<(), Failed> {
        let mut client = Client::connect(door)?;
        for series in 0..N_INDICATORS {
            let sum = |of: &dyn Fn(u32) -> bool| -> i64 {
                let mine = self.communes.iter().filter(|it| of(**it));
                mine.map(|it| self.figure(*it, series)).sum()
            };
            let country = client.total(&self.total_path(series, 1))?;
            if country != sum(&|_| true) {
                return Err(format!("{} of the country: {country}", code(series)).into());
            }
            let province = client.total(&self.total_path(series, 2))?;
            if province != sum(&|it| (it - 2 - N_PROVINCES).is_multiple_of(N_PROVINCES)) {
                return Err(format!("{} of a province: {province}", code(series)).into());
            }
        }
        Ok(())
    }

    /// The questions of the benchmark, by name.
    pub(crate) fn questions(&self, months: usize) -> Vec<(&'static str, Vec<String>)> {
        let codes = |n: usize| (0..n).map(code).collect::<Vec<_>>().join(",");
        let all: Vec<String> = (0..months).rev().map(|it| month_before(it).to_string()).collect();
        let (all, last) = (all.join(","), month_before(0));
        let before = month_before(12.min(months.saturating_sub(1)));
        let q1 = format!("/api/totals?under=1&period=2026&indicator={}", codes(60));
        let q3 = format!("/api/totals?unit=1&period={last},{before}&indicator={}", codes(300));
        let one = |of: String| format!("/api/totals?indicator=B.007&period={last}&{of}");
        let provinces = || 2..2 + N_PROVINCES;
        vec![
            ("Q1 34 provinces × a year × 60 indicators", vec![format!("{q1}&counts=reported")]),
            ("Q1 the same, with all counts", vec![q1]),
            (
                "Q2 a province's communes × 1 indicator × all months",
                provinces()
                    .map(|it| {
                        format!(
                            "/api/totals?under={it}&period={all}&indicator=B.007&counts=reported"
                        )
                    })
                    .collect(),
            ),
            (
                "Q3 country, 300 indicators, a month and the same of last year",
                vec![format!("{q3}&counts=reported")],
            ),
            ("Q3 the same, with all counts", vec![q3]),
            (
                "Q4 completeness by province",
                vec![format!("/api/completeness?under=1&period={last}")],
            ),
            (
                "Q5 drill-down: country, provinces, communes",
                provinces()
                    .flat_map(|it| {
                        [one("unit=1".into()), one("under=1".into()), one(format!("under={it}"))]
                    })
                    .collect(),
            ),
        ]
    }

    /// What the explorer asks for, question by question as its page does, with all counts.
    pub(crate) fn explored(&self, months: usize) -> Vec<(&'static str, Vec<String>)> {
        let codes = |n: usize| (0..n).map(code).collect::<Vec<_>>().join(",");
        let last = |n: usize| {
            let some: Vec<String> =
                (0..n.min(months)).rev().map(|it| month_before(it).to_string()).collect();
            some.join(",")
        };
        let (month, year, all) = (last(1), last(12), last(120));
        let table = |of: &str, n: usize, periods: &str| {
            format!("/api/totals?{of}&indicator={}&period={periods}", codes(n))
        };
        let of_each = |of: &dyn Fn(u32) -> String| (2..2 + N_PROVINCES).map(of).collect();
        let named = |province: u32| {
            let first = 2 + N_PROVINCES;
            let mine = (0..N_COMMUNES).filter(|it| it % N_PROVINCES == province - 2);
            let ids: Vec<String> = mine.map(|it| (first + it).to_string()).collect();
            format!("/api/units?id={}", ids.join(","))
        };
        vec![
            ("34 provinces × 10 indicators × 12 months", vec![table("under=1", 10, &year)]),
            (
                "the same, by today's units",
                vec![format!("{}&view=as_now", table("under=1", 10, &year))],
            ),
            ("the country, 10 indicators × 12 months", vec![table("unit=1", 10, &year)]),
            ("34 provinces × 60 indicators × a year", vec![table("under=1", 60, "2026")]),
            ("34 provinces × 1 indicator × all months", vec![table("under=1", 1, &all)]),
            (
                "a province's communes × 10 indicators × 12 months",
                of_each(&|it| table(&format!("under={it}"), 10, &year)),
            ),
            (
                "the same, by today's units",
                of_each(&|it| format!("{}&view=as_now", table(&format!("under={it}"), 10, &year))),
            ),
            (
                "a province's communes × 1 indicator × all months",
                of_each(&|it| table(&format!("under={it}"), 1, &all)),
            ),
            (
                "a total traced: the country, a month",
                vec![format!("/api/trace?unit=1&indicator=B.007&period={month}")],
            ),
            (
                "a total traced: a province, a year",
                of_each(&|it| format!("/api/trace?unit={it}&indicator=B.007&period=2026")),
            ),
            ("the names of a province's communes", of_each(&named)),
            (
                "34 provinces × 10 indicators × 12 months as a workbook",
                vec![table("under=1", 10, &year).replace("totals?", "explorer/file?format=xlsx&")],
            ),
        ]
    }
}

fn found(unit: u32, (kind, name): (Kind, String), parent: Option<u32>) -> Change {
    let what = What::Found {
        kind,
        name,
        code: Some(format!("{unit:05}")),
        key: None,
        rank: unit,
        parents: vec![(Line::State, parent.map(UnitId))],
    };
    Change { unit: UnitId(unit), when: Moment::Always, what, source: "storm".to_owned() }
}

fn figure(series: usize, value: i64) -> (Figure, Place) {
    let source = Source::Import { file: "storm".to_owned(), row: 1, column: 1 };
    let figure = Figure {
        series: Series { indicator: code(series), option: None },
        content: Content::Value(value),
        qualifier: Qualifier::Exact,
        status: Status::Final,
        source,
        reason: None,
    };
    (figure, Place::default())
}

fn pack() -> Result<Pack, Failed> {
    let text = |it: &str| json!({ "vi": it, "en": it });
    let indicator = |series: usize| {
        json!({
            "code": code(series), "name": text("Chỉ tiêu"), "measure": "lượt", "over_units": "sum",
            "over_time": "sum", "every": ["month"], "level": "commune", "clearing": "open",
        })
    };
    let row = |it: usize| json!({ "number": (it + 1).to_string(), "indicator": code(it) });
    let form = json!({
        "code": "B01", "name": text("Biểu"), "version": 1, "every": ["month"], "closing": "decree09",
        "deadlines": [{ "level": "commune", "working_days": 3 }], "level": "commune",
        "route": text("Xã"), "columns": [{ "number": "1", "title": text("Số liệu"), "shows": "value" }],
        "rows": (0..N_INDICATORS).map(row).collect::<Vec<_>>(),
    });
    Ok(serde_json::from_value(json!({
        "pack": { "code": "B", "name": text("Đo"), "version": 1, "valid_from": "2015-01-01" },
        "indicators": (0..N_INDICATORS).map(indicator).collect::<Vec<_>>(),
        "forms": [form],
    }))?)
}
