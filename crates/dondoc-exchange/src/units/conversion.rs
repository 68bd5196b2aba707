//! The table that turns the communes of one day into those of the next.
//!
//! # Source
//!
//! The General Statistics Office's conversion table of administrative units of 2025-07-01, as CSV: two lines of heading, a
//! line for each province, then a row for each old commune (or part of one) with the new commune that it went to.

use std::collections::{BTreeMap, HashMap};

use dondoc_core::unit::{Level, NameKey};
use jiff::civil::Date;

use crate::units::{
    Doubt, DoubtKind, NotUnits,
    list::{Entry, UnitList, records},
    text::{clean, kind_and_name, name_and_code, row_of},
};

/// What became of the units of one day.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// The first day of the new units.
    pub on: Date,
    /// The file's name.
    pub source: String,
    /// The rows that tell of communes, in their order.
    pub rows: Vec<Row>,
    /// The units of the day before, as the table has them.
    pub before: UnitList,
    /// The new units, provinces first.
    pub after: UnitList,
}

/// An old unit, or a part of one, and where it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub row: u32,
    /// The place of the old unit in [`Conversion::before`]; of an island without commune its district.
    pub old: usize,
    /// The place of the new unit in [`Conversion::after`].
    pub new: usize,
    /// The old code as the row gives it.
    pub old_code: Option<String>,
    /// How much of it went.
    pub extent: Extent,
    /// The note as it is written.
    pub note: String,
}

/// How much of an old unit went to a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// All of it (*nhập toàn bộ*).
    Whole,
    /// Nothing changed (*giữ nguyên*).
    Unchanged,
    /// All of it, under another name or of another kind (*đổi tên*, *đổi loại hình*).
    Renamed,
    /// What was left of it, which goes on under its own or another name (*phần còn lại*, *đổi tên từ một phần*).
    Rest,
    /// A part (*nhập một phần*).
    Part,
    /// A part of its land (*một phần diện tích*).
    PartOfArea,
    /// A part of its land and all of its people (*một phần diện tích, toàn bộ dân số*).
    PartOfAreaAllPeople,
    /// A part of its people (*một phần dân số*).
    PartOfPeople,
    /// All of its land (*toàn bộ diện tích*).
    AllArea,
}

impl Extent {
    /// Reads a note, blind to white space and case; the second is whether it is written as usual.
    #[must_use]
    pub fn of(note: &str) -> Option<(Self, bool)> {
        let usual = note.to_lowercase();
        let corrected = usual.replace("nhâp", "nhập");
        let extent = match corrected.as_str() {
            "nhập toàn bộ" => Self::Whole,
            "giữ nguyên" => Self::Unchanged,
            "đổi tên" | "đổi loại hình" => Self::Renamed,
            "nhập một phần" => Self::Part,
            "nhập một phần diện tích" => Self::PartOfArea,
            "nhập một phần diện tích, toàn bộ dân số" => Self::PartOfAreaAllPeople,
            "nhập một phần dân số" => Self::PartOfPeople,
            "nhập toàn bộ diện tích" => Self::AllArea,
            it if it.starts_with("phần còn lại") => Self::Rest,
            it if it.starts_with("đổi tên") && it.contains("từ một phần") => Self::Rest,
            it if it.starts_with("sắp xếp toàn bộ huyện") => Self::Whole,
            it if it.starts_with("sắp xếp toàn bộ xã") => Self::Renamed,
            _ => return None,
        };
        Some((extent, usual == corrected))
    }

    /// Whether all of the old unit is in the new one.
    #[must_use]
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Whole | Self::Unchanged | Self::Renamed)
    }
}

