//! Days, months, quarters and years as they are written.

use jiff::civil::Date;

use super::{
    Text,
    lex::{self, Gap, Token, TokenKind, word},
};
use dondoc_core::fold::syllable_key;

/// The day written at token `at`, and how many tokens it takes.
///
/// Reads `17/9/2019`, `17.9.2019`, `17-9-2019`, `ngày 17/9/2019`, `ngày 31 tháng 5 năm 2022`. Day first, always. A day
/// without a year, or one that no calendar has, is none.
#[must_use]
pub fn day_at(text: &Text<'_>, at: usize) -> Option<(Date, usize)> {
    let tokens = &text.tokens[at..];
    let prefix = usize::from(tokens.first()?.is(word!("ngày")));
    let numeric = numeric_day(text, tokens.get(prefix..)?);
    let found =
        numeric.or_else(|| (prefix > 0).then(|| worded_day(text, tokens.get(1..)?)).flatten());
    found.map(|(day, n_tokens)| (day, n_tokens + prefix))
}

/// `17/9/2019`
fn numeric_day(text: &Text<'_>, tokens: &[Token]) -> Option<(Date, usize)> {
    let [day, first, month, second, year, ..] = tokens else { return None };
    let mark = |it: &Token| matches!(it.kind, TokenKind::Mark('/' | '.' | '-'));
    // `12/ 11 /2025` has stray spaces; a line break may fall after a slash.
    let is_close = tokens[1..5].iter().all(|it| it.gap <= Gap::Line);
    let n_gaps = tokens[1..5].iter().filter(|it| it.gap != Gap::None).count();
    if !is_close
        || n_gaps > 2
        || !mark(first)
        || first.kind != second.kind
        || (n_gaps > 0 && !first.is_mark('/'))
    {
        return None;
    }
    Some((date(text, day, month, year)?, 5))
}

/// `31 tháng 5 năm 2022`
fn worded_day(text: &Text<'_>, tokens: &[Token]) -> Option<(Date, usize)> {
    let [day, month_word, month, year_word, year, ..] = tokens else { return None };
    // `tháng 5, năm 2022`
    let (year_word, year, n_tokens) =
        if year_word.is_mark(',') { (year, tokens.get(5)?, 6) } else { (year_word, year, 5) };
    if !month_word.is(word!("tháng")) || !year_word.is(word!("năm")) {
        return None;
    }
    Some((date(text, day, month, year)?, n_tokens))
}

fn date(text: &Text<'_>, day: &Token, month: &Token, year: &Token) -> Option<Date> {
    let number = |it: &Token| it.is_number().then(|| lex::number(text.source, it)).flatten();
    let year = number(year).filter(|it| (1900..2200).contains(it))?;
    Date::new(year as i16, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?)
        .ok()
}

/// The month written at token `at` as `YYYY-MM`, and how many tokens it takes: `tháng 12/2025`, `tháng 12 năm 2025`.
#[must_use]
pub fn month_at(text: &Text<'_>, at: usize) -> Option<(String, usize)> {
    let [word, month, mark, year, ..] = &text.tokens[at..] else { return None };
    if !word.is(word!("tháng")) || !month.is_number() {
        return None;
    }
    let month = lex::number(text.source, month).filter(|it| (1..=12).contains(it))?;
    if !mark.is_mark('/') && !mark.is(word!("năm")) && !mark.is_mark('-') {
        return None;
    }
    Some((format!("{}-{month:02}", year_of(text, year)?), 4))
}

/// The quarter written at token `at` as its first and last month, and how many tokens it takes: `Quý I/2026`,
/// `quý 1 năm 2026`.
#[must_use]
pub fn quarter_at(text: &Text<'_>, at: usize) -> Option<((String, String), usize)> {
    let [word, quarter, mark, year, ..] = &text.tokens[at..] else { return None };
    if !word.is(word!("quý")) {
        return None;
    }
    let number = match &text.source[quarter.start as usize..quarter.end as usize] {
        "I" | "1" => 1,
        "II" | "2" => 2,
        "III" | "3" => 3,
        "IV" | "4" => 4,
        _ => return None,
    };
    if !mark.is_mark('/') && !mark.is(word!("năm")) && !mark.is_mark('-') {
        return None;
    }
    let year = year_of(text, year)?;
    Some(((format!("{year}-{:02}", number * 3 - 2), format!("{year}-{:02}", number * 3)), 4))
}

/// The year that a token is, if it is one of four digits from 1900 to 2199.
#[must_use]
pub fn year_of(text: &Text<'_>, token: &Token) -> Option<u16> {
    let is_long = token.is_number() && token.end - token.start == 4;
    let year = is_long.then(|| lex::number(text.source, token)).flatten()?;
    (1900..2200).contains(&year).then_some(year as u16)
}

/// Whether a token is this word, spelling compared as [`dondoc_core::fold::syllable_key`] does.
///
/// For words that change at run time; a rule that always asks for the same word is faster with `word!`.
#[must_use]
pub fn is_word(text: &Text<'_>, token: &Token, word: &str) -> bool {
    let written = &text.source.as_bytes()[token.start as usize..token.end as usize];
    if !token.is_word() || written.len() < word.len() {
        return false;
    }
    // Capitals are as long as small letters; only combining marks (U+0300–U+036F) make a spelling longer.
    let may_be_longer = || written.iter().any(|it| matches!(it, 0xcc | 0xcd));
    written == word.as_bytes()
        || (written.len() == word.len() || may_be_longer()) && syllable_key(word) == token.key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: Option<&str>) {
        let text = Text::new(source);
        assert_eq!(
            day_at(&text, 0).map(|(day, _)| day.to_string()).as_deref(),
            expected,
            "{source}"
        );
    }

    #[test]
    fn a_day_comes_first_then_its_month() {
        check("17/9/2019", Some("2019-09-17"));
        check("ngày 05/11/2014", Some("2014-11-05"));
        check("ngày 31 tháng 5 năm 2022", Some("2022-05-31"));
        check("ngày\n21\ntháng 11 năm 2025", Some("2025-11-21"));
        check("29.8.2025", Some("2025-08-29"));
    }

    #[test]
    fn what_no_calendar_has_is_no_day() {
        check("31/2/2025", None);
        check("9/7", None);
        check("12/17/2025", None);
        check("79/2014/2025", None);
    }

    #[test]
    fn months_and_quarters_need_their_year() {
        let text = Text::new("tháng 12/2025 Quý III năm 2026 tháng 5");
        assert_eq!(month_at(&text, 0), Some(("2025-12".to_owned(), 4)));
        assert_eq!(quarter_at(&text, 4), Some((("2026-07".to_owned(), "2026-09".to_owned()), 4)));
        assert_eq!(month_at(&text, 8), None);
    }
}
