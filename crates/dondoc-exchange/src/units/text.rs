//! Cells as offices write them.

use std::{collections::HashMap, sync::LazyLock};

use dondoc_core::{
    fold::{Letter, Tone, bare, is_mark, letter, tone_of_mark, with_mark},
    unit::{Kind, Level},
};

use crate::units::{Doubt, DoubtKind};

/// A cell without the white space around it, and with single blanks inside.
///
/// White space that was more than a blank inside is a doubt of the kind [`DoubtKind::Spacing`], letters with loose marks one
/// of the kind [`DoubtKind::LooseMarks`].
pub(crate) fn clean(cell: &str, row: u32, doubts: &mut Vec<Doubt>) -> String {
    let trimmed = cell.trim();
    let cleaned = trimmed.split_whitespace().collect::<Vec<_>>().join(" ");
    if cleaned != trimmed {
        doubts.push(Doubt::at(row, DoubtKind::Spacing, trimmed.replace(['\n', '\r'], "⏎")));
    }
    if !cleaned.contains(is_mark) {
        return cleaned;
    }
    let composed = composed(&cleaned);
    doubts.push(Doubt::at(row, DoubtKind::LooseMarks, composed.clone()));
    composed
}

/// Letters by base, tone and case.
static COMPOSED: LazyLock<HashMap<(char, u8, bool), char>> = LazyLock::new(|| {
    let letters = ('\u{c0}'..='\u{1ef9}').chain('A'..='z');
    letters
        .filter_map(|it| {
            letter(it).map(|parts| ((parts.base, parts.tone as u8, parts.is_capital), it))
        })
        .filter(|(_, it)| *it != 'Ð')
        .collect()
});

/// Letters with the marks that stand behind them put onto them.
fn composed(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    for mark in text.chars() {
        let put_on = || {
            let Letter { base, tone, is_capital } = letter(done.chars().last()?)?;
            let (base, tone) = match tone_of_mark(mark) {
                Some(it) if matches!(tone, Tone::Level) => (base, it),
                Some(_) => return None,
                None => (with_mark(base, mark)?, tone),
            };
            COMPOSED.get(&(base, tone as u8, is_capital)).copied()
        };
        match put_on().filter(|_| is_mark(mark)) {
            Some(letter) => {
                done.pop();
                done.push(letter);
            }
            None => done.push(mark),
        }
    }
    done
}

/// A name with its code in brackets: `Quận Ba Đình (001)`.
pub(crate) fn name_and_code(cell: &str) -> (&str, Option<&str>) {
    let coded = cell.strip_suffix(')').and_then(|it| it.rsplit_once('('));
    match coded {
        Some((name, code)) if !code.is_empty() && code.bytes().all(|it| it.is_ascii_digit()) => {
            (name.trim_end(), Some(code))
        }
        _ => (cell, None),
    }
}

/// Kind and name of a full name; a name without the word of a kind stays whole, with a doubt.
pub(crate) fn kind_and_name(
    full: &str,
    level: Level,
    row: u32,
    doubts: &mut Vec<Doubt>,
) -> (Option<Kind>, String) {
    if let Some((kind, name)) = Kind::split(full, level) {
        return (Some(kind), name.to_owned());
    }
    if level == Level::Commune && full.to_lowercase().starts_with("khu vực ") {
        return (Some(Kind::Area), full.to_owned());
    }
    doubts.push(Doubt::at(row, DoubtKind::NoKindWord, full.to_owned()));
    if let Some(misspelled) = misspelled_kind(full, level) {
        return misspelled;
    }
    let short = full.get(..3).filter(|it| it.to_lowercase() == "tp " && level == Level::Province);
    match short {
        Some(short) => (Some(Kind::City), full[short.len()..].trim_start().to_owned()),
        None => (None, full.to_owned()),
    }
}

/// A full name whose word of the kind lacks an accent: `Thi trấn Ngan Dừa`.
fn misspelled_kind(full: &str, level: Level) -> Option<(Option<Kind>, String)> {
    let kinds = Kind::all().filter(|it| it.level() == Some(level) && it.goes_before_the_name());
    kinds.into_iter().find_map(|kind| {
        let n_words = kind.vietnamese().split(' ').count();
        let words: Vec<&str> = full.split(' ').collect();
        let (word, name) = words.split_at_checked(n_words).filter(|(_, it)| !it.is_empty())?;
        (bare(&word.join(" ")) == bare(kind.vietnamese())).then(|| (Some(kind), name.join(" ")))
    })
}

/// A line's number as rows are counted: from 1, the heading too.
pub(crate) fn row_of(record: &csv::StringRecord) -> u32 {
    record.position().map_or(0, |it| u32::try_from(it.line()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_marks_are_put_onto_their_letters() {
        let mut doubts = Vec::new();
        for (loose, whole) in [
            ("Xa\u{303} Na\u{323}\u{302}m Ne\u{300}n", "Xã Nậm Nèn"),
            ("Xa\u{303} Na\u{302}\u{323}m", "Xã Nậm"),
            ("Phươ\u{300}ng Tu\u{31b}\u{300} Sơn", "Phường Từ Sơn"),
            ("Đ\u{300}", "Đ\u{300}"),
        ] {
            assert_eq!(clean(loose, 1, &mut doubts), whole);
        }
        assert_eq!(doubts.len(), 4);
    }
}
