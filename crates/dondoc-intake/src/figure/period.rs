//! The period that a figure is of, as its sentence or its section gives it.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Date;

use crate::text::{
    Text,
    day::{self, day_at, month_at, year_of},
    layout::{self, Block, LabelKind},
    lex::{self, word},
    phrase::Words,
};

/// Follows the periods that a document names, from block to block.
#[derive(Debug)]
pub(super) struct Periods {
    /// The year that "9 tháng" or "Quý III" without a year is of.
    year: Option<i16>,
    /// What `N năm` stands for in this document: `10 năm (2009 – 2019)`.
    spans: HashMap<u64, String>,
    /// The period of the section, from its heading.
    section: Option<(LabelKind, String)>,
    /// The period in force.
    pub(super) current: Option<String>,
}

/// The words that a period begins with.
static STARTS: LazyLock<Words> =
    LazyLock::new(|| Words::new(["đến", "từ", "tháng", "quý", "năm", "hằng", "hàng", "hiện"]));

/// How far after a figure its period may stand, in tokens.
const LONGEST_CLAUSE: usize = 10;

/// A period that was read: how many tokens it takes, and what it says (`None` ends the one in force).
type Read = (usize, Option<String>);

impl Periods {
    /// For a document of this day of issue.
    pub(super) fn new(issued_on: Option<Date>) -> Self {
        Self {
            year: issued_on.map(Date::year),
            spans: HashMap::new(),
            section: None,
            current: None,
        }
    }

    /// Goes into a block: its period is that of its section until it names another.
    pub(super) fn enter(&mut self, text: &Text<'_>, block: &Block) {
        if let Some(kind) = heading(text, block) {
            let found = block.tokens.clone().find_map(|at| self.period_at(text, at));
            match found.and_then(|(_, period)| period) {
                Some(period) => self.section = Some((kind, period)),
                None if self.section.as_ref().is_some_and(|(of, _)| kind <= *of) => {
                    self.section = None
                }
                None => {}
            }
        }
        self.current = self.section.as_ref().map(|(_, period)| period.clone());
    }

    /// Reads the period at token `at`, if one is there, and keeps it in force.
    pub(super) fn read(&mut self, text: &Text<'_>, at: usize) -> Option<usize> {
        let (n_tokens, period) = self.period_at(text, at)?;
        if let Some(year) =
            period.as_deref().and_then(|it| it.get(..4)).and_then(|it| it.parse().ok())
        {
            self.year = Some(year);
        }
        self.current = period;
        Some(n_tokens)
    }

    /// The period that follows a figure in its clause: `8% trong năm 2025`, `100% kế hoạch vốn năm 2025`.
    pub(super) fn after(&self, text: &Text<'_>, from: usize, end: usize) -> Option<String> {
        let clause = (from..end.min(from + LONGEST_CLAUSE)).take_while(|at| {
            let token = &text.tokens[*at];
            token.is_word() && (token.gap != lex::Gap::Blank || *at == from)
        });
        clause.filter_map(|at| worded_years_at(text, at)).find_map(|(_, period)| period)
    }

    fn period_at(&mut self, text: &Text<'_>, at: usize) -> Option<Read> {
        let token = text.tokens.get(at)?;
        if token.is_number() {
            return self.counted_at(text, at).or_else(|| years_at(text, at));
        }
        if !STARTS.has(token) {
            return None;
        }
        days_at(text, at)
            .or_else(|| month_at(text, at).map(|(month, n_tokens)| (n_tokens, Some(month))))
            .or_else(|| self.quarter_at(text, at))
            .or_else(|| worded_years_at(text, at))
            .or_else(|| each_at(text, at))
    }

