//! The small programme of `testdata/exchange`, for tests.

use std::collections::HashSet;

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    pack::Pack,
    period::Period,
    unit::UnitId,
};
use proptest::prelude::*;

use crate::passage::{Arrived, Entry, Placed};

pub(crate) fn pack() -> Pack {
    toml::from_str(include_str!("../../../testdata/exchange/pack.toml")).unwrap()
}

/// A commune of the made-up province, by number or name.
pub(crate) fn unit(text: &str, _: Period) -> Result<UnitId, Vec<UnitId>> {
    match text {
        "XBA" | "xã Bình An" => Ok(UnitId(7)),
        "XDK" | "xã Đông Khê" => Ok(UnitId(8)),
        "Bình" => Err(vec![UnitId(7), UnitId(9)]),
        _ => Err(Vec::new()),
    }
}

/// What [`unit`] takes.
pub(crate) fn unit_names(unit: UnitId, _: Period) -> (String, String) {
    let (code, name) =
        if unit == UnitId(7) { ("XBA", "xã Bình An") } else { ("XDK", "xã Đông Khê") };
    (code.to_owned(), name.to_owned())
}

pub(crate) fn series(indicator: &str, option: &str) -> Series {
    Series {
        indicator: indicator.to_owned(),
        option: (!option.is_empty()).then(|| option.to_owned()),
    }
}

pub(crate) fn figure(indicator: &str, option: &str, content: Content) -> Figure {
    Figure {
        series: series(indicator, option),
        content,
        qualifier: Qualifier::Exact,
        status: Status::Final,
        source: Source::Derived,
        reason: None,
    }
}

/// Any figures of two communes, each of another cell; `statuses` says whether estimates are among them.
pub(crate) fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    let number = -999_999_999_999_999_999_i64..=999_999_999_999_999_999;
    let series = prop::sample::select(vec![
        ("GTNT.01", "truc_xa"),
        ("GTNT.01", ""),
        ("GTNT.02", ""),
        ("GTNT.03", ""),
        ("GTNT.04", "truc_thon+dong_gop"),
    ]);
    let period = prop::sample::select(vec!["2025-09", "2025-Q3", "2025-H2", "2025"]);
    let qualifier = prop::sample::select(vec![
        Qualifier::Exact,
        Qualifier::About,
        Qualifier::AtLeast,
        Qualifier::AtMost,
        Qualifier::Vague,
    ]);
    let status = prop::sample::select(vec![Status::Final, Status::Estimate]);
    let reason =
        proptest::option::of("[=+@'\"a-zà-ỹ;,\\[][ a-z0-9à-ỹ=+@';,\"\\[\\]<&\n-]{0,20}[a-z]");
    let entry =
        (7_u32..9, series, period, (number.clone(), number, 0..10), (qualifier, status, reason));
    let entry = entry.prop_map(
        |(unit, (indicator, option), period, (one, two, kind), (qualifier, status, reason))| {
            let content = match kind {
                0 => Content::Nil,
                1 => Content::NoFigure,
                _ if indicator == "GTNT.03" => Content::Ratio { numerator: one, denominator: two },
                _ => Content::Value(one),
            };
            let figure = Figure { qualifier, status, reason, ..figure(indicator, option, content) };
            Entry { unit: UnitId(unit), period: period.parse().unwrap(), figure }
        },
    );
    prop::collection::vec(entry, 0..12).prop_map(|mut entries| {
        let mut seen = HashSet::new();
        entries.retain(|it| seen.insert((it.unit, it.period, it.figure.series.clone())));
        entries
    })
}

/// What arrived, as it went out: without the source, which every format gives anew.
pub(crate) fn as_entries(arrived: &Arrived) -> Vec<Entry> {
    let entry = |it: &Placed| {
        let figure = Figure { source: Source::Derived, ..it.figure.clone() };
        Entry { unit: it.cell.unit, period: it.cell.period, figure }
    };
    let mut entries: Vec<Entry> = arrived.figures.iter().map(entry).collect();
    sort(&mut entries);
    entries
}

/// An order to compare in.
pub(crate) fn sort(entries: &mut [Entry]) {
    entries.sort_by_key(|it| (it.unit, it.period, it.figure.series.clone()));
}
