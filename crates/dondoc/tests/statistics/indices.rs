//! The provincial governance indices of 2011-2024: never added up; over merged provinces only a mean with weights that are said.

use std::fmt::Write;
use std::path::Path;

use dondoc_core::period::Period;
use dondoc_core::unit::{Change, Kind, Moment, UnitId, Weight, What};
use dondoc_exchange::number;
use dondoc_ledger::Sight;
use dondoc_ledger::rollup::total::Why;
use dondoc_ledger::rollup::value::Value;
use jiff::civil::date;
use serde_json::json;

use crate::books::{COUNTRY, Statistics, found, pack, shared};

/// Digits after the point that are kept; the files have up to nine and more.
const DIGITS: u8 = 4;

/// Blank cells, counted in the files: years without a sub-index.
const BLANK: usize = 3_687;

/// Hà Giang and Tuyên Quang, one province from 2025-07-01 on (Resolution 202/2025/QH15), by their codes in the data. Both weigh the
/// same: test weights, not official ones.
const MERGED: [(&str, u32); 2] = [("P02", 2), ("P05", 5)];

/// The digits that are kept, the rest cut off; `None` where the cell is blank.
fn cut(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction: String = fraction.chars().take(usize::from(DIGITS)).collect();
    number::read_plain(&format!("{whole}.{fraction:0<4}"), DIGITS).ok()
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// The country with its 63 provinces, by their codes in the data.
fn units() -> Vec<Change> {
    let mut changes = vec![found(COUNTRY.0, Kind::Country, "vn", None)];
    changes.extend(
        (1..=63).map(|it| found(100 + it, Kind::Province, &format!("P{it:02}"), Some(COUNTRY))),
    );
    let [gone, stays] = MERGED.map(|it| UnitId(100 + it.1));
    let (when, source) = (Moment::On(date(2025, 7, 1)), "202/2025/QH15".to_owned());
    changes.push(Change { unit: gone, when, what: What::Merge(stays), source });
    changes
}

/// All indices of all years as one table, cut to four digits; says how many cells are blank. Of the merged ones a share too: index
/// times weight over weight.
fn csv(folder: &Path) -> (String, usize) {
    let (mut csv, mut n_blank) =
        ("unit;indicator;period;value;numerator;denominator\n".to_owned(), 0);
    for year in 2011..=2024 {
        let text = read(folder, &format!("{year}.csv"));
        let mut lines = text.lines();
        let heading: Vec<&str> = lines.next().unwrap().split(',').collect();
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            for (code, cell) in heading.iter().zip(&cells).skip(1) {
                let value = cut(cell);
                n_blank += usize::from(value.is_none());
                let value = value.map_or_else(|| "KCSL".to_owned(), |it| number::write(it, DIGITS));
                writeln!(csv, "{};PAPI.{code};{year};{value};;", cells[0]).unwrap();
            }
            if let Some(index) = cut(cells[1]).filter(|_| MERGED.iter().any(|it| it.0 == cells[0]))
            {
                writeln!(csv, "{};PAPI.SC11.TB;{year};;{index};10000", cells[0]).unwrap();
            }
        }
    }
    (csv, n_blank)
}

#[test]
fn indices_are_kept_by_province_and_only_a_mean_with_said_weights_goes_over_merged_ones() {
    let Some(folder) = shared("papi-2011-2024") else { return };
    let book = read(&folder, "codebook_subcriteria.csv");
    let codes: Vec<&str> = book.lines().skip(1).filter_map(|it| it.split(',').next()).collect();
    assert_eq!(codes.len(), 29);
    let indicators = codes.iter().map(|code| {
        json!({
            "code": format!("PAPI.{code}"), "name": {"vi": code, "en": code}, "measure": "điểm", "decimals": DIGITS,
            "over_units": "none", "over_time": "none",
        })
    });
    let mut indicators: Vec<_> = indicators.collect();
    indicators.push(json!({
        "code": "PAPI.SC11.TB", "name": {"vi": "trung bình", "en": "mean"}, "measure": "%",
        "ratio": {"numerator": {"vi": "điểm", "en": "points"}, "denominator": {"vi": "trọng số", "en": "weight"}},
        "over_units": "wavg", "over_time": "none",
    }));
    let statistics = Statistics::new(&units(), pack("PAPI", indicators));
    let (csv, n_blank) = csv(&folder);
    assert_eq!(statistics.load("papi.csv", &csv), 14 * 63 * 29 + 14 * 2);
    assert_eq!(n_blank, BLANK, "years without a sub-index are told from zero");
    let unit = |key: &str| statistics.ledger.look(|it| it.units.by_key(key)).unwrap();
    let ask = |indicator: &str, unit: UnitId, sight: Sight| {
        statistics.total(indicator, unit, Period::Year { year: 2024 }, sight).total.value
    };
    let all = ask("PAPI.SC11", COUNTRY, Sight::AsThen);
    assert_eq!(all, Err(Why::NotOverUnits), "an index is never added up");
    // 0.979340017 and 1.00923562 in the file.
    let own = MERGED.map(|it| ask("PAPI.SC11", unit(it.0), Sight::AsThen));
    assert_eq!(own, [Ok(Value::Number(9_793)), Ok(Value::Number(10_092))]);
    let then = ask("PAPI.SC11.TB", unit("P05"), Sight::AsThen);
    assert_eq!(then, Ok(Value::Ratio { numerator: 10_092, denominator: 10_000 }));
    // By today's units both lie in one: 9,793 + 10,092 over two equal weights, 99.425 %.
    let now = ask("PAPI.SC11.TB", unit("P05"), Sight::AsNow(Weight::Population));
    assert_eq!(now, Ok(Value::Ratio { numerator: 19_885, denominator: 20_000 }));
}
