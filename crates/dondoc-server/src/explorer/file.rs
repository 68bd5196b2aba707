//! A table of totals to take away.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use dondoc_core::{
    figure::Series, order::DictionaryKey, pack::Indicator, period::Period, unit::UnitId,
};
use dondoc_exchange::crosstab::{self, Cell, Column, Crosstab, Row};
use dondoc_ledger::{
    Books, Ledger,
    grid::{Sheet, Table},
    rollup::{total::Total, value::Value},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::option_name;
use crate::{
    ApiError, ask, desk::Desk, documents::unknown, extract::Asked, refusals::Refusals,
    scopes::Scopes, totals::TotalsAsked,
};

/// No file has more cells: a spreadsheet that people still can use.
const MAX_FILE_CELLS: usize = 100_000;

/// How the table is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileAsked {
    /// `xlsx` (as on the screen) or `csv` (a line for each figure).
    format: String,
    /// `vi` (if nothing is said) or `en`: the language of headings and notes.
    language: Option<String>,
    /// Instead of each indicator by each option: exactly these, `KVPT.02.01:doi_tuong_4,KVPT.06.01`.
    series: Option<String>,
    /// `official` (if nothing is said) or `alphabet`, by the rules of Vietnamese: the order of the units.
    order: Option<String>,
}

/// The words of the table in one language.
struct Words {
    is_english: bool,
}

/// A table of totals as a workbook with real numbers, or as CSV; both with a line that says where they come from.
#[utoipa::path(
    get, path = "/api/explorer/file", tag = "totals", params(FileAsked, TotalsAsked),
    responses((status = 200, description = "The file",
        content((String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv"))), Refusals)
)]
pub(crate) async fn file(
    desk: Desk,
    Asked(wanted): Asked<FileAsked>,
    Asked(asked): Asked<TotalsAsked>,
) -> Result<Response, ApiError> {
    let is_workbook = match wanted.format.as_str() {
        "xlsx" => true,
        "csv" => false,
        _ => return Err(unknown("format", "xlsx, csv")),
    };
    let words = match wanted.language.as_deref() {
        None | Some("" | "vi") => Words { is_english: false },
        Some("en") => Words { is_english: true },
        Some(_) => return Err(unknown("language", "vi, en")),
    };
    let is_by_name = match wanted.order.as_deref() {
        None | Some("" | "official") => false,
        Some("alphabet") => true,
        Some(_) => return Err(unknown("order", "official, alphabet")),
    };
    let at = desk.by().at;
    let mut table = asked.table()?;
    if let Some(series) = ask::some(wanted.series) {
        table.series = series.split(',').map(series_of).collect();
    }
    let under = asked.parent();
    for unit in table.units.iter().copied().chain(under) {
        desk.over(unit)?;
    }
    let scope = desk.scope();
    let bytes = desk.consult(move |ledger| {
        let (table, sheet) = answered(ledger, table, (under, is_by_name), &scope)?;
        ledger.look(|books| {
            let view = View { books, table: &table, sheet: &sheet, words: &words };
            if is_workbook {
                let made = crosstab::write_workbook(&view.crosstab(at));
                made.map_err(|_| ApiError::Internal)
            } else {
                Ok(crosstab::write_csv(&view.lines()))
            }
        })
    });
    let (kind, name) = if is_workbook {
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "dondoc.xlsx")
    } else {
        ("text/csv; charset=utf-8", "dondoc.csv")
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| ApiError::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes.await?).into_response())
}

/// An indicator, and behind a colon the option; a plus in an address may come as a space.
fn series_of(written: &str) -> Series {
    let (indicator, option) = match written.trim().split_once(':') {
        Some((indicator, option)) => (indicator, Some(option.replace(' ', "+"))),
        None => (written.trim(), None),
    };
    Series { indicator: indicator.to_owned(), option: option.filter(|it| !it.is_empty()) }
}

fn answered(
    ledger: &Ledger,
    mut table: Table,
    (under, is_by_name): (Option<UnitId>, bool),
    scope: &Scopes,
) -> Result<(Table, Sheet), ApiError> {
    if let Some(under) = under {
        table.units = crate::totals::children(ledger, under, &table)?;
        table.units.retain(|it| scope.covers(*it));
        ledger.within(scope.bound()).must_see(under)?;
        table.units.retain(|it| scope.bound().covers(*it));
    }
    if is_by_name {
        ledger.look(|books| table.units.sort_by_key(|it| DictionaryKey::of(&name_of(books, *it))));
    }
    let n_cells = table.series.len() * table.periods.len() * table.units.len();
    if n_cells > MAX_FILE_CELLS {
        return Err(ApiError::BadRequest { detail: format!("more than {MAX_FILE_CELLS} cells") });
    }
    let sheet = ledger.within(scope.bound()).table(&table)?;
    Ok((table, sheet))
}

