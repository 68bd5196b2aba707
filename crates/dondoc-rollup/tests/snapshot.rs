//! A snapshot reads back whole, and one that was touched is refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use dondoc_core::{
    aggregation::Aggregation,
    figure::{Content, Series},
    period::Period,
    tree::Tree,
    unit::UnitId,
};
use dondoc_rollup::{
    catalogue::{Catalogue, Counted, Expectation, SeriesNo},
    epoch::{Epoch, EpochNo},
    snapshot::SnapshotError,
    totals::{PeriodNo, Stored, Totals},
};

fn counted(indicator: &str, is_ratio: bool) -> Counted {
    Counted {
        series: Series { indicator: indicator.to_owned(), option: None },
        is_ratio,
        over_units: Aggregation::Sum,
        over_time: Aggregation::Sum,
        expected: Expectation::LEAVES,
    }
}

/// Lam Giang with three communes, two series, two months.
fn empty(indicators: &[(&str, bool)]) -> Totals {
    let (province, communes) = (UnitId(1), [UnitId(2), UnitId(3), UnitId(4)]);
    let mut parents = vec![(province, None)];
    parents.extend(communes.map(|it| (it, Some(province))));
    let epoch = Epoch::new(Tree::new(&parents).unwrap().into());
    let catalogue = Catalogue::new(indicators.iter().map(|it| counted(it.0, it.1))).unwrap();
    let month = |month| (Period::Month { year: 2025, month }, EpochNo(0));
    Totals::new(catalogue, vec![epoch], &[month(8), month(9)]).unwrap()
}

const INDICATORS: [(&str, bool); 2] = [("KVPT.02.01", false), ("KVPT.02.05", true)];

fn figures() -> Vec<(u32, u32, u32, Stored)> {
    let stored = |content, is_estimate, is_inexact| Stored { content, is_estimate, is_inexact };
    let ratio = |numerator, denominator| Content::Ratio { numerator, denominator };
    vec![
        (0, 0, 2, stored(Content::Value(12), false, false)),
        (0, 0, 3, stored(Content::Nil, true, false)),
        (0, 0, 4, stored(Content::NoFigure, false, false)),
        (0, 1, 3, stored(Content::Value(i64::MAX), false, true)),
        (0, 1, 4, stored(Content::Value(i64::MAX), false, false)),
        (0, 1, 1, stored(Content::Value(-7), false, false)),
        (1, 0, 2, stored(ratio(40, 80), false, false)),
        (1, 1, 2, stored(ratio(1 << 40, 1 << 41), true, true)),
        (1, 1, 4, stored(ratio(-3, 0), false, false)),
    ]
}

fn filled() -> Totals {
    let mut totals = empty(&INDICATORS);
    for (series, period, unit, stored) in figures() {
        totals.set(SeriesNo(series), PeriodNo(period), UnitId(unit), Some(stored)).unwrap();
    }
    totals
}

fn written(totals: &Totals) -> Vec<u8> {
    let mut bytes = Vec::new();
    totals.write_snapshot(4_711, &mut bytes).unwrap();
    bytes
}

fn read(mut bytes: &[u8]) -> Result<(Totals, i64), SnapshotError> {
    empty(&INDICATORS).read_snapshot(&mut bytes)
}

#[test]
fn every_figure_reads_back_and_what_is_written_then_is_the_same() {
    let bytes = written(&filled());
    let (totals, block) = read(&bytes).unwrap();
    assert_eq!(block, 4_711);
    for (series, period, unit, stored) in figures() {
        let found = totals.figure(SeriesNo(series), PeriodNo(period), UnitId(unit));
        assert_eq!(found, Some(stored), "{series} {period} {unit}");
    }
    assert_eq!(totals.figure(SeriesNo(1), PeriodNo(0), UnitId(3)), None);
    assert_eq!(totals.n_units_reporting(PeriodNo(1), UnitId(1)), 4);
    assert_eq!(totals.n_series_reported(PeriodNo(1), UnitId(4)), 2);
    assert_eq!(written(&totals), bytes);
}

#[test]
fn every_single_flipped_bit_is_refused() {
    let bytes = written(&filled());
    for bit in 0..bytes.len() * 8 {
        let mut touched = bytes.clone();
        touched[bit / 8] ^= 1 << (bit % 8);
        assert!(read(&touched).is_err(), "bit {bit}");
    }
    println!("{} flipped bits refused", bytes.len() * 8);
}

#[test]
fn what_is_cut_off_or_goes_on_is_refused() {
    let bytes = written(&filled());
    for n_bytes in 0..bytes.len() {
        assert!(read(&bytes[..n_bytes]).is_err(), "cut at {n_bytes}");
    }
    assert!(read(&[bytes.as_slice(), &[0]].concat()).is_err());
    assert!(read(&bytes).is_ok());
}

#[test]
fn a_row_left_out_is_refused() {
    let bytes = written(&filled());
    // Head, then the first row: lead, four bit sets of 8 bytes, four numbers of 4, checksum.
    let (head, row) = (56, 16 + 4 * 8 + 4 * 4 + 8);
    let without = [&bytes[..head], &bytes[head + row..]].concat();
    assert!(matches!(read(&without), Err(SnapshotError::Damaged(1))));
}

#[test]
fn a_snapshot_of_something_else_is_refused() {
    let bytes = written(&filled());
    let over = |indicators: &[(&str, bool)]| {
        empty(indicators).read_snapshot(&mut bytes.as_slice()).map(|it| it.1)
    };
    let renamed = [("KVPT.02.01", false), ("KVPT.02.06", true)];
    assert!(matches!(over(&renamed), Err(SnapshotError::Foreign)));
    assert!(matches!(over(&INDICATORS[..1]), Err(SnapshotError::Foreign)));
    assert!(matches!(read(&[7; 100]), Err(SnapshotError::Format)));
}

#[test]
fn more_series_than_then_are_no_hindrance() {
    let bytes = written(&filled());
    let more = [INDICATORS[0], INDICATORS[1], ("KVPT.02.09", false)];
    let (totals, _) = empty(&more).read_snapshot(&mut bytes.as_slice()).unwrap();
    assert_eq!(totals.figure(SeriesNo(0), PeriodNo(0), UnitId(2)), Some(figures()[0].3));
    assert_eq!(totals.figure(SeriesNo(2), PeriodNo(0), UnitId(2)), None);
}

#[test]
fn two_snapshots_cannot_be_mixed() {
    let (totals, mut later) = (filled(), Vec::new());
    totals.write_snapshot(4_712, &mut later).unwrap();
    let mixed = [&later[..56], &written(&totals)[56..]].concat();
    assert!(matches!(read(&mixed), Err(SnapshotError::Damaged(1))));
}
