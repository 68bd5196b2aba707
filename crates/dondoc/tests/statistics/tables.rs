//! The tables by province of the General Statistics Office, as they were downloaded in 2018-19.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use dondoc_core::fold::bare;

/// A table that has the whole country and provinces.
pub(crate) struct Table {
    pub(crate) title: String,
    /// The headings of the columns after the names.
    pub(crate) columns: Vec<Column>,
    /// Names as they stand, in their order, with a cell for each column.
    pub(crate) rows: Vec<(Place, Vec<String>)>,
}

/// A column: what is counted, the year, and whether it is preliminary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) what: String,
    pub(crate) year: Option<i16>,
    pub(crate) is_preliminary: bool,
}

/// Whom a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Country,
    Region(&'static str),
    /// By letters alone, for one province is spelled in up to four ways.
    Province(String),
}

const REGIONS: [(&str, &str); 6] = [
    ("red river delta", "Red River Delta"),
    ("northern mid", "Northern midlands and mountain areas"),
    ("north", "North Central and Central coastal areas"),
    ("central highlands", "Central Highlands"),
    ("south east", "South East"),
    ("mekong", "Mekong River Delta"),
];

impl Place {
    fn read(name: &str) -> Option<Self> {
        let words = bare(name).split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return None;
        }
        if words == "whole country" {
            return Some(Self::Country);
        }
        if let Some((_, region)) = REGIONS.iter().find(|(start, _)| words.starts_with(start)) {
            return Some(Self::Region(region));
        }
        let letters: String = words.chars().filter(char::is_ascii_alphabetic).collect();
        let letters = letters.strip_prefix("tp").unwrap_or(&letters);
        let letters = letters.strip_suffix("city").unwrap_or(letters);
        Some(Self::Province(if letters == "daclak" { "daklak" } else { letters }.to_owned()))
    }
}

/// Rows that are part of the country and of no province.
pub(crate) fn is_outside(name: &str) -> bool {
    let words = ["province", "universit", "oil", "unidentified"];
    name == "nec" || words.iter().any(|it| name.contains(it))
}

/// All tables with provinces, by their files' names.
pub(crate) fn read(archive: &Path) -> BTreeMap<String, Table> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    let mut tables = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        if !name.ends_with(".csv") {
            continue;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = name.rsplit('/').next().unwrap().trim_end_matches(".csv").to_owned();
        if let Some(table) = table(&decoded(&bytes)) {
            tables.insert(name, table);
        }
    }
    tables
}

/// One file is in Windows-1252; of it only province names are not ASCII, and those are compared without accents.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => bytes.iter().map(|it| char::from(*it)).collect(),
    }
}

fn table(text: &str) -> Option<Table> {
    let lines: Vec<Vec<String>> = text.lines().map(cells).collect();
    let country = lines.iter().position(|it| Place::read(&it[0]) == Some(Place::Country))?;
    let headings = lines[..country].iter().rev().find(|it| it.len() > 2)?;
    let rows: Vec<(Place, Vec<String>)> = lines[country..]
        .iter()
        .filter(|it| it.len() > 1)
        .filter_map(|it| Some((Place::read(&it[0])?, it[1..].to_vec())))
        .collect();
    let has_provinces = ["hagiang", "hanoi", "angiang", "daklak"]
        .iter()
        .any(|name| rows.iter().any(|it| it.0 == Place::Province((*name).to_owned())));
    let columns = headings[1..].iter().map(|it| column(it)).collect();
    has_provinces.then(|| Table { title: lines[0][0].clone(), columns, rows })
}

/// The cells of a line; quoted ones never hold a semicolon in these files.
fn cells(line: &str) -> Vec<String> {
    line.split(';').map(|it| it.trim().trim_matches('"').to_owned()).collect()
}

fn column(heading: &str) -> Column {
    let (mut what, mut year, mut is_preliminary) = (Vec::new(), None, false);
    for word in heading.split_whitespace() {
        // Marks of footnotes stand apart or at the year: `2001 (*)`, `2005(**)`.
        let bare = word.trim_end_matches("(*)").trim_end_matches("(**)");
        let rest = ["Prel.", "Pre."].iter().find_map(|it| bare.strip_prefix(it));
        is_preliminary |= rest.is_some();
        let bare = rest.unwrap_or(bare);
        match year.is_none().then(|| year_of(bare)).flatten() {
            Some(found) => year = Some(found),
            None if bare.is_empty() => {}
            None => what.push(bare),
        }
    }
    Column { what: what.join(" "), year, is_preliminary }
}

/// `2016`, once `X2016`; a school year `2001-2002` goes by the year in which it begins.
fn year_of(word: &str) -> Option<i16> {
    let digits = word.strip_prefix('X').unwrap_or(word);
    let is_year = |it: &str| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit());
    let (first, is_whole) = match digits.split_once('-') {
        Some((first, second)) => (first, is_year(second)),
        None => (digits, true),
    };
    (is_year(first) && is_whole).then(|| first.parse().ok()).flatten()
}

/// A cell's number as plain digits; `None` where it says that there is none.
pub(crate) fn number(cell: &str) -> Option<String> {
    let digits: String = cell.chars().filter(|it| !it.is_whitespace()).collect();
    let is_number = digits.trim_start_matches('-').starts_with(|it: char| it.is_ascii_digit());
    is_number.then_some(digits)
}

/// How many digits a number has after the point.
pub(crate) fn decimals(number: &str) -> u8 {
    number.split_once('.').map_or(0, |(_, it)| u8::try_from(it.len()).unwrap())
}

/// Whether the provinces of a column come to the country. Average population does: it is a number of people.
pub(crate) fn is_additive(title: &str, what: &str) -> bool {
    const NOT: [&str; 14] = [
        "rate",
        "percent",
        "index",
        "yield",
        "average",
        "structure",
        "ratio",
        "gini",
        "per capita",
        "per 1",
        "%",
        "mean",
        "proportion",
        "growth",
    ];
    let title = title.to_lowercase();
    let has = |text: &str| NOT.iter().any(|it| text.contains(it));
    let is_population = title.contains("average") && title.contains("population by province")
        || title.starts_with("average population by");
    let is_density = what.to_lowercase().contains("density") || what.to_lowercase().contains("/");
    (is_population || !has(&title)) && !has(&what.to_lowercase()) && !is_density
}