/// The day in a heading `Đơn vị hành chính từ ngày 01/7/2025`.
fn day_in(heading: &str) -> Option<Date> {
    let text = heading.split("ngày").nth(1)?.trim();
    let mut numbers = text.split('/').map(|it| it.trim().parse::<i16>().ok());
    let (day, month, year) = (numbers.next()??, numbers.next()??, numbers.next()??);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Reads the table.
pub(crate) fn read(
    name: &str,
    text: &str,
    doubts: &mut Vec<Doubt>,
) -> Result<Conversion, NotUnits> {
    let heading = text.split(',').next().unwrap_or_default();
    let on = day_in(heading).ok_or(NotUnits::UnknownFormat)?;
    let mut reading = Reading {
        doubts,
        before: Side::default(),
        after: Side::default(),
        rows: Vec::new(),
        old_codes: Vec::new(),
        provinces: HashMap::new(),
    };
    let records: Vec<csv::StringRecord> = records(text).skip(2).collect::<Result<_, _>>()?;
    // A line with a province alone is a heading.
    let rows = || records.iter().filter(|it| it.get(2).is_some_and(|it| !it.trim().is_empty()));
    reading.count_provinces(rows());
    for record in rows() {
        reading.take(record);
    }
    reading.settle_codes();
    let source = name.to_owned();
    let day_before = on.yesterday().ok();
    let levels = vec![Level::Province, Level::District, Level::Commune];
    let before = UnitList {
        on: day_before,
        source: source.clone(),
        entries: reading.before.entries,
        levels,
    };
    let levels = vec![Level::Province, Level::Commune];
    let after =
        UnitList { on: Some(on), source: source.clone(), entries: reading.after.entries, levels };
    Ok(Conversion { on, source, rows: reading.rows, before, after })
}

/// The units before or after, each once.
#[derive(Default)]
struct Side {
    entries: Vec<Entry>,
    places: HashMap<(Option<usize>, String, NameKey), usize>,
}

struct Reading<'d> {
    doubts: &'d mut Vec<Doubt>,
    before: Side,
    after: Side,
    rows: Vec<Row>,
    /// For each old unit the codes that its rows give, with the first row of each.
    old_codes: Vec<Vec<(String, u32)>>,
    /// For each old district, as it is written, the province that most of its rows give.
    provinces: HashMap<String, String>,
}

