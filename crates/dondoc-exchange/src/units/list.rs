//! Lists of the units of one day.

use std::collections::HashMap;

use dondoc_core::unit::{Kind, Level};
use jiff::civil::Date;
use serde::Deserialize;

use crate::units::{
    Doubt, DoubtKind, NotUnits,
    text::{clean, kind_and_name, row_of},
};

/// The units of one day.
#[derive(Clone, Debug)]
pub struct UnitList {
    /// The day; `None` if neither the file nor the caller says.
    pub on: Option<Date>,
    /// The file's name.
    pub source: String,
    /// Units above before those under them.
    pub entries: Vec<Entry>,
    /// The tiers that the list has; of others it says nothing.
    pub levels: Vec<Level>,
}

/// A unit as a list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its row, from 1, the heading counted.
    pub row: u32,
    /// Its tier.
    pub level: Level,
    /// Its code, if the list gives it.
    pub code: Option<String>,
    /// What it is, if the list says so.
    pub kind: Option<Kind>,
    /// Its name without the word of its kind.
    pub name: String,
    /// The place of the unit above in the list.
    pub parent: Option<usize>,
}

impl Entry {
    /// The name as it is spoken.
    #[must_use]
    pub fn full_name(&self) -> String {
        self.kind.map_or_else(|| self.name.clone(), |it| it.full_name(&self.name))
    }
}

/// How the columns of a CSV list are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// Province, its code, district, its code, commune, its code.
    ThreeTiers,
    /// Code of the commune, its name, name of the province; provinces as headings.
    TwoTiers,
    /// Number, code of the province, its name.
    ProvincesOnly,
}

impl Columns {
    /// Tells the layout by the first line.
    #[must_use]
    pub fn of(head: &str) -> Option<Self> {
        let cells: Vec<&str> = head.split(',').map(str::trim).collect();
        match cells.as_slice() {
            [_, "Mã TP", _, "Mã QH", _, "Mã PX", ..] => Some(Self::ThreeTiers),
            [_, "Mã số", name] if name.contains("tỉnh") => Some(Self::ProvincesOnly),
            ["", heading, "", ""] if !heading.is_empty() => Some(Self::TwoTiers),
            _ => None,
        }
    }
}

/// Collects entries, each unit above once.
struct Collector<'d> {
    entries: Vec<Entry>,
    places: HashMap<(Level, Option<usize>, String), usize>,
    doubts: &'d mut Vec<Doubt>,
}

impl Collector<'_> {
    /// The place of a unit above, which stands in the row of each unit under it.
    fn above(
        &mut self,
        row: u32,
        (level, parent): (Level, Option<usize>),
        (name, code): (&str, Option<&str>),
    ) -> usize {
        let key = (level, parent, code.map_or_else(|| name.to_lowercase(), str::to_owned));
        if let Some(place) = self.places.get(&key) {
            let place = *place;
            self.compare_spelling(row, place, name);
            return place;
        }
        let place = self.push(row, (level, parent), (name, code));
        self.places.insert(key, place);
        place
    }

    fn compare_spelling(&mut self, row: u32, place: usize, name: &str) {
        let known = self.entries[place].full_name();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if known.to_lowercase() != name.to_lowercase() {
            let words = format!("{name} ≠ {known}");
            if !self.doubts.iter().any(|it| it.words == words) {
                self.doubts.push(Doubt::at(row, DoubtKind::TwoSpellings, words));
            }
        }
    }

    fn push(
        &mut self,
        row: u32,
        (level, parent): (Level, Option<usize>),
        (name, code): (&str, Option<&str>),
    ) -> usize {
        let full = clean(name, row, self.doubts);
        let (kind, name) = kind_and_name(&full, level, row, self.doubts);
        let code = code.map(str::to_owned);
        self.entries.push(Entry { row, level, code, kind, name, parent });
        self.entries.len() - 1
    }

    /// Codes that stand for several units of a tier.
    fn check_codes(&mut self) {
        let mut seen: HashMap<(Level, &str), usize> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(code) = &entry.code else { continue };
            if let Some(first) = seen.insert((entry.level, code), at) {
                let (a, b) = (self.entries[first].full_name(), entry.full_name());
                let words = format!("{code}: {a}, {b}");
                self.doubts.push(Doubt::at(entry.row, DoubtKind::CodeTwice, words));
            }
        }
    }
}

