//! A made-up country of the size of the real one: a year of reports on one form, tasks for all, and a long audit trail.

use std::{path::Path, sync::Arc};

use dondoc_core::{
    access::{Grant, Policy, Scope},
    calendar::Calendar,
    figure::Status,
    pack::Pack,
    period::Period,
    submission::SubmissionStep,
    unit::{Change, Kind, Line, Moment, UnitId, What},
};
use dondoc_ledger::Ledger;
use dondoc_store::{
    Action, By, Location, Store, StoreError, packs,
    submissions::{
        NewSubmission, SubmissionError,
        steps::{self, StepWords},
    },
    tasks::{
        Beside, Now, Order, TaskError,
        giving::{NewTask, give},
    },
    units,
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::Failed;

pub(crate) const TODAY: Date = date(2026, 11, 21);
const N_PROVINCES: u32 = 34;
const N_COMMUNES: u32 = 3_321;
const N_ROWS: usize = 60;
const N_MONTHS: u8 = 10;
const N_TASKS: usize = 200;
/// Units before the first commune: the country and the provinces.
const FIRST: u32 = 2 + N_PROVINCES;

/// The country with its books.
pub(crate) struct Country {
    pub(crate) ledger: Arc<Ledger>,
}

fn by() -> By {
    By { actor: "đo".to_owned(), at: "2026-01-02T00:00:00Z".parse().unwrap_or_default() }
}

fn told(verb: &'static str) -> Action {
    Action { by: by(), verb, object: String::new() }
}

pub(crate) fn calendar() -> Result<Calendar, Failed> {
    Ok(Calendar::vietnam()?)
}

impl Country {
    pub(crate) fn make(folder: &Path) -> Result<Self, Failed> {
        let place = folder.join("lists.sqlite");
        let store = Store::open(Location::from(place.as_path()), by().at)?;
        let mut changes = vec![found(1, (Kind::Country, "Việt Nam".to_owned()), None)];
        for province in 0..N_PROVINCES {
            let name = (Kind::Province, format!("Tỉnh {province}"));
            changes.push(found(2 + province, name, Some(1)));
        }
        for commune in 0..N_COMMUNES {
            let name = (Kind::Commune, format!("Xã {commune}"));
            changes.push(found(FIRST + commune, name, Some(2 + commune % N_PROVINCES)));
        }
        let (name, bytes) = ("lists", &b"lists"[..]);
        let file = units::NewSource { name, bytes, vouches_on: None, changes: &changes };
        units::append(&store, &[file], 0, &by())?;
        let pack = pack()?;
        store.write(|tx| {
            packs::adopt(tx, &pack, &by())?;
            Ok::<_, packs::PackError>(((), told("pack.use")))
        })?;
        for month in 1..=N_MONTHS {
            report(&store, Period::Month { year: 2026, month })?;
        }
        give_tasks(&store)?;
        let country = Self { ledger: Arc::new(Ledger::open(Arc::new(store), TODAY)?) };
        country.tell(20_000)?;
        Ok(country)
    }

    pub(crate) fn told(&self) -> Result<String, Failed> {
        let n_tasks = self.ledger.task_book()?.tasks.len();
        let n_reports = u32::from(N_MONTHS) * N_COMMUNES;
        Ok(format!("{N_COMMUNES} communes, {n_reports} reports, {n_tasks} tasks\n"))
    }

    /// Lines in the audit trail that tell of nothing.
    pub(crate) fn tell(&self, n_lines: usize) -> Result<(), Failed> {
        for _ in 0..n_lines {
            self.ledger.store().write(|_| Ok::<_, StoreError>(((), told("session.open"))))?;
        }
        Ok(())
    }

    /// A clerk of one commune, an officer of a province, and who sees the whole country.
    pub(crate) fn scopes(&self) -> Vec<(&'static str, Scope)> {
        let units = self.ledger.look(|books| Arc::clone(&books.units));
        let of = |role: &str, unit: u32| {
            let policy = Policy::built_in().ok()?;
            let operation = policy.by_code("report.read")?;
            let (role, from) = (role.to_owned(), date(2026, 1, 1));
            let unit = Some(UnitId(unit));
            let grant = Grant { role, unit, line: Line::State, from, until: None };
            Some(Scope::of(operation, &[grant], &units, TODAY))
        };
        let all = [
            ("one commune", of("clerk", FIRST + 7)),
            ("a province", of("officer", 3)),
            ("the country", Some(Scope::whole())),
        ];
        all.into_iter().filter_map(|(who, scope)| Some((who, scope?))).collect()
    }

    /// A square for every commune, of forty points.
    pub(crate) fn outlines(&self) -> String {
        let area = |commune: u32| {
            let (x, y) =
                (102.0 + f64::from(commune % 60) / 10.0, 9.0 + f64::from(commune / 60) / 10.0);
            let side = |n: u32| f64::from(n) / 100.0;
            let mut ring: Vec<[f64; 2]> = Vec::new();
            ring.extend((0..10).map(|it| [x + side(it), y]));
            ring.extend((0..10).map(|it| [x + 0.1, y + side(it)]));
            ring.extend((0..10).map(|it| [x + 0.1 - side(it), y + 0.1]));
            ring.extend((0..10).map(|it| [x, y + 0.1 - side(it)]));
            ring.push([x, y]);
            let geometry = json!({ "type": "Polygon", "coordinates": [ring] });
            let code = format!("{:05}", FIRST + commune);
            json!({ "type": "Feature", "properties": { "code": code }, "geometry": geometry })
        };
        let features: Vec<Value> = (0..N_COMMUNES).map(area).collect();
        json!({ "type": "FeatureCollection", "features": features }).to_string()
    }
}

/// Three of four communes hand in, the others have begun.
fn report(store: &Store, period: Period) -> Result<(), Failed> {
    let rows = (1..=N_ROWS).map(|it| (it.to_string(), json!({ "1": "123" })));
    let content = Value::Object(rows.collect());
    store.write(|tx| -> Result<_, SubmissionError> {
        for commune in 0..N_COMMUNES {
            let form = NewSubmission {
                pack: ("B", 1),
                form: ("B01", 1),
                unit: UnitId(FIRST + commune),
                period,
                kind: Status::Final,
                content: &content,
            };
            let begun = steps::open(tx, &form, &by())?;
            if commune % 4 > 0 {
                let step = (SubmissionStep::Submit, StepWords::default());
                steps::take(tx, (begun.id, begun.version), step, &by())?;
            }
        }
        Ok(((), told("submission.submit")))
    })?;
    Ok(())
}

/// Tasks of a province for a hundred communes each.
fn give_tasks(store: &Store) -> Result<(), Failed> {
    let calendar = calendar()?;
    store.write(|tx| -> Result<_, TaskError> {
        for task in 0..N_TASKS as u32 {
            let province = task % N_PROVINCES;
            let communes = (0..N_COMMUNES).filter(|it| it % N_PROVINCES == province);
            let text = format!("Rà soát điểm sơ tán lần {task}");
            let order = Order::plain(&text, UnitId(2 + province));
            let leads = communes.map(|it| UnitId(FIRST + it)).collect();
            let due = Some(date(2026, 12, 1));
            let new = NewTask { order, leads, beside: Beside::default(), due };
            let by = by();
            give(tx, &new, Now { by: &by, on: date(2026, 10, 1), calendar: &calendar })?;
        }
        Ok(((), told("task.give")))
    })?;
    Ok(())
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
    Change { unit: UnitId(unit), when: Moment::Always, what, source: "lists".to_owned() }
}

fn pack() -> Result<Pack, Failed> {
    let text = |it: &str| json!({ "vi": it, "en": it });
    let indicator = |at: usize| {
        json!({
            "code": format!("B.{at:03}"), "name": text("Chỉ tiêu"), "measure": "lượt", "over_units": "sum",
            "over_time": "sum", "every": ["month"], "level": "commune", "clearing": "open",
        })
    };
    let row = |it: usize| json!({ "number": it.to_string(), "indicator": format!("B.{it:03}") });
    let form = json!({
        "code": "B01", "name": text("Biểu"), "version": 1, "every": ["month"], "closing": "decree09",
        "deadlines": [{ "level": "commune", "working_days": 3 }], "level": "commune",
        "route": text("Xã"), "columns": [{ "number": "1", "title": text("Số liệu"), "shows": "value" }],
        "rows": (1..=N_ROWS).map(row).collect::<Vec<_>>(),
    });
    Ok(serde_json::from_value(json!({
        "pack": { "code": "B", "name": text("Đo"), "version": 1, "valid_from": "2025-12-15" },
        "indicators": (1..=N_ROWS).map(indicator).collect::<Vec<_>>(),
        "forms": [form],
    }))?)
}
