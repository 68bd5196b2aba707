//! A block that rots: its unit and period are left out and said, everything else goes on.

use std::process::Command;

use dondoc_core::{
    figure::{Content, Series},
    period::Period,
    unit::UnitId,
};
use dondoc_ledger::{Batch, Ledger, LedgerError, Question, Sight, grid::Table};
use dondoc_rollup::value::Value;
use dondoc_store::{
    Location, Store,
    blocks::{BlockId, Damage, Damaged},
};
use jiff::Timestamp;

use crate::flip::flip;
use crate::world::{COUNTRY, PROVINCES, TODAY, by, figure, filled, open};

const MAY: Period = Period::Month { year: 2025, month: 5 };
const JUNE: Period = Period::Month { year: 2025, month: 6 };
/// Stands in the block that rots and nowhere else.
const MARK: &str = "đếm lại tại thôn";

#[test]
fn a_rotten_block_is_left_out_and_said_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.sqlite");
    let place = || Store::open(&path, Timestamp::UNIX_EPOCH).unwrap();
    rots(place, || assert_eq!(flip(folder.path(), MARK), 1));
}

#[test]
fn a_rotten_block_is_left_out_and_said_on_postgresql() {
    let server = std::env::var("DONDOC_TEST_POSTGRES").ok().filter(|it| !it.is_empty());
    let Some(server) = server else {
        eprintln!("skipped: PostgreSQL (DONDOC_TEST_POSTGRES is not set)");
        return;
    };
    let name = format!("rot_{}", std::process::id());
    let psql = |sql: &str| {
        let mut told = Command::new("psql");
        let told = told.args(["-q", "-v", "ON_ERROR_STOP=1", "-c", sql, &server]).status();
        assert!(told.unwrap().success(), "{sql}");
    };
    psql(&format!("drop schema if exists {name} cascade; create schema {name}"));
    let joint = if server.contains('?') { '&' } else { '?' };
    let address = format!("{server}{joint}options=-c%20search_path%3D{name}");
    let place = || Store::open(Location::from(address.as_str()), Timestamp::UNIX_EPOCH).unwrap();
    rots(place, || {
        let flipped = "set_byte(body, length(body) / 2, get_byte(body, length(body) / 2) # 1)";
        psql(&format!("update {name}.block set body = {flipped} where block_id = 3"));
    });
    psql(&format!("set lock_timeout = '2s'; drop schema {name} cascade"));
}

/// Block 3 is the newer of two of commune 13 in May, and the one that rots.
fn rots(store: impl Fn() -> Store, rot: impl FnOnce()) {
    let ledger = open(filled(store()));
    for (unit, period, value, reason) in [
        (13, MAY, 10, None),
        (14, MAY, 7, None),
        (13, MAY, 11, Some(MARK)),
        (13, JUNE, 20, None),
        (20, MAY, 300, None),
    ] {
        keep(&ledger, (unit, period), value, reason);
    }
    assert_eq!(sum(&ledger, COUNTRY, MAY), Some(318));
    drop(ledger);
    rot();

    let ledger = open(store());
    assert_eq!(sum(&ledger, COUNTRY, MAY), Some(307), "neither 11, nor the older 10");
    assert_eq!(sum(&ledger, UnitId(13), MAY), None);
    assert_eq!(sum(&ledger, UnitId(13), JUNE), Some(20));
    assert_eq!(sum(&ledger, UnitId(20), MAY), Some(300));
    let n_missing = |unit| ledger.total(&asked(unit, MAY)).unwrap().total.counts.n_missing;
    assert_eq!(n_missing(UnitId(13)), 1);
    ledger.look(|books| {
        let damages = books.lost.blocks.iter().map(|it| (it.block_id, it.damage));
        assert_eq!(damages.collect::<Vec<_>>(), [(BlockId(3), Damage::Digest)]);
        let year = Period::Year { year: 2025 };
        let lost = |unit: UnitId, period| books.lost_in(&[unit], &[period]);
        assert_eq!(lost(COUNTRY, MAY), [(UnitId(13), MAY)]);
        assert_eq!(lost(PROVINCES[0], year), [(UnitId(13), MAY)]);
        assert_eq!(lost(PROVINCES[1], MAY), []);
        assert_eq!(lost(COUNTRY, JUNE), []);
    });

    let versions = ledger.versions(UnitId(13), &asked(COUNTRY, MAY).series, MAY);
    let Err(LedgerError::Store(error)) = versions else { panic!("{versions:?}") };
    assert_eq!(Damaged::of(&error).map(|it| it.block_id), Some(BlockId(3)));

    // Figures go on coming, and those of the lost report stay out: nobody knows what they would change.
    keep(&ledger, (14, JUNE), 5, None);
    keep(&ledger, (13, MAY), 12, None);
    assert_eq!(sum(&ledger, COUNTRY, JUNE), Some(25));
    assert_eq!(sum(&ledger, COUNTRY, MAY), Some(307));
    let table = Table {
        series: vec![asked(COUNTRY, MAY).series],
        periods: vec![MAY, JUNE],
        units: vec![COUNTRY, UnitId(13)],
        sight: Sight::AsThen,
        line: None,
        as_of: Some(BlockId(5)),
    };
    let then = ledger.values(&table).unwrap().values;
    assert_eq!(then, [Some(307), None, Some(20), Some(20)].map(|it| it.map(Value::Number)));
    assert_eq!(sum(&open(store()), COUNTRY, MAY), Some(307), "after another start");

    let snapshot = tempfile::tempdir().unwrap();
    let kept = ledger.keep_snapshot(&snapshot.path().join("t"));
    assert!(matches!(kept, Err(LedgerError::Unfit(_))), "{kept:?}");
}

fn keep(ledger: &Ledger, (unit, period): (u32, Period), value: i64, reason: Option<&str>) {
    let mut figure = figure("T.01", Content::Value(value));
    figure.0.reason = reason.map(str::to_owned);
    let batch = Batch { unit: UnitId(unit), period, figures: vec![figure] };
    ledger.load(&[batch], "t.csv", (&by("lan"), TODAY)).unwrap();
}

fn asked(unit: UnitId, period: Period) -> Question {
    let series = Series { indicator: "T.01".to_owned(), option: None };
    Question { series, unit, period, sight: Sight::AsThen, line: None, as_of: None }
}

fn sum(ledger: &Ledger, unit: UnitId, period: Period) -> Option<i128> {
    match ledger.total(&asked(unit, period)).unwrap().total.value {
        Ok(Value::Number(number)) => Some(number),
        Ok(other) => panic!("{other:?}"),
        Err(_) => None,
    }
}