struct View<'a> {
    books: &'a Books,
    table: &'a Table,
    sheet: &'a Sheet,
    words: &'a Words,
}

impl View<'_> {
    fn crosstab(&self, at: jiff::Timestamp) -> Crosstab {
        let words = self.words;
        let columns = self.table.series.iter().flat_map(|series| {
            let group = self.series_name(series);
            let column =
                move |period: &Period| Column { group: group.clone(), name: words.period(*period) };
            self.table.periods.iter().map(column)
        });
        let row = |(at, unit): (usize, &UnitId)| Row {
            name: self.unit_name(*unit),
            note: self.note(*unit),
            cells: self.row_totals(at).map(|(series, total)| self.cell(series, total)).collect(),
        };
        let moment = self.sheet.moment.0;
        let day = crate::app::today(at).strftime("%d/%m/%Y").to_string();
        Crosstab {
            title: words.say("Bảng tra cứu số liệu", "Table of figures").to_owned(),
            unit_title: [
                words.say("Đơn vị", "Unit").to_owned(),
                words.say("Ghi chú", "Note").to_owned(),
            ],
            columns: columns.collect(),
            rows: self.table.units.iter().enumerate().map(row).collect(),
            notes: words.notes(moment, &day),
        }
    }

    /// The totals of a unit, series by series, period by period.
    fn row_totals(&self, at: usize) -> impl Iterator<Item = (&Series, &Total)> {
        let (n_units, n_periods) = (self.table.units.len(), self.table.periods.len());
        self.table.series.iter().enumerate().flat_map(move |(place, series)| {
            (0..n_periods).filter_map(move |period| {
                let total = self.sheet.totals.get((place * n_periods + period) * n_units + at)?;
                Some((series, total))
            })
        })
    }

    fn cell(&self, series: &Series, total: &Total) -> Cell {
        let decimals = self.indicator(series).map_or(0, |it| it.decimals);
        let counts = total.counts;
        let is_estimate = counts.n_estimated > 0;
        let is_shared = total.through_weights.is_some_and(|it| it.1 > 0);
        let marks = match (is_estimate, is_shared, counts.n_missing > 0) {
            (false, false, false) => "",
            (false, false, true) => "°",
            (true, false, false) => "*",
            (true, false, true) => "*°",
            (_, true, false) => "**",
            (_, true, true) => "**°",
        };
        match total.value {
            Err(_) => Cell::Nothing,
            Ok(Value::Number(number)) => match i64::try_from(number) {
                Ok(value) => Cell::Number { value, decimals, marks },
                Err(_) => Cell::Words(crate::numbers::plain(number, decimals)),
            },
            Ok(Value::Ratio { numerator, denominator }) => percent(numerator, denominator, marks),
        }
    }

    /// A line for each total.
    fn lines(&self) -> Vec<Vec<Cell>> {
        let words = self.words;
        let text = |it: &str| Cell::Words(it.to_owned());
        let count = |it: u32| Cell::Number { value: it.into(), decimals: 0, marks: "" };
        let mut lines = vec![words.headings().map(Cell::Words).to_vec()];
        for (at, unit) in self.table.units.iter().enumerate() {
            let unit_name = self.unit_name(*unit);
            let code = self.books.units.get(*unit).and_then(|it| it.code_on(self.books.today()));
            let periods = self.table.periods.iter().cycle();
            for ((series, total), period) in self.row_totals(at).zip(periods) {
                let weighted = total.through_weights.map_or(0, |it| it.1);
                let parts = total.value.ok().and_then(|it| match it {
                    Value::Ratio { numerator, denominator } => Some((numerator, denominator)),
                    Value::Number(_) => None,
                });
                let decimals = self.indicator(series).map_or(0, |it| it.decimals);
                let part = |it: Option<i128>| match it.and_then(|it| i64::try_from(it).ok()) {
                    Some(value) => Cell::Number { value, decimals, marks: "" },
                    None => Cell::Nothing,
                };
                lines.push(vec![
                    text(&unit_name),
                    code.map_or(Cell::Nothing, text),
                    text(&series.indicator),
                    text(&self.series_name(series)),
                    text(&words.period(*period)),
                    self.cell(series, total),
                    part(parts.map(|it| it.0)),
                    part(parts.map(|it| it.1)),
                    count(total.counts.n_reported),
                    count(total.counts.n_missing),
                    count(total.counts.n_estimated),
                    count(weighted),
                ]);
            }
        }
        lines.push(vec![text(&words.source(self.sheet.moment.0))]);
        lines
    }

    fn indicator(&self, series: &Series) -> Option<&Indicator> {
        self.books.programmes.indicator(&series.indicator)
    }

    /// `Số lớp đã mở, đối tượng 4 (lớp)`.
    fn series_name(&self, series: &Series) -> String {
        let Some(indicator) = self.indicator(series) else { return series.indicator.clone() };
        let name = self.words.say(&indicator.name.vi, &indicator.name.en);
        let pack = self.books.programmes.pack_of(&series.indicator);
        let option = pack.zip(series.option.as_deref());
        let option = option.and_then(|(pack, option)| option_name(pack, indicator, option));
        let option = option.map(|it| format!(", {}", self.words.say(&it.vi, &it.en)));
        format!("{name}{} ({})", option.unwrap_or_default(), indicator.measure)
    }

    fn unit_name(&self, unit: UnitId) -> String {
        name_of(self.books, unit)
    }

    /// What a merged unit was before.
    fn note(&self, unit: UnitId) -> String {
        let units = &self.books.units;
        let names = units.predecessors(unit).into_iter().filter_map(|it| {
            let unit = units.get(it)?;
            unit.full_name_on(unit.life().last_day()?)
        });
        let names: Vec<String> = names.collect();
        let from = units.get(unit).and_then(|it| it.life().from).filter(|_| !names.is_empty());
        from.map_or_else(String::new, |day| {
            let day = day.strftime("%d/%m/%Y");
            format!("{} {day}: {}", self.words.say("trước", "before"), names.join(", "))
        })
    }
}

