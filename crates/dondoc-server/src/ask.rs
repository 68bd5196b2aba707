//! What stands after the question mark, in the terms of the core.

use std::str::FromStr;

use dondoc_core::{
    figure::{Series, Status},
    period::Period,
    unit::{Line, UnitId, Weight},
};
use dondoc_ledger::Sight;
use jiff::civil::Date;

use crate::{ApiError, documents::unknown};

/// No question is about more units, periods or series than this; and no table has more cells than [`MAX_CELLS`].
const MAX_ITEMS: usize = 5_000;
/// No table has more cells.
pub(crate) const MAX_CELLS: usize = 400_000;

pub(crate) fn some(written: Option<String>) -> Option<String> {
    written.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty())
}

pub(crate) fn day(name: &str, written: Option<String>) -> Result<Option<Date>, ApiError> {
    let parse = |it: String| it.parse().map_err(|_| unknown(name, "YYYY-MM-DD"));
    some(written).map(parse).transpose()
}

pub(crate) fn line(written: Option<&str>) -> Result<Option<Line>, ApiError> {
    match written.filter(|it| !it.is_empty()) {
        None => Ok(None),
        Some(code) => {
            Line::by_code(code).map(Some).ok_or(unknown("line", "state, party, military, front"))
        }
    }
}

pub(crate) fn period(written: &str) -> Result<Period, ApiError> {
    written.trim().parse().map_err(|_| {
        unknown(
            "period",
            "2025-09, 2025-Q3, 2025-H1, 2025-9M, 2025, 2020..2025, 2025-09-01..2025-09-05",
        )
    })
}

pub(crate) fn kind(written: Option<&str>) -> Result<Status, ApiError> {
    match written {
        None | Some("" | "final") => Ok(Status::Final),
        Some("estimate") => Ok(Status::Estimate),
        Some(_) => Err(unknown("kind", "estimate, final")),
    }
}

/// A list with commas between.
fn list<T>(written: &str, parse: impl Fn(&str) -> Result<T, ApiError>) -> Result<Vec<T>, ApiError> {
    let items = written.split(',').map(str::trim).filter(|it| !it.is_empty());
    let found: Vec<T> = items.map(parse).collect::<Result<_, _>>()?;
    if found.len() > MAX_ITEMS {
        return Err(ApiError::BadRequest { detail: format!("more than {MAX_ITEMS} at a time") });
    }
    Ok(found)
}

pub(crate) fn periods(written: &str) -> Result<Vec<Period>, ApiError> {
    list(written, period)
}

pub(crate) fn units(written: &str) -> Result<Vec<UnitId>, ApiError> {
    list(written, |it| number(it).map(UnitId).ok_or(unknown("unit", "1, 2, 3 …")))
}

fn number<T: FromStr>(written: &str) -> Option<T> {
    written.parse().ok()
}

/// Indicators, each by each option; without options undivided.
pub(crate) fn series(indicators: &str, options: Option<&str>) -> Result<Vec<Series>, ApiError> {
    let options: Vec<Option<String>> = match options {
        None => vec![None],
        // A plus in an address may come as the space that it stands for.
        Some(written) => written
            .split(',')
            .map(|it| Some(it.trim().replace(' ', "+")).filter(|it| !it.is_empty()))
            .collect(),
    };
    let codes = list(indicators, |it| Ok(it.to_owned()))?;
    let of = |indicator: &String| -> Vec<Series> {
        let each = |option: &Option<String>| Series {
            indicator: indicator.clone(),
            option: option.clone(),
        };
        options.iter().map(each).collect()
    };
    Ok(codes.iter().flat_map(of).collect())
}

pub(crate) fn sight(view: Option<&str>, weight: Option<&str>) -> Result<Sight, ApiError> {
    let weight = match weight {
        None | Some("" | "population") => Weight::Population,
        Some("area") => Weight::Area,
        Some("equal") => Weight::Equal,
        Some(_) => return Err(unknown("weight", "population, area, equal")),
    };
    match view {
        None | Some("" | "as_then") => Ok(Sight::AsThen),
        Some("as_now") => Ok(Sight::AsNow(weight)),
        Some(_) => Err(unknown("view", "as_then, as_now")),
    }
}
