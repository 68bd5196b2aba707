//! The made-up province with a small programme, on a store that two people work on: Lan hands in, Minh approves.

use std::{
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use dondoc_core::{
    pack::Pack,
    unit::{Change, Kind, Line, Moment, UnitId, What},
};
use dondoc_ledger::Ledger;
use dondoc_store::{Action, By, Location, Store, packs, units};
use jiff::civil::date;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    client::Answer,
    server::{Server, clock},
};

/// Units of the province.
pub(crate) const LAM_GIANG: u32 = 1;
pub(crate) const BINH_AN: u32 = 2;
pub(crate) const DONG_KHE: u32 = 3;
/// Went over whole into Bình An on 2025-07-01.
pub(crate) const BINH_MINH: u32 = 4;

/// Two servers on one store.
pub(crate) struct Province {
    pub(crate) lan: Server,
    pub(crate) minh: Server,
    pub(crate) place: Location,
    schema: Option<(String, String)>,
    _folder: TempDir,
}

impl Province {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Location::from(folder.path().join("province.sqlite").as_path());
        Self::at(place, None, folder)
    }

    /// The first of the areas of [`Province::with_areas`].
    pub(crate) const FIRST_AREA: u32 = 10;

    /// The same, with areas of these names, which no word goes before.
    pub(crate) fn with_areas(names: &[&str]) -> Self {
        let mut province = Self::new();
        let store = Store::open(province.place.clone(), clock()).unwrap();
        let found = |(unit, name): (u32, &&str)| Change {
            unit: UnitId(unit),
            when: Moment::Always,
            what: What::Found {
                kind: Kind::Area,
                name: (*name).to_owned(),
                code: Some(format!("{unit:05}")),
                key: None,
                rank: unit,
                parents: vec![(Line::State, Some(UnitId(LAM_GIANG)))],
            },
            source: "mẫu".to_owned(),
        };
        let changes: Vec<Change> = (Self::FIRST_AREA..).zip(names).map(found).collect();
        let file =
            units::NewSource { name: "khu", bytes: b"khu", vouches_on: None, changes: &changes };
        let by =
            By { actor: "quản trị".to_owned(), at: "2026-09-01T00:00:00Z".parse().unwrap() };
        // Behind the five changes of the province itself.
        units::append(&store, &[file], 5, &by).unwrap();
        // Servers that know them.
        province.lan = Server::on(&province.place, "lan", None);
        province.minh = Server::on(&province.place, "minh", None);
        province
    }

    /// On PostgreSQL, in a schema of its own; `None` without a server, and then it is said.
    pub(crate) fn on_postgres() -> Option<Self> {
        let server = std::env::var("DONDOC_TEST_POSTGRES").ok().filter(|it| !it.is_empty());
        let Some(server) = server else {
            eprintln!("skipped: PostgreSQL (DONDOC_TEST_POSTGRES is not set)");
            return None;
        };
        static N_PLACES: AtomicU32 = AtomicU32::new(0);
        let n = N_PLACES.fetch_add(1, Ordering::Relaxed);
        let name = format!("http_{}_{n}", std::process::id());
        let made = format!("drop schema if exists {name} cascade; create schema {name}");
        let status = Command::new("psql").args(["-q", "-c", &made, &server]).status();
        if !status.is_ok_and(|it| it.success()) {
            eprintln!("skipped: PostgreSQL (psql can't make a schema)");
            return None;
        }
        let joint = if server.contains('?') { '&' } else { '?' };
        let place =
            Location::from(format!("{server}{joint}options=-c%20search_path%3D{name}").as_str());
        Some(Self::at(place, Some((server, name)), tempfile::tempdir().unwrap()))
    }

    fn at(place: Location, schema: Option<(String, String)>, folder: TempDir) -> Self {
        fill(&Store::open(place.clone(), clock()).unwrap());
        let lan = Server::on(&place, "lan", None);
        let minh = Server::on(&place, "minh", None);
        Self { lan, minh, place, schema, _folder: folder }
    }

    /// Lan hands a form in; what she hears.
    pub(crate) fn hand_in(&self, unit: u32, period: &str, figures: &Value) -> Answer {
        self.lan.post("/api/reports", &sent(unit, period, figures))
    }

    /// The one value of a total, as Minh's server has it.
    pub(crate) fn total(&self, asked: &str) -> Value {
        let answer = self.minh.get(&format!("/api/totals?{asked}"));
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        answer.json()["values"][0].clone()
    }

    /// How many blocks of figures there are.
    pub(crate) fn n_blocks(&self) -> i64 {
        self.minh.get("/api/moment").json()["block"].as_i64().unwrap()
    }
}

