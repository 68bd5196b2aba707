//! Where the files are, and units that were loaded from them.

use std::{fs, io::Read, path::PathBuf, sync::OnceLock};

use dondoc_core::unit::Units;
use dondoc_exchange::units::{self, Doubt, Outcome, Plan, UnitFile, Vouched};
use jiff::civil::{Date, date};

pub(crate) const TABLE: &str = "dvhc-vn/gso_conversion_2025-07-01.csv";
pub(crate) const LIST_2026: &str = "dvhc-vn/units_2026-07-25_34-3321.json";
pub(crate) const DRAFT: &str = "dvhc-vn/units_2025-07_DRAFT_wrong_codes.csv.gz";
pub(crate) const MERGES: &str = "nq-ubtvqh15-2025/merges_new_to_old.json.gz";
pub(crate) const PROVINCES: &str = "nq-ubtvqh15-2025/docs/915_CTK-CSCL.csv";
pub(crate) const OLD_LISTS: [&str; 4] = [
    "dvhc-vn/units_2020-02-25.csv.gz",
    "dvhc-vn/units_2021-02-03.csv.gz",
    "dvhc-vn/units_2023-05-07.csv.gz",
    "dvhc-vn/units_2025-01-04.csv.gz",
];

/// The day of the reform, and the day before.
pub(crate) const REFORM: Date = date(2025, 7, 1);
pub(crate) const BEFORE: Date = date(2025, 6, 30);

/// The bytes of a real file, unpacked; `None` where the files are not there.
pub(crate) fn real(path: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let Ok(bytes) = fs::read(root.join(path)) else {
        eprintln!("{path} is not there; only the made-up province is tested");
        return None;
    };
    if !path.ends_with(".gz") {
        return Some(bytes);
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
    Some(unpacked)
}

/// The made-up province.
pub(crate) fn lam_giang() -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/units");
    fs::read(root.join("lam-giang.csv")).unwrap()
}

/// The day in a file's name, or that of the reform.
pub(crate) fn day_of(path: &str) -> Date {
    (0..path.len()).find_map(|at| path.get(at..at + 10)?.parse().ok()).unwrap_or(REFORM)
}

/// A file that was loaded on top of what was known.
pub(crate) struct Step {
    pub(crate) file: UnitFile,
    /// Of the file alone.
    pub(crate) doubts: Vec<Doubt>,
    pub(crate) plan: Plan,
}

/// Units that were loaded one file after the other.
#[derive(Default)]
pub(crate) struct Loaded {
    pub(crate) units: Units,
    pub(crate) vouched: Vouched,
    pub(crate) steps: Vec<Step>,
}

impl Loaded {
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8], on: Date) -> &Step {
        let (file, doubts) = units::read(name, bytes, Some(on)).unwrap();
        let plan = units::plan(&self.units, &self.vouched, &file);
        self.units = self.units.with(plan.changes.clone());
        self.vouched.days.extend(plan.vouches_on);
        self.steps.push(Step { file, doubts, plan });
        self.steps.last().unwrap()
    }

    /// Loads real files; `None` where they are not there.
    pub(crate) fn all(paths: &[&str]) -> Option<Self> {
        let mut loaded = Self::default();
        for path in paths {
            let step = loaded.add(path, &real(path)?, day_of(path));
            assert_eq!(step.plan.outcome, Outcome::Loaded, "{path}");
        }
        Some(loaded)
    }
}

/// The table and the list of 2026 on nothing.
pub(crate) fn reform() -> Option<&'static Loaded> {
    static REFORM: OnceLock<Option<Loaded>> = OnceLock::new();
    REFORM.get_or_init(|| Loaded::all(&[TABLE, LIST_2026])).as_ref()
}

/// All lists since 2020.
pub(crate) fn everything() -> Option<&'static Loaded> {
    static EVERYTHING: OnceLock<Option<Loaded>> = OnceLock::new();
    let paths: Vec<&str> = OLD_LISTS.into_iter().chain([TABLE, LIST_2026]).collect();
    EVERYTHING.get_or_init(|| Loaded::all(&paths)).as_ref()
}

/// The made-up province.
pub(crate) fn made_up() -> Units {
    let mut loaded = Loaded::default();
    loaded.add("lam-giang.csv", &lam_giang(), REFORM);
    loaded.units
}
