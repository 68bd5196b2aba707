//! A made-up country: two provinces whose communes are merged, divided and moved, and a small programme.

use std::sync::Arc;

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    finding::Place,
    pack::{self, Pack},
    period::Period,
    unit::{Change, Kind, Line, Moment, Part, UnitId, What},
};
use dondoc_ledger::{Batch, Ledger};
use dondoc_store::{By, Store, packs, units};
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use tempfile::TempDir;

pub(crate) const COUNTRY: UnitId = UnitId(1);
pub(crate) const PROVINCES: [UnitId; 2] = [UnitId(2), UnitId(3)];
/// Communes 10 to 15 are of the first province, 16 to 21 of the second; 30 and 31 come of mergers.
pub(crate) const COMMUNES: [u32; 14] = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 30, 31];
pub(crate) const TODAY: Date = date(2025, 12, 20);

const PACK: &str = r#"
[pack]
code = "T"
name = { vi = "Thử", en = "Trial" }
version = 1
valid_from = "2025-01-01"

[[breakdowns]]
code = "loai"
name = { vi = "Loại", en = "Kind" }
options = [
  { code = "a", name = { vi = "Loại A", en = "Kind A" } },
  { code = "b", name = { vi = "Loại B", en = "Kind B" } },
]

[[indicators]]
code = "T.01"
name = { vi = "Số lớp", en = "Courses" }
measure = "lớp"
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "both"
clearing = "open"

[[indicators]]
code = "T.02"
name = { vi = "Kinh phí", en = "Money" }
measure = "triệu đồng"
decimals = 2
over_units = "sum"
over_time = "last"
every = ["month"]
level = "both"
breakdowns = ["loai"]
clearing = "open"

[[indicators]]
code = "T.03"
name = { vi = "Tỷ lệ thôn đạt", en = "Share of villages" }
measure = "%"
over_units = "wavg"
over_time = "last"
every = ["month"]
level = "both"
clearing = "open"
ratio = { numerator = { vi = "Số thôn đạt", en = "Villages that do" }, denominator = { vi = "Số thôn", en = "Villages" } }

[[indicators]]
code = "T.04"
name = { vi = "Đợt mưa lớn nhất", en = "Largest rain" }
measure = "mm"
over_units = "max"
over_time = "max"
every = ["month"]
level = "both"
clearing = "open"

[[indicators]]
code = "T.05"
name = { vi = "Tổng", en = "Together" }
measure = "điểm"
decimals = 2
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "both"
formula = "T_01 + T_02"
clearing = "open"

[[indicators]]
code = "T.06"
name = { vi = "Số lớp đã mở", en = "Courses held" }
measure = "lớp"
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "both"
counted = [{ register = "course", on = "start" }]
clearing = "open"

[[registers]]
code = "course"
name = { vi = "Sổ lớp học", en = "Courses" }
fields = [
  { code = "start", name = { vi = "Khai giảng", en = "Start" }, kind = "day", required = true },
  { code = "students", name = { vi = "Học viên", en = "Students" }, kind = "number" },
]

[[forms]]
code = "B1"
name = { vi = "Biểu 1", en = "Form 1" }
version = 1
every = ["month"]
closing = "decree09"
level = "both"
deadlines = [{ level = "both", working_days = 3 }]
route = { vi = "Xã gửi tỉnh", en = "Commune to province" }
columns = [
  { number = "1", title = { vi = "Số lượng", en = "Number" }, shows = "value" },
  { number = "2", title = { vi = "Tử số", en = "Numerator" }, shows = "numerator" },
  { number = "3", title = { vi = "Mẫu số", en = "Denominator" }, shows = "denominator" },
]
rows = [
  { number = "1", indicator = "T.01" },
  { number = "2", indicator = "T.03" },
  { number = "3", indicator = "T.06" },
]

[[forms]]
code = "B2"
name = { vi = "Biểu 2", en = "Form 2" }
version = 1
every = ["month"]
closing = "decree09"
level = "both"
deadlines = [{ level = "both", working_days = 3 }]
route = { vi = "Xã gửi tỉnh", en = "Commune to province" }
columns = [{ number = "1", title = { vi = "Số lượng", en = "Number" }, shows = "value" }]
rows = [{ number = "1", indicator = "T.01" }]

[[rules]]
code = "R-1"
holds = "missing(prev.T_01) || T_01 <= prev.T_01 + 1000000"
severity = "warning"
message = { vi = "Tăng quá nhiều so với kỳ trước", en = "Far more than the period before" }
remedy = { vi = "Kiểm tra lại, hoặc nêu lý do", en = "Check it, or say why" }
"#;

/// A store with the country and the programme.
pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) ledger: Ledger,
}

pub(crate) fn by(actor: &str) -> By {
    By { actor: actor.to_owned(), at: "2025-12-20T03:00:00Z".parse().unwrap() }
}

pub(crate) fn programme() -> Pack {
    pack::read(&[("t.toml", PACK)]).unwrap()
}

/// The programme with more in it: its second version.
pub(crate) fn programme_with(more: &str) -> Pack {
    let text = PACK.replacen("version = 1", "version = 2", 1);
    pack::read(&[("t.toml", &format!("{text}\n{more}"))]).unwrap()
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = open(filled(store(&folder)));
        Self { folder, ledger }
    }

    /// A store whose programme has more in it.
    pub(crate) fn with(more: &str) -> Self {
        let world = Self::new();
        world.adopt(&programme_with(more)).unwrap();
        world
    }

    /// Puts another version of the programme into use.
    pub(crate) fn adopt(&self, pack: &Pack) -> Result<(), packs::PackError> {
        self.ledger.store().write(|tx| -> Result<_, packs::PackError> {
            packs::adopt(tx, pack, &by("an"))?;
            let (by, object) = (by("an"), "T".to_owned());
            Ok(((), dondoc_store::Action { by, verb: "pack.adopt", object }))
        })?;
        self.ledger.reopen(TODAY).unwrap();
        Ok(())
    }

    /// The same store, opened again.
    pub(crate) fn again(&self) -> Ledger {
        open(store(&self.folder))
    }
}