impl Reading<'_> {
    fn count_provinces<'r>(&mut self, rows: impl Iterator<Item = &'r csv::StringRecord>) {
        let mut counts: HashMap<String, BTreeMap<String, usize>> = HashMap::new();
        for row in rows {
            let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
            *counts.entry(cell(6)).or_default().entry(cell(7)).or_default() += 1;
        }
        let most = |it: BTreeMap<String, usize>| it.into_iter().max_by_key(|it| it.1);
        self.provinces = counts
            .into_iter()
            .filter_map(|(district, provinces)| Some((district, most(provinces)?.0)))
            .collect();
    }

    fn take(&mut self, record: &csv::StringRecord) {
        let row = row_of(record);
        let cells: Vec<String> =
            (0..8).map(|at| clean(record.get(at).unwrap_or_default(), row, self.doubts)).collect();
        let [new_province, new_name, new_code, old_name, old_code, note, district, old_province] =
            cells.as_slice()
        else {
            return;
        };
        let new_province = self.coded(false, row, new_province, (Level::Province, None));
        let new = self.new_commune(row, new_province, new_name, new_code);
        let usual = self.provinces.get(district).filter(|it| *it != old_province).cloned();
        if let Some(usual) = &usual {
            let words = format!("{district}: {old_province} ≠ {usual}");
            self.doubts.push(Doubt::at(row, DoubtKind::WrongParent, words));
        }
        let old_province = usual.as_ref().unwrap_or(old_province);
        let old_province = self.coded(true, row, old_province, (Level::Province, None));
        let district = self.coded(true, row, district, (Level::District, Some(old_province)));
        let old_code = (!old_code.is_empty()).then(|| old_code.clone());
        let old = if old_name.is_empty() {
            district
        } else {
            self.old_commune(row, district, old_name, old_code.as_deref())
        };
        let extent = self.extent(row, note);
        self.rows.push(Row { row, old, new, old_code, extent, note: note.clone() });
    }

    fn extent(&mut self, row: u32, note: &str) -> Extent {
        match Extent::of(note) {
            Some((extent, true)) => extent,
            Some((extent, false)) => {
                self.doubts.push(Doubt::at(row, DoubtKind::TwoSpellings, note));
                extent
            }
            None => {
                self.doubts.push(Doubt::at(row, DoubtKind::UnknownNote, note));
                Extent::Part
            }
        }
    }

    /// A province or district, `Tỉnh Phú Thọ (25)`; known by its name, for codes may be wrong.
    fn coded(
        &mut self,
        is_before: bool,
        row: u32,
        cell: &str,
        (level, parent): (Level, Option<usize>),
    ) -> usize {
        let (full, code) = name_and_code(cell);
        let mut unheard = Vec::new();
        let (kind, name) = kind_and_name(full, level, row, &mut unheard);
        let side = if is_before { &mut self.before } else { &mut self.after };
        // A district may be named like a town beside it: `Huyện Kỳ Anh`, `Thị xã Kỳ Anh`.
        let word =
            if level == Level::District { kind.map_or("", |it| it.vietnamese()) } else { "" };
        let place = (parent, word.to_owned(), NameKey::of(&name));
        if let Some(at) = side.places.get(&place) {
            let known = &side.entries[*at];
            if known.code.as_deref() != code {
                let words = format!(
                    "{cell} ≠ {} ({})",
                    known.full_name(),
                    known.code.as_deref().unwrap_or("–")
                );
                self.doubts.push(Doubt::at(row, DoubtKind::WrongCodeOfParent, words));
            } else if known.name != name || (!unheard.is_empty() && known.kind.is_some()) {
                let words = format!("{full} ≠ {}", known.full_name());
                self.doubts.push(Doubt::at(row, DoubtKind::TwoSpellings, words));
            }
            self.doubts.append(&mut unheard);
            return *at;
        }
        self.doubts.append(&mut unheard);
        let code = code.map(str::to_owned);
        side.entries.push(Entry { row, level, code, kind, name, parent });
        side.places.insert(place, side.entries.len() - 1);
        if is_before {
            self.old_codes.push(Vec::new());
        }
        side.entries.len() - 1
    }

    fn new_commune(&mut self, row: u32, province: usize, full: &str, code: &str) -> usize {
        let (kind, name) = kind_and_name(full, Level::Commune, row, self.doubts);
        // The new codes are the point of the table: here they tell units apart.
        let place = (None, code.to_owned(), NameKey::of(""));
        if let Some(at) = self.after.places.get(&place) {
            let known = &self.after.entries[*at];
            if known.name != name || known.kind != kind {
                let words = format!("{code}: {full} ≠ {}", known.full_name());
                let is_same = NameKey::of(&known.name) == NameKey::of(&name) && known.kind == kind;
                let doubt = if is_same { DoubtKind::TwoSpellings } else { DoubtKind::CodeTwice };
                self.doubts.push(Doubt::at(row, doubt, words));
            }
            return *at;
        }
        let (level, parent) = (Level::Commune, Some(province));
        let code = Some(code.to_owned());
        self.after.entries.push(Entry { row, level, code, kind, name, parent });
        self.after.places.insert(place, self.after.entries.len() - 1);
        self.after.entries.len() - 1
    }

    /// An old commune, known by its name within its district.
    fn old_commune(&mut self, row: u32, district: usize, full: &str, code: Option<&str>) -> usize {
        let (kind, name) = kind_and_name(full, Level::Commune, row, self.doubts);
        let word = kind.map_or("", |it| it.vietnamese()).to_owned();
        let place = (Some(district), word, NameKey::of(&name));
        let at = match self.before.places.get(&place) {
            Some(at) => *at,
            None => {
                let (level, parent) = (Level::Commune, Some(district));
                self.before.entries.push(Entry { row, level, code: None, kind, name, parent });
                self.before.places.insert(place, self.before.entries.len() - 1);
                self.old_codes.push(Vec::new());
                self.before.entries.len() - 1
            }
        };
        if let Some(code) = code
            && !self.old_codes[at].iter().any(|it| it.0 == code)
        {
            self.old_codes[at].push((code.to_owned(), row));
        }
        at
    }

    /// Gives each old commune its code; one with several gets that which no other has.
    fn settle_codes(&mut self) {
        let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, codes) in self.old_codes.iter().enumerate() {
            for (code, _) in codes {
                owners.entry(code.clone()).or_default().push(at);
            }
        }
        for (at, codes) in self.old_codes.iter().enumerate() {
            let own = codes.iter().find(|it| owners[&it.0].len() == 1).or(codes.first());
            self.before.entries[at].code =
                own.map(|it| it.0.clone()).or(self.before.entries[at].code.take());
            if codes.len() > 1 {
                let all: Vec<&str> = codes.iter().map(|it| it.0.as_str()).collect();
                let words = format!("{}: {}", self.before.entries[at].full_name(), all.join(", "));
                self.doubts.push(Doubt::at(codes[1].1, DoubtKind::TwoCodes, words));
            }
        }
        let mut twice: Vec<_> = owners.into_iter().filter(|it| it.1.len() > 1).collect();
        twice.sort();
        for (code, owners) in twice {
            let names: Vec<_> =
                owners.iter().map(|it| self.before.entries[*it].full_name()).collect();
            let row = self.before.entries[owners[1]].row;
            let words = format!("{code}: {}", names.join(", "));
            self.doubts.push(Doubt::at(row, DoubtKind::CodeTwice, words));
        }
    }
}