impl Drop for Province {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.schema {
            let drop = format!("set lock_timeout = '2s'; drop schema {name} cascade");
            // What can't be dropped now stays.
            let _ = Command::new("psql").args(["-q", "-c", &drop, server]).status();
        }
    }
}

pub(crate) fn sent(unit: u32, period: &str, figures: &Value) -> Value {
    json!({ "form": "B01-XA", "unit": unit, "period": period, "figures": figures })
}

/// Courses held (the first row), and people who could swim of people asked (the second).
pub(crate) fn usual(courses: &str, can: &str, asked: &str) -> Value {
    json!([
        { "row": "1", "column": "1", "value": courses },
        { "row": "2", "column": "2", "value": can },
        { "row": "2", "column": "3", "value": asked },
    ])
}

/// The totals of a store, kept in a file and read back.
pub(crate) fn restarted(
    place: &Location,
    snapshot: &Path,
) -> (Ledger, dondoc_ledger::start::Start) {
    let store = Store::open(place.clone(), clock()).unwrap();
    let today = dondoc_server::today(clock());
    Ledger::open_from(Arc::new(store), today, snapshot).unwrap()
}

fn fill(store: &Store) {
    // In use since the start of September, so that some periods are over.
    let at = "2026-09-01T00:00:00Z".parse().unwrap();
    let by = By { actor: "quản trị".to_owned(), at };
    let on =
        |unit, when, what| Change { unit: UnitId(unit), when, what, source: "mẫu".to_owned() };
    let found = |unit, kind, name: &str, parent: Option<u32>| {
        let what = What::Found {
            kind,
            name: name.to_owned(),
            code: Some(format!("{unit:05}")),
            key: None,
            rank: unit,
            parents: vec![(Line::State, parent.map(UnitId))],
        };
        on(unit, Moment::Always, what)
    };
    let changes = [
        found(LAM_GIANG, Kind::Province, "Lam Giang", None),
        found(BINH_AN, Kind::Commune, "Bình An", Some(1)),
        found(DONG_KHE, Kind::Commune, "Đông Khê", Some(1)),
        found(BINH_MINH, Kind::Commune, "Bình Minh", Some(1)),
        on(BINH_MINH, Moment::On(date(2025, 7, 1)), What::Merge(UnitId(BINH_AN))),
    ];
    let file =
        units::NewSource { name: "mẫu", bytes: b"mau", vouches_on: None, changes: &changes };
    units::append(store, &[file], 0, &by).unwrap();
    let pack: Pack = serde_json::from_value(pack()).unwrap();
    let kept = store.write(|tx| {
        packs::adopt(tx, &pack, &by)?;
        let action = Action { by: by.clone(), verb: "pack.adopt", object: "LG".to_owned() };
        Ok::<_, packs::PackError>(((), action))
    });
    kept.unwrap();
}

pub(crate) fn pack() -> Value {
    let text = |it: &str| json!({ "vi": it, "en": it });
    let column = |number: &str, shows: &str| json!({ "number": number, "title": text(shows), "shows": shows });
    json!({
        "pack": { "code": "LG", "name": text("Lam Giang"), "version": 1, "valid_from": "2020-01-01" },
        "indicators": [
            { "code": "LG.01", "name": text("Lớp đã mở"), "measure": "lớp", "over_units": "sum",
              "over_time": "sum", "every": ["month"], "level": "commune", "clearing": "open" },
            { "code": "LG.02", "name": text("Người biết bơi"), "measure": "%",
              "ratio": { "numerator": text("biết bơi"), "denominator": text("được hỏi") },
              "over_units": "wavg", "over_time": "wavg", "every": ["month"], "level": "commune",
              "clearing": "open" },
            { "code": "LG.03", "name": text("Kinh phí"), "measure": "triệu đồng", "decimals": 2,
              "over_units": "sum", "over_time": "sum", "every": ["month"], "level": "commune",
              "clearing": "open" },
        ],
        "forms": [{
            "code": "B01-XA", "name": text("Biểu mẫu"), "version": 2, "every": ["month"],
            "closing": "decree09", "deadlines": [{ "level": "commune", "working_days": 3 }],
            "level": "commune", "route": text("UBND xã → UBND tỉnh"),
            "columns": [
                column("1", "value"), column("2", "numerator"), column("3", "denominator"),
                column("4", "period_before"),
            ],
            "rows": [
                { "number": "1", "indicator": "LG.01" }, { "number": "2", "indicator": "LG.02" },
                { "number": "3", "indicator": "LG.03" },
            ],
        }],
        "rules": [{
            "code": "R-01", "holds": "LG_01 < 500", "severity": "warning",
            "message": text("Số lớp cao bất thường"), "remedy": text("Ghi lý do"),
        }],
    })
}