    /// `9 tháng năm 2025`, `6 tháng cuối năm`, `10 năm (2009 – 2019)`.
    fn counted_at(&mut self, text: &Text<'_>, at: usize) -> Option<Read> {
        let tokens = &text.tokens;
        let n = lex::number(text.source, &tokens[at])?;
        let unit = tokens.get(at + 1)?;
        if unit.is(word!("năm")) {
            let bracket = tokens.get(at + 2).filter(|it| it.is_mark('('));
            let inside = bracket.and_then(|_| years_at(text, at + 3));
            if let Some((n_tokens, Some(period))) = inside {
                self.spans.insert(n, period.clone());
                return Some((3 + n_tokens, Some(period)));
            }
            return self.spans.get(&n).map(|it| (2, Some(it.clone())));
        }
        // "sau 04 tháng" says how long; "trong 6 tháng đầu năm", with its year or half, says when.
        let names_when = tokens.get(at + 2).is_some_and(|it| PARTS_OF_YEAR.has(it));
        if !unit.is(word!("tháng"))
            || !(1..=11).contains(&n)
            || (is_duration(text, at) && !names_when)
        {
            return None;
        }
        let mut next = at + 2;
        let is_last = tokens.get(next).is_some_and(|it| it.is(word!("cuối")));
        if is_last || tokens.get(next).is_some_and(|it| it.is(word!("đầu"))) {
            next += 1;
        }
        let mut year = self.year;
        if tokens.get(next).is_some_and(|it| it.is(word!("năm"))) {
            next += 1;
            if let Some(written) = tokens.get(next).and_then(|it| year_of(text, it)) {
                year = Some(written as i16);
                next += 1;
            }
        }
        let year = year?;
        let (first, last) = if is_last { (13 - n, 12) } else { (1, n) };
        Some((next - at, Some(format!("{year}-{first:02}/{year}-{last:02}"))))
    }

    /// `Quý III/2025`, `Quý III`.
    fn quarter_at(&self, text: &Text<'_>, at: usize) -> Option<Read> {
        if let Some(((first, last), n_tokens)) = day::quarter_at(text, at) {
            return Some((n_tokens, Some(format!("{first}/{last}"))));
        }
        let [word, number, ..] = &text.tokens[at..] else { return None };
        if !word.is(word!("quý")) {
            return None;
        }
        let written = text.slice(at + 1..at + 2);
        let quarter = layout::roman(written)
            .or_else(|| written.parse().ok())
            .filter(|it| (1..=4).contains(it))?;
        let (first, last, year) = (quarter * 3 - 2, quarter * 3, self.year?);
        (number.gap <= lex::Gap::Line)
            .then(|| (2, Some(format!("{year}-{first:02}/{year}-{last:02}"))))
    }
}

/// The kind of the label of a block that is a heading: short, and closes no sentence.
fn heading(text: &Text<'_>, block: &Block) -> Option<LabelKind> {
    let kind = block.label.as_ref().map(|it| it.kind).filter(|it| *it != LabelKind::Bullet)?;
    let last = text.tokens[block.tokens.end - 1];
    let closes = ['.', ';', ','].into_iter().any(|it| last.is_mark(it));
    (block.tokens.len() <= 40 && !closes).then_some(kind)
}

/// Words after `6 tháng` that say which months they are.
static PARTS_OF_YEAR: LazyLock<Words> = LazyLock::new(|| Words::new(["đầu", "cuối", "năm"]));

/// Words before `3 tháng` that make it a duration.
static HOW_LONG: LazyLock<Words> = LazyLock::new(|| {
    Words::new(["sau", "trong", "khoảng", "hơn", "gần", "hạn", "quá", "thời", "mỗi", "lên"])
});

/// Whether `3 tháng` at `at` says how long, not which months.
fn is_duration(text: &Text<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| HOW_LONG.has(&text.tokens[before]))
}

/// `đến ngày 19 tháng 11 năm 2025`, `từ ngày 17 đến ngày 20 tháng 11 năm 2025`. A day by itself is when something
/// was said, not what was counted.
fn days_at(text: &Text<'_>, at: usize) -> Option<Read> {
    let tokens = &text.tokens;
    let is = |at: usize, word| tokens.get(at).is_some_and(|it| it.is(word));
    if is(at, word!("đến")) && is(at + 1, word!("ngày")) {
        let (day, n_tokens) = day_at(text, at + 1)?;
        return Some((1 + n_tokens, Some(day.to_string())));
    }
    if !is(at, word!("từ")) || !is(at + 1, word!("ngày")) {
        return None;
    }
    // `từ ngày 17 đến ngày 20 tháng 11 năm 2025`: the first day shares month and year.
    if is(at + 3, word!("đến")) && is(at + 4, word!("ngày")) {
        let first = lex::number(text.source, &tokens[at + 2])?;
        let (last, n_tokens) = day_at(text, at + 4)?;
        let first = Date::new(last.year(), last.month(), i8::try_from(first).ok()?).ok()?;
        return Some((4 + n_tokens, Some(format!("{first}/{last}"))));
    }
    let (first, n_first) = day_at(text, at + 1)?;
    let next = at + 1 + n_first;
    if !is(next, word!("đến")) || !is(next + 1, word!("ngày")) {
        return None;
    }
    let (last, n_last) = day_at(text, next + 1)?;
    Some((n_first + n_last + 2, Some(format!("{first}/{last}"))))
}

