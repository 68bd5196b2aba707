//! Sums of provinces beside the published totals of the country: all differences, none hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use dondoc_core::period::Period;
use dondoc_core::unit::{Change, Kind, Moment, UnitId, What};
use dondoc_exchange::number;
use dondoc_ledger::Sight;
use dondoc_ledger::rollup::value::Value;
use jiff::civil::date;
use serde_json::json;

use crate::books::{COUNTRY, Statistics, found, pack, shared};
use crate::tables::{self, Place, Table, decimals, is_additive};

/// Ha Tay went over to Ha Noi on 2008-08-01 (Resolution 15/2008/QH12).
const HA_TAY: (&str, &str) = ("hatay", "hanoi");

/// An indicator: a table and what one of its columns counts.
struct Indicator {
    code: String,
    table: String,
    what: String,
    decimals: u8,
    is_additive: bool,
    /// Year → the published total of the country, as it stands.
    published: BTreeMap<i16, String>,
}

/// One published total beside the sum.
struct Compared<'i> {
    indicator: &'i Indicator,
    year: i16,
    published: i128,
    sum: Option<i128>,
    n_provinces: u32,
}

impl Compared<'_> {
    fn difference(&self) -> i128 {
        self.sum.unwrap_or(0) - self.published
    }

    /// Within 0.1 % of what was published.
    fn is_equal(&self) -> bool {
        self.sum.is_some() && self.difference().abs() * 1_000 <= self.published.abs()
    }
}

#[test]
fn sums_of_provinces_are_held_against_every_published_total() {
    let Some(folder) = shared("gso-statistics-2018") else { return };
    let tables = tables::read(&folder.join("gso_csv_346files.zip"));
    assert_eq!(tables.len(), 102, "tables by province");
    let indicators = indicators(&tables);
    let statistics = Statistics::new(&units(&tables), programme(&indicators));
    let (csv, n_numbers) = csv(&tables, &indicators);
    let n_loaded = statistics.load("gso-2018.csv", &csv);
    assert_eq!(n_loaded, csv.lines().count() - 1, "every line is a figure");
    let compared = compare(&statistics, &indicators);
    // Counted beforehand over the files by themselves, in another language.
    let n_equal = compared.iter().filter(|it| it.is_equal()).count();
    assert_eq!((compared.len(), n_equal), (2_019, 1_917));
    let page = page(&indicators, &compared, (n_loaded, n_numbers));
    expect_test::expect_file!["../../../../docs/reconciliation.md"].assert_eq(&page);
}

/// The country, the regions with their provinces in the order of the tables, and what no province has.
fn units(tables: &BTreeMap<String, Table>) -> Vec<Change> {
    let mut region_of: BTreeMap<&str, &str> = BTreeMap::new();
    let mut outside: BTreeSet<&str> = BTreeSet::new();
    for table in tables.values() {
        let mut region = None;
        for (place, _) in &table.rows {
            match place {
                Place::Country => {}
                Place::Region(it) => region = Some(*it),
                Place::Province(name) if tables::is_outside(name) => {
                    outside.insert(name);
                }
                Place::Province(name) => {
                    if let Some(region) = region {
                        region_of.entry(name).or_insert(region);
                    }
                }
            }
        }
    }
    let mut changes = vec![found(COUNTRY.0, Kind::Country, "vn", None)];
    let regions: BTreeSet<&str> = region_of.values().copied().collect();
    let numbers: BTreeMap<&str, u32> = regions.into_iter().zip(2..).collect();
    for (region, number) in &numbers {
        changes.push(found(*number, Kind::Department, region, Some(COUNTRY)));
    }
    for ((name, region), number) in region_of.iter().zip(100..) {
        changes.push(found(number, Kind::Province, name, Some(UnitId(numbers[region]))));
    }
    for (name, number) in outside.iter().zip(50..) {
        changes.push(found(number, Kind::Department, name, Some(COUNTRY)));
    }
    assert_eq!(region_of.len(), 64, "63 provinces, and Ha Tay until 2008");
    let id = |key: &str| {
        let at = region_of.keys().position(|it| *it == key).unwrap();
        UnitId(100 + u32::try_from(at).unwrap())
    };
    changes.push(Change {
        unit: id(HA_TAY.0),
        when: Moment::On(date(2008, 8, 1)),
        what: What::Merge(id(HA_TAY.1)),
        source: "15/2008/QH12".to_owned(),
    });
    changes
}

