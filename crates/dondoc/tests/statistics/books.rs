//! A ledger over units and a pack that were made for some statistics.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use dondoc_core::figure::{Figure, Series};
use dondoc_core::finding::Place;
use dondoc_core::pack::Pack;
use dondoc_core::period::Period;
use dondoc_core::unit::{Change, Kind, Line, Moment, UnitId, What};
use dondoc_exchange::block;
use dondoc_exchange::passage::Ask;
use dondoc_ledger::{Answer, Batch, Ledger, Question, Sight};
use dondoc_store::{Action, By, Store, packs, units};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const TODAY: Date = date(2026, 1, 15);
pub(crate) const COUNTRY: UnitId = UnitId(1);

/// A folder of the data beside the checkout, if it is there.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("{} is not there; nothing was tested", folder.display());
    None
}

/// Who did it, when; always the same.
pub(crate) fn by() -> By {
    By { actor: "thống kê".to_owned(), at: Timestamp::UNIX_EPOCH }
}

/// A unit founded before all data; its key is its name in the file.
pub(crate) fn found(id: u32, kind: Kind, key: &str, parent: Option<UnitId>) -> Change {
    let what = What::Found {
        kind,
        name: key.to_owned(),
        code: None,
        key: Some(key.to_owned()),
        rank: id,
        parents: vec![(Line::State, parent)],
    };
    Change { unit: UnitId(id), when: Moment::Always, what, source: "thử".to_owned() }
}

/// A pack of yearly indicators, each given as JSON without what is the same for all.
pub(crate) fn pack(code: &str, indicators: Vec<Value>) -> Pack {
    let indicators: Vec<Value> = indicators
        .into_iter()
        .map(|mut it| {
            it["every"] = json!(["year"]);
            it["level"] = json!("both");
            it["clearing"] = json!("open");
            it
        })
        .collect();
    let text = json!({"vi": code, "en": code});
    let head = json!({"code": code, "name": text, "version": 1, "valid_from": "1990-01-01"});
    serde_json::from_value(json!({"pack": head, "indicators": indicators})).unwrap()
}

/// The books of some statistics.
pub(crate) struct Statistics {
    pub(crate) _folder: TempDir,
    pub(crate) ledger: Ledger,
    pub(crate) pack: Pack,
}

impl Statistics {
    pub(crate) fn new(changes: &[Change], pack: Pack) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("thong-ke.sqlite");
        let store = Store::open(&path, Timestamp::UNIX_EPOCH).unwrap();
        let source = units::NewSource { name: "units", bytes: b"units", vouches_on: None, changes };
        units::append(&store, &[source], 0, &by()).unwrap();
        store
            .write(|tx| -> Result<_, packs::PackError> {
                packs::adopt(tx, &pack, &by())?;
                let object = pack.pack.code.clone();
                Ok(((), Action { by: by(), verb: "pack.use", object }))
            })
            .unwrap();
        let ledger = Ledger::open(Arc::new(store), TODAY).unwrap();
        Self { _folder: folder, ledger, pack }
    }

    /// Loads a table as `dondoc figures load` does; says how many figures it had.
    pub(crate) fn load(&self, name: &str, csv: &str) -> usize {
        let arrived = self.ledger.look(|books| {
            let unit = |key: &str, _: Period| books.units.by_key(key).ok_or_else(Vec::new);
            block::read(csv.as_bytes(), &Ask { pack: &self.pack, unit: &unit, file: name })
        });
        assert_eq!(arrived.findings, [], "{name}");
        let mut cells: BTreeMap<(Period, UnitId), Vec<(Figure, Place)>> = BTreeMap::new();
        for it in arrived.figures {
            cells.entry((it.cell.period, it.cell.unit)).or_default().push((it.figure, it.place));
        }
        let batches: Vec<Batch> = cells
            .into_iter()
            .map(|((period, unit), figures)| Batch { unit, period, figures })
            .collect();
        self.ledger.load(&batches, name, (&by(), TODAY)).unwrap().n_figures
    }

    pub(crate) fn total(
        &self,
        indicator: &str,
        unit: UnitId,
        period: Period,
        sight: Sight,
    ) -> Answer {
        let series = Series { indicator: indicator.to_owned(), option: None };
        let question = Question { series, unit, period, sight, line: None, as_of: None };
        self.ledger.total(&question).unwrap()
    }
}
