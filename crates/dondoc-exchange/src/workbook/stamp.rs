//! The hidden sheet that says what a workbook is, so that a stale or foreign one is told from the right one.

use std::collections::BTreeMap;

use dondoc_core::{
    figure::Status,
    finding::{Fault, Finding, Place},
};

use crate::{
    grid::Grid,
    workbook::{Paper, layout::Layout},
};

/// The name of the hidden sheet.
pub(super) const SHEET: &str = "_dondoc";

/// What marks the hidden row of column keys, in the column of row keys.
pub(super) const COLUMNS: &str = "#columns";

/// What the stamp says, name by name, in the order of the sheet.
pub(super) fn lines(paper: &Paper<'_>, layout: &Layout<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("stamp", "1".to_owned()),
        ("pack", paper.pack.pack.code.clone()),
        ("pack_version", paper.pack.pack.version.to_string()),
        ("form", paper.form.code.clone()),
        ("form_version", paper.form.version.to_string()),
        ("unit", paper.unit.to_string()),
        ("unit_name", paper.unit_name.to_owned()),
        ("period", paper.period.to_string()),
        ("from", paper.from.to_string()),
        ("to", paper.to.to_string()),
        ("status", status_code(paper.status).to_owned()),
        ("layout", layout.digest()),
    ]
}

/// What must be the same in the stamp for a workbook to be the right one; the pack may have moved on where the form has not.
const MUST_AGREE: [&str; 7] = ["stamp", "pack", "form", "form_version", "unit", "period", "layout"];

/// What the stamp of a workbook has against it being this paper.
pub(super) fn check(stamp: &Grid, paper: &Paper<'_>, layout: &Layout<'_>) -> Vec<Finding> {
    let rows = 0..stamp.n_rows().min(100);
    let found: BTreeMap<String, (u32, String)> =
        rows.map(|row| (stamp.text(row, 0), (row, stamp.text(row, 1)))).collect();
    let mut findings = Vec::new();
    for (name, expected) in lines(paper, layout) {
        if !MUST_AGREE.contains(&name) {
            continue;
        }
        let named = found.get("unit_name").map(|it| it.1.clone()).unwrap_or_default();
        let (row, found) = found.get(name).cloned().unwrap_or_default();
        if found != expected {
            let fault = match name {
                "unit" => of_another(paper, (&found, &named)),
                _ => Fault::WrongForm {
                    expected: say(name, &expected, paper),
                    found: say(name, &found, paper),
                },
            };
            findings.push(Finding { place: stamp.place(row, 1), fault });
        }
    }
    // A wrong form has another layout too, which says nothing more.
    if findings.len() > 1 {
        findings.retain(|it| it.place.row.is_none_or(|row| stamp.text(row - 1, 0) != "layout"));
    }
    findings
}

/// Whether a workbook without stamp shows the form's code, the unit and the days of the period in its heading.
pub(super) fn check_heading(grid: &Grid, heading_rows: u32, paper: &Paper<'_>) -> Vec<Finding> {
    let shown: Vec<String> = (0..heading_rows)
        .flat_map(|row| grid.row(row).map(move |(column, _)| grid.text(row, column)))
        .collect();
    let texts = [
        paper.form.code.clone(),
        paper.unit_name.to_owned(),
        super::write::heading::days(paper),
        super::write::heading::version(paper),
    ];
    let missing =
        texts.into_iter().filter(|text| !shown.iter().any(|it| it.contains(text.as_str())));
    missing
        .map(|wanted| Finding {
            place: Place { sheet: Some(grid.name.clone()), ..Place::default() },
            fault: Fault::NotThere { wanted },
        })
        .collect()
}

/// A workbook of another unit, by the names of both; numbers only where names don't tell them apart.
fn of_another(paper: &Paper<'_>, (number, name): (&str, &str)) -> Fault {
    let own = paper.unit_name;
    if name.is_empty() || name == own {
        let number = if number.is_empty() { "?" } else { number };
        return Fault::WrongForm {
            expected: format!("{own} (đơn vị số {})", paper.unit),
            found: format!(
                "{} (đơn vị số {number})",
                if name.is_empty() { "đơn vị khác" } else { name }
            ),
        };
    }
    Fault::WrongForm { expected: own.to_owned(), found: name.to_owned() }
}

fn say(name: &str, value: &str, paper: &Paper<'_>) -> String {
    let value = if value.is_empty() { "?" } else { value };
    match name {
        "pack" => format!("gói {value}"),
        "form" => format!("biểu {value}"),
        "form_version" => format!("biểu {} phiên bản {value}", paper.form.code),
        "period" => format!("kỳ {value}"),
        "layout" => format!("biểu {} bố cục {}", paper.form.code, value.get(..8).unwrap_or(value)),
        _ => value.to_owned(),
    }
}

fn status_code(status: Status) -> &'static str {
    match status {
        Status::Estimate => "estimate",
        Status::Final => "final",
    }
}