fn indicators(tables: &BTreeMap<String, Table>) -> Vec<Indicator> {
    let mut all: Vec<Indicator> = Vec::new();
    for (name, table) in tables {
        let first = all.len();
        for (at, column) in table.columns.iter().enumerate() {
            let known = all[first..].iter().position(|it| it.what == column.what);
            let place = known.map_or_else(
                || {
                    all.push(Indicator {
                        code: format!("TK.{:04}", all.len() + 1),
                        table: name.clone(),
                        what: column.what.clone(),
                        decimals: 0,
                        is_additive: is_additive(&table.title, &column.what),
                        published: BTreeMap::new(),
                    });
                    all.len() - 1
                },
                |it| first + it,
            );
            let indicator = &mut all[place];
            for (place, cells) in &table.rows {
                let Some(number) = cells.get(at).and_then(|it| tables::number(it)) else {
                    continue;
                };
                indicator.decimals = indicator.decimals.max(decimals(&number));
                // What can be below nothing is a balance or a rate, whatever its heading says.
                indicator.is_additive &= !number.starts_with('-');
                if *place == Place::Country {
                    indicator.published.insert(year(column.year, &table.title), number);
                }
            }
        }
    }
    all
}

/// The year of a column, or the one in the title where the columns have none.
fn year(year: Option<i16>, title: &str) -> i16 {
    let in_title = || {
        let words = title.split(|it: char| !it.is_ascii_digit());
        words.filter(|it| it.len() == 4).find_map(|it| it.parse().ok())
    };
    year.or_else(in_title).unwrap_or(2016)
}

fn programme(indicators: &[Indicator]) -> dondoc_core::pack::Pack {
    let indicators = indicators.iter().map(|it| {
        let rule = if it.is_additive { "sum" } else { "none" };
        let name = format!("{} {}", it.table, it.what);
        json!({
            "code": it.code,
            "name": {"vi": name, "en": name},
            "measure": "–",
            "decimals": it.decimals,
            "over_units": rule,
            "over_time": "none",
        })
    });
    pack("TK", indicators.collect())
}

/// All figures of provinces as one table: `..` says that there is no figure, `Prel.` that it is an estimate.
fn csv(tables: &BTreeMap<String, Table>, indicators: &[Indicator]) -> (String, usize) {
    let mut text = "unit;indicator;period;value;status\n".to_owned();
    let mut n_numbers = 0;
    for (name, table) in tables {
        let own: Vec<&Indicator> = indicators.iter().filter(|it| it.table == *name).collect();
        for (place, cells) in &table.rows {
            let Place::Province(key) = place else { continue };
            for (column, cell) in table.columns.iter().zip(cells) {
                let indicator = own.iter().find(|it| it.what == column.what).unwrap();
                let year = year(column.year, &table.title);
                // A province that is no more has no row to fill in.
                let is_gone = key == HA_TAY.0 && year >= 2008;
                let number = tables::number(cell);
                if is_gone && number.is_none() {
                    continue;
                }
                n_numbers += usize::from(number.is_some());
                let value = number.map_or_else(
                    || "KCSL".to_owned(),
                    |it| {
                        let value = number::read_plain(&it, indicator.decimals).unwrap();
                        number::write(value, indicator.decimals)
                    },
                );
                let status = if column.is_preliminary { "estimate" } else { "final" };
                writeln!(text, "{key};{};{year};{value};{status}", indicator.code).unwrap();
            }
        }
    }
    (text, n_numbers)
}

fn compare<'i>(statistics: &Statistics, indicators: &'i [Indicator]) -> Vec<Compared<'i>> {
    let mut compared = Vec::new();
    for indicator in indicators.iter().filter(|it| it.is_additive) {
        for (year, published) in &indicator.published {
            let period = Period::Year { year: *year };
            let answer = statistics.total(&indicator.code, COUNTRY, period, Sight::AsThen);
            let sum = answer.total.value.ok().map(|it| match it {
                Value::Number(number) => number,
                Value::Ratio { .. } => unreachable!("no ratio was loaded"),
            });
            let published = number::read_plain(published, indicator.decimals).unwrap();
            compared.push(Compared {
                indicator,
                year: *year,
                published: published.into(),
                sum,
                n_provinces: answer.total.counts.n_reported,
            });
        }
    }
    compared
}