/// `2021-2025` at a number.
fn years_at(text: &Text<'_>, at: usize) -> Option<Read> {
    let [first, dash, last, ..] = &text.tokens[at..] else { return None };
    let (first, last) =
        (year_of(text, first)?, dash.is_dash().then(|| year_of(text, last)).flatten()?);
    (first < last).then(|| (3, Some(format!("{first}/{last}"))))
}

/// `năm 2025`, `năm 2013 - 2017`, `từ năm 2009 đến nay`, `từ năm 2021 đến năm 2025`.
fn worded_years_at(text: &Text<'_>, at: usize) -> Option<Read> {
    let tokens = &text.tokens;
    let is = |at: usize, word| tokens.get(at).is_some_and(|it| it.is(word));
    let is_from = is(at, word!("từ"));
    let year_word = at + usize::from(is_from);
    if !is(year_word, word!("năm")) {
        return None;
    }
    if let Some((n_tokens, period)) = years_at(text, year_word + 1) {
        return Some((year_word + 1 - at + n_tokens, period));
    }
    let first = year_of(text, tokens.get(year_word + 1)?)?;
    let next = year_word + 2;
    if is_from && is(next, word!("đến")) {
        if is(next + 1, word!("nay")) {
            return Some((next + 2 - at, Some(format!("{first}/.."))));
        }
        let last = next + 1 + usize::from(is(next + 1, word!("năm")));
        if let Some(last_year) = tokens.get(last).and_then(|it| year_of(text, it)) {
            return Some((last + 1 - at, Some(format!("{first}/{last_year}"))));
        }
    }
    Some((next - at, Some(first.to_string())))
}

/// `hằng năm`, `hiện nay`: no period of their own, and none that was in force before.
fn each_at(text: &Text<'_>, at: usize) -> Option<Read> {
    let [first, second, ..] = &text.tokens[at..] else { return None };
    let is_each = second.is(word!("năm")) && (first.is(word!("hằng")) || first.is(word!("hàng")));
    let is_now = second.is(word!("nay")) && first.is(word!("hiện"));
    (is_each || is_now).then_some((2, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: Option<&str>) {
        let text = Text::new(source);
        let mut periods = Periods::new(Some(jiff::civil::date(2025, 11, 20)));
        let mut at = 0;
        while at < text.tokens.len() {
            at += periods.read(&text, at).unwrap_or(1);
        }
        assert_eq!(periods.current.as_deref(), expected, "{source}");
    }

    #[test]
    fn years_and_spans_of_years() {
        check("Năm 2025, toàn tỉnh", Some("2025"));
        check("Từ năm 2013 – 2017, Sở", Some("2013/2017"));
        check("Từ năm 2009 đến nay đã", Some("2009/.."));
        check("giai đoạn 2026-2030", Some("2026/2030"));
        check("Trong 10 năm (2009 – 2019) đã mở", Some("2009/2019"));
    }

    #[test]
    fn parts_of_a_year_take_the_year_at_hand() {
        check("9 tháng năm 2025 tăng", Some("2025-01/2025-09"));
        check("10 tháng tăng", Some("2025-01/2025-10"));
        check("6 tháng cuối năm 2024", Some("2024-07/2024-12"));
        check("Quý III đạt", Some("2025-07/2025-09"));
        check("Trong 6 tháng đầu năm 2026, toàn tỉnh", Some("2026-01/2026-06"));
        check("Sau 04 tháng vận hành", None);
    }

    #[test]
    fn days_bound_a_state_or_a_span() {
        check("đến ngày 19 tháng 11 năm 2025 đã có", Some("2025-11-19"));
        check("từ ngày 17 đến ngày 20 tháng 11 năm 2025", Some("2025-11-17/2025-11-20"));
        check("Ngày 19/2/2020, Sở tổ chức", None);
    }

    #[test]
    fn each_year_is_no_period() {
        check("Năm 2024 đạt; hằng năm đều đạt", None);
    }
}