fn name_of(books: &Books, unit: UnitId) -> String {
    let found = books.units.get(unit);
    let name = found.and_then(|it| it.full_name_on(it.day_of_life(books.today())));
    name.unwrap_or_else(|| unit.to_string())
}

/// A share in percent, with two digits.
fn percent(numerator: i128, denominator: i128, marks: &'static str) -> Cell {
    if denominator <= 0 {
        return Cell::Nothing;
    }
    let Some(scaled) = numerator.checked_mul(20_000) else { return Cell::Nothing };
    let half = if scaled < 0 { -denominator } else { denominator };
    match i64::try_from((scaled + half) / (2 * denominator)) {
        Ok(value) => Cell::Number { value, decimals: 2, marks },
        Err(_) => Cell::Nothing,
    }
}

impl Words {
    fn say<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        if self.is_english { en } else { vi }
    }

    fn period(&self, period: Period) -> String {
        let two = |it: u8| format!("{it:02}");
        match period {
            Period::Month { year, month } => format!("{}/{year}", two(month)),
            Period::Quarter { year, quarter } => {
                format!("{} {quarter}/{year}", self.say("Quý", "Quarter"))
            }
            Period::Half { year, half: 1 } => {
                format!("{} {year}", self.say("6 tháng đầu năm", "First half of"))
            }
            Period::Half { year, .. } => {
                format!("{} {year}", self.say("6 tháng cuối năm", "Second half of"))
            }
            Period::NineMonths { year } => format!("{} {year}", self.say("9 tháng", "9 months")),
            Period::Year { year } => format!("{} {year}", self.say("Năm", "Year")),
            other => other.to_string(),
        }
    }

    fn headings(&self) -> [String; 12] {
        let vi = [
            "Đơn vị",
            "Mã đơn vị",
            "Mã chỉ tiêu",
            "Chỉ tiêu",
            "Kỳ",
            "Giá trị",
            "Tử số",
            "Mẫu số",
            "Số đơn vị đã báo cáo",
            "Số đơn vị còn thiếu",
            "Số liệu ước",
            "Số liệu chia theo tỷ lệ",
        ];
        let en = [
            "Unit",
            "Unit code",
            "Indicator code",
            "Indicator",
            "Period",
            "Value",
            "Numerator",
            "Denominator",
            "Units reported",
            "Units missing",
            "Estimates",
            "Shared figures",
        ];
        if self.is_english { en.map(str::to_owned) } else { vi.map(str::to_owned) }
    }

    fn source(&self, moment: i64) -> String {
        let words = self
            .say("Nguồn: Dondoc, số liệu đến lần ghi thứ", "Source: Dondoc, figures up to record");
        format!("{words} {moment}")
    }

    fn notes(&self, moment: i64, day: &str) -> Vec<String> {
        vec![
            format!("{}, {} {day}.", self.source(moment), self.say("lấy ra ngày", "taken out on")),
            self.say(
                "* có số ước; ** có số chia theo tỷ lệ khi tách đơn vị (số ước); ° còn đơn vị chưa báo cáo; ô trống: chưa có số liệu.",
                "* with estimates; ** with figures shared where units were split (estimates); ° some units have not reported; \
                 empty: no figures.",
            )
            .to_owned(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_half_away_from_zero() {
        let value = |n, d| match percent(n, d, "") {
            Cell::Number { value, .. } => Some(value),
            _ => None,
        };
        assert_eq!(value(2, 3), Some(6667));
        assert_eq!(value(1, 8), Some(1250));
        assert_eq!(value(-2, 3), Some(-6667));
        assert_eq!(value(1, 0), None);
    }
}