fn page(
    indicators: &[Indicator],
    compared: &[Compared<'_>],
    (n_loaded, n_numbers): (usize, usize),
) -> String {
    let (partial, whole): (Vec<&Compared<'_>>, Vec<&Compared<'_>>) =
        compared.iter().filter(|it| !it.is_equal()).partition(|it| {
            let table = &it.indicator.table;
            table.contains("some provinces") || table.contains("cassava")
        });
    let n_differing = partial.len() + whole.len();
    let n_exact = compared.iter().filter(|it| it.difference() == 0 && it.sum.is_some()).count();
    let n_additive = indicators.iter().filter(|it| it.is_additive).count();
    let mut page = format!(
        "# Sums of provinces beside published totals\n\n\
`cargo test -p dondoc --test statistics` compares this page with what it finds; with `UPDATE_EXPECT=1` it writes it. It takes the \
102 tables by province of the General Statistics Office (1995–2016, downloaded 2018–19) from `../shared/data/gso-statistics-2018`, \
where they are there.\n\n\
{HOW}\n\n\
| | |\n|---|---:|\n\
| tables | 102 |\n\
| columns, years apart taken together | {} |\n\
| of these additive | {n_additive} |\n\
| figures loaded | {n_loaded} |\n\
| of these numbers | {n_numbers} |\n\
| published totals of the country, additive columns | {} |\n\
| equal to the sum within 0.1 % | {} |\n\
| of these equal to the last digit | {n_exact} |\n\
| different | {n_differing} |\n\
| of these in tables that list only some provinces | {} |\n\
| of these in tables that should be complete | {} |\n\n\
{WHY}\n\n",
        indicators.len(),
        compared.len(),
        compared.len() - n_differing,
        partial.len(),
        whole.len(),
    );
    let close: Vec<&Compared<'_>> =
        compared.iter().filter(|it| it.is_equal() && it.difference() != 0).collect();
    for (title, rows) in [
        ("Tables that should be complete", whole),
        ("Tables of some provinces", partial),
        ("Equal within 0.1 %, not to the last digit", close),
    ] {
        writeln!(page, "## {title}\n\n{HEADING}").unwrap();
        rows.iter().for_each(|it| writeln!(page, "{}", row(it)).unwrap());
        page.push('\n');
    }
    format!("{}\n", page.trim_end())
}

const HOW: &str = "Every cell of a province goes through the table that `dondoc figures load` reads, and into the ledger: `..` as *no \
figure*, `Prel.` as an estimate. Hà Tây is a province until it went over to Hà Nội on 2008-08-01. Provinces that were divided \
in 1997 and 2004 have the years before as the tables give them. Rows that are no province but belong to the country (*Other \
provinces*, *Oil and gas*, *Nec*, *Units are not included in provinces*, pupils in universities, *Unidentified*) are units of \
their own. A heading stands for the year that it says, even where one says 1988 between 1997 and 1999; a school year goes by the \
year in which it begins.";

const WHY: &str = "The sums are exact, and a count outside of the program (the files alone, decimal numbers) finds the same 2,019, 1,917 and \
102: a difference is in what was published. None is left out below.\n\n\
The note that comes with the data counts 2,016 totals, 1,906 equal and 110 different, 79 of them in tables of some provinces and 31 \
in complete ones. The 79 are 79 here; the 31 are 23. Which tables it takes for additive, and whether it adds the rows that are no \
province, the note does not say, so the rest can't be matched one by one. Here rates, indices, averages, structures and densities \
are kept and not added up, by the words in their titles and headings; average population is added up, being people. A \
column with a value below zero is kept and not added up either, for a sum refuses it: that is one column that the words let through \
(capital of foreign investment licensed in 2016). With it there would be 2,020 totals, 1,918 of them equal.";

const HEADING: &str = "| table | column | year | published | sum | difference | provinces with a number |\n\
|---|---|---:|---:|---:|---:|---:|";

fn row(it: &Compared<'_>) -> String {
    let Indicator { table, what, decimals, .. } = it.indicator;
    let shown = |value: i128| number::write_plain(i64::try_from(value).unwrap(), *decimals);
    format!(
        "| {table} | {what} | {} | {} | {} | {} | {} |",
        it.year,
        shown(it.published),
        it.sum.map_or_else(|| "–".to_owned(), shown),
        shown(it.difference()),
        it.n_provinces,
    )
}