fn not_blank(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    (!cell.is_empty()).then_some(cell)
}

pub(crate) fn records(
    text: &str,
) -> impl Iterator<Item = Result<csv::StringRecord, NotUnits>> + '_ {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records();
    std::iter::from_fn(move || {
        let record = reader.next()?;
        Some(
            record.map_err(|err| NotUnits::Csv {
                line: err.position().map_or(0, csv::Position::line),
            }),
        )
    })
}

/// Reads a CSV list.
pub(crate) fn read_csv(
    name: &str,
    text: &str,
    (columns, on): (Columns, Option<Date>),
    doubts: &mut Vec<Doubt>,
) -> Result<UnitList, NotUnits> {
    let mut all = Collector { entries: Vec::new(), places: HashMap::new(), doubts };
    let n_heads = usize::from(columns != Columns::TwoTiers);
    for record in records(text).skip(n_heads) {
        let record = record?;
        let row = row_of(&record);
        let cell = |at: usize| record.get(at).unwrap_or_default();
        match columns {
            Columns::ThreeTiers => {
                let province =
                    all.above(row, (Level::Province, None), (cell(0), not_blank(cell(1))));
                let place = (Level::District, Some(province));
                let district = all.above(row, place, (cell(2), not_blank(cell(3))));
                // A district of one island has no commune.
                if let Some(commune) = not_blank(cell(4)) {
                    let place = (Level::Commune, Some(district));
                    all.push(row, place, (commune, not_blank(cell(5))));
                }
            }
            Columns::TwoTiers => {
                if let (Some(code), Some(commune), Some(province)) =
                    (not_blank(cell(0)), not_blank(cell(1)), not_blank(cell(2)))
                {
                    let province = all.above(row, (Level::Province, None), (province, None));
                    all.push(row, (Level::Commune, Some(province)), (commune, Some(code)));
                }
            }
            Columns::ProvincesOnly => {
                if let (Some(code), Some(province)) = (not_blank(cell(1)), not_blank(cell(2))) {
                    all.push(row, (Level::Province, None), (province, Some(code)));
                }
            }
        }
    }
    all.check_codes();
    let levels = match columns {
        Columns::ThreeTiers => vec![Level::Province, Level::District, Level::Commune],
        Columns::TwoTiers => vec![Level::Province, Level::Commune],
        Columns::ProvincesOnly => vec![Level::Province],
    };
    Ok(UnitList { on, source: name.to_owned(), entries: all.entries, levels })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct JsonProvince {
    code: String,
    full_name: String,
    wards: Vec<JsonWard>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct JsonWard {
    code: String,
    full_name: String,
}

/// Reads a JSON list of provinces with their communes; rows count the units in their order.
pub(crate) fn read_json(
    name: &str,
    text: &str,
    on: Option<Date>,
    doubts: &mut Vec<Doubt>,
) -> Result<UnitList, NotUnits> {
    let provinces: Vec<JsonProvince> = serde_json::from_str(text).map_err(NotUnits::Json)?;
    let mut all = Collector { entries: Vec::new(), places: HashMap::new(), doubts };
    let mut row = 0;
    for province in &provinces {
        row += 1;
        let named = (province.full_name.as_str(), Some(province.code.as_str()));
        let place = all.push(row, (Level::Province, None), named);
        for ward in &province.wards {
            row += 1;
            let named = (ward.full_name.as_str(), Some(ward.code.as_str()));
            all.push(row, (Level::Commune, Some(place)), named);
        }
    }
    all.check_codes();
    let levels = vec![Level::Province, Level::Commune];
    Ok(UnitList { on, source: name.to_owned(), entries: all.entries, levels })
}