pub(crate) fn open(store: Store) -> Ledger {
    Ledger::open(Arc::new(store), TODAY).unwrap()
}

/// A store with the country and the programme in it.
pub(crate) fn filled(store: Store) -> Store {
    let changes = changes();
    let source =
        units::NewSource { name: "t.csv", bytes: b"t", vouches_on: None, changes: &changes };
    units::append(&store, &[source], 0, &by("an")).unwrap();
    store
        .write(|tx| -> Result<_, packs::PackError> {
            packs::adopt(tx, &programme(), &by("an"))?;
            let (by, object) = (by("an"), "T".to_owned());
            Ok(((), dondoc_store::Action { by, verb: "pack.adopt", object }))
        })
        .unwrap();
    store
}

fn store(folder: &TempDir) -> Store {
    Store::open(&folder.path().join("t.sqlite"), Timestamp::UNIX_EPOCH).unwrap()
}

fn found(unit: u32, kind: Kind, parent: Option<UnitId>, from: Date) -> Change {
    let what = What::Found {
        kind,
        name: format!("Số {unit}"),
        code: Some(format!("{unit:05}")),
        key: None,
        rank: unit,
        parents: vec![(Line::State, parent)],
    };
    Change { unit: UnitId(unit), when: Moment::On(from), what, source: "t".to_owned() }
}

/// On 2025-07-01: 10 and 11 merge into 30, 16 and 17 into 31, 12 goes over to the second province, and 18 is divided
/// between 19 and 20.
fn changes() -> Vec<Change> {
    let (start, turn) = (date(2020, 1, 1), date(2025, 7, 1));
    let mut changes = vec![found(1, Kind::Country, None, start)];
    changes.extend(PROVINCES.map(|it| found(it.0, Kind::Province, Some(COUNTRY), start)));
    changes.extend(
        (10..22).map(|it| found(it, Kind::Commune, Some(PROVINCES[usize::from(it >= 16)]), start)),
    );
    changes.push(found(30, Kind::Commune, Some(PROVINCES[0]), turn));
    changes.push(found(31, Kind::Ward, Some(PROVINCES[1]), turn));
    let mut on = |unit: u32, what| {
        changes.push(Change {
            unit: UnitId(unit),
            when: Moment::On(turn),
            what,
            source: "t".to_owned(),
        });
    };
    on(10, What::Merge(UnitId(30)));
    on(11, What::Merge(UnitId(30)));
    on(16, What::Merge(UnitId(31)));
    on(17, What::Merge(UnitId(31)));
    on(12, What::Move { line: Line::State, parent: Some(PROVINCES[1]) });
    let part =
        |into, population| Part { into: UnitId(into), area: None, population: Some(population) };
    on(18, What::Split(vec![part(19, 700), part(20, 400)]));
    changes
}

pub(crate) fn months() -> Vec<Period> {
    (4..=9).map(|month| Period::Month { year: 2025, month }).collect()
}

/// Draws numbers, the same each time (PCG without the permutation is enough here).
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    pub(crate) fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        let n = u64::try_from(all.len()).unwrap();
        all[usize::try_from(self.below(n)).unwrap()].clone()
    }

    fn number(&mut self) -> i64 {
        i64::try_from(self.below(100_000)).unwrap()
    }

    fn content(&mut self, is_ratio: bool) -> Content {
        match self.below(10) {
            0 => Content::Nil,
            1 => Content::NoFigure,
            _ if is_ratio => {
                let numerator = self.number();
                Content::Ratio { numerator, denominator: numerator + self.number() }
            }
            _ => Content::Value(self.number()),
        }
    }

    /// Some figures of a unit and period: the options or the undivided figure of what is divided, never both.
    pub(crate) fn batch(&mut self, unit: UnitId, period: Period) -> Batch {
        let series: [(&str, Option<&str>); 6] = [
            ("T.01", None),
            ("T.02", Some("a")),
            ("T.02", Some("b")),
            ("T.03", None),
            ("T.04", None),
            ("T.01", None),
        ];
        let mut figures: Vec<(Figure, Place)> = Vec::new();
        for (indicator, option) in series {
            let is_there =
                figures.iter().any(|it| it.0.series.indicator == indicator && option.is_none());
            if self.below(3) == 0 || is_there {
                continue;
            }
            let series =
                Series { indicator: indicator.to_owned(), option: option.map(str::to_owned) };
            let content = self.content(indicator == "T.03");
            figures.push((self.figure(series, content), Place::default()));
        }
        Batch { unit, period, figures }
    }

    fn figure(&mut self, series: Series, content: Content) -> Figure {
        let qualifier = if self.below(5) == 0 { Qualifier::About } else { Qualifier::Exact };
        let status = if self.below(5) == 0 { Status::Estimate } else { Status::Final };
        let source = Source::Import { file: "t.csv".to_owned(), row: 1, column: 1 };
        Figure { series, content, qualifier, status, source, reason: Some("thử".to_owned()) }
    }
}

/// A plain figure.
pub(crate) fn figure(indicator: &str, content: Content) -> (Figure, Place) {
    let series = Series { indicator: indicator.to_owned(), option: None };
    let source = Source::Import { file: "t.csv".to_owned(), row: 1, column: 1 };
    let (qualifier, status) = (Qualifier::Exact, Status::Final);
    (Figure { series, content, qualifier, status, source, reason: None }, Place::default())
}
