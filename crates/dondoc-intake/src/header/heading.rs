//! The heading block of an official document: motto, issuer, number, place and day, type word, subject.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::{
    fold::{SyllableKey, syllable_key},
    kind::KINDS,
};
use jiff::civil::Date;

use super::{
    body_name,
    number::{self, NumberLine},
    piece::{self, Piece},
    title,
};
use crate::text::{
    Text,
    lex::{Case, Gap},
};

/// How far a heading reaches from its motto, in tokens; longer subjects are cut.
const REACH: usize = 900;
/// How far the corner of the issuer may lie before the motto.
const REACH_BACK: usize = 80;

/// A heading block as it is printed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heading {
    /// From the first letter of the issuer to the last of the subject or the addressees.
    pub(crate) tokens: Range<usize>,
    /// Whether the motto of State or Party is printed.
    pub(crate) has_motto: bool,
    /// Whether a line for the number is printed, filled in or not.
    pub(crate) has_number_line: bool,
    /// The lines of the top left corner.
    pub(crate) corner: Vec<Piece>,
    /// Number and symbol.
    pub(crate) number: Option<Range<usize>>,
    /// The symbol, where it stands apart from its number (`Số: 542` … `/TB-UBND`).
    pub(crate) symbol: Option<Range<usize>>,
    /// The place of issue.
    pub(crate) place: Option<Range<usize>>,
    /// Whether a line for place and day is printed.
    pub(crate) has_day_line: bool,
    /// The day of issue.
    pub(crate) day: Option<Date>,
    /// The code of the type word.
    pub(crate) kind: Option<&'static str>,
    /// The lines of the subject.
    pub(crate) title: Vec<Range<usize>>,
    /// Whom it is addressed to.
    pub(crate) addressees: Vec<String>,
}

/// The tokens at which a motto of State or Party begins, in order.
pub(crate) fn mottos(text: &Text<'_>, tokens: Range<usize>) -> Vec<usize> {
    tokens
        .filter(|at| text.tokens[*at].case == Case::Upper && piece::begins_motto(text, *at))
        .collect()
}

/// The heading block around the motto at token `motto`, or the one that begins there without a motto. It lies
/// within `within`.
pub(crate) fn heading(text: &Text<'_>, motto: usize, within: Range<usize>) -> Option<Heading> {
    let start = within.start.max(motto.saturating_sub(REACH_BACK));
    let mut heading = Heading::default();
    // Most headings are short; a longer look is taken only where the first did not see the end.
    for reach in [REACH / 3, REACH] {
        let end = within.end.min(motto + reach);
        let pieces = piece::pieces(text, start..end);
        let anchor = pieces.iter().position(|it| it.tokens.start >= motto)?;
        let mut reader =
            Reader { text, pieces: &pieces, end, heading: Heading::default(), motto: None };
        let first = reader.first_piece(anchor);
        let body = reader.lines_from(first);
        heading = reader.heading;
        heading.tokens = pieces[first].tokens.start..body;
        let last = pieces.last().map_or(0, |it| it.tokens.start);
        if end == within.end || body < last {
            break;
        }
    }
    let n_signs = usize::from(heading.has_number_line)
        + usize::from(heading.kind.is_some())
        + usize::from(heading.has_day_line)
        + usize::from(heading.has_motto);
    (n_signs >= 2).then_some(heading)
}

const MOTTOS: [&[&str]; 3] = [
    &["cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam"],
    &["doc", "lap", "tu", "do", "hanh", "phuc"],
    &["dang", "cong", "san", "viet", "nam"],
];

/// Where a motto broke off at the end of a line: which one, and how many of its words were printed.
type BrokenOff = (usize, usize);

struct Reader<'r, 's> {
    text: &'r Text<'s>,
    pieces: &'r [Piece],
    end: usize,
    heading: Heading,
    motto: Option<BrokenOff>,
}

impl Reader<'_, '_> {
    /// The first line of the corner before the motto: capitals, and the number where the left column comes first.
    fn first_piece(&self, anchor: usize) -> usize {
        let mut first = anchor;
        while first > 0 && anchor - first < 10 {
            let piece = &self.pieces[first - 1];
            let is_name = piece.is_upper && piece.n_words() <= 16 && kind_word(piece).is_none();
            let is_line = (is_name && !is_stamp(piece))
                || number_word(self.text, piece).is_some()
                || self.is_in_letter_subject(first - 1);
            if !is_line {
                break;
            }
            first -= 1;
        }
        // The name of the signer of the document before may be printed in capitals: the corner begins where the
        // lines together begin a body's name.
        let begins_name = |from: usize| {
            let lines: Vec<&str> =
                self.pieces[from..anchor].iter().map(|it| it.bare.as_str()).collect();
            body_name::begins_name(&lines.join(" "))
        };
        (first..anchor).find(|it| begins_name(*it)).unwrap_or(first)
    }

    /// Whether a line is `V/v …` or one of the few lines after it, before the motto.
    fn is_in_letter_subject(&self, at: usize) -> bool {
        (at.saturating_sub(3)..=at)
            .any(|it| number::begins_subject(self.text, self.pieces[it].tokens.start))
    }

    /// Reads the lines from piece `anchor` on; returns the first token of the body.
    fn lines_from(&mut self, anchor: usize) -> usize {
        let mut at = anchor;
        let mut n_strange = 0;
        while let Some(piece) = self.pieces.get(at) {
            if self.is_motto(piece) {
                self.heading.has_motto = true;
            } else if let Some(next) = self.number_or_day(at) {
                at = next;
                continue;
            } else if number::begins_subject(self.text, piece.tokens.start)
                && self.heading.title.is_empty()
            {
                at = self.letter_subject(at);
                continue;
            } else if is_address(piece) {
                return title::addressees(self.text, self.pieces, at, &mut self.heading);
            } else if let Some(kind) = kind_word(piece).filter(|_| self.may_be_kind(piece)) {
                self.heading.kind = Some(kind);
                return title::subject(self.text, self.pieces, at, &mut self.heading);
            } else if piece.is_upper && self.heading.kind.is_none() && !self.heading.has_number_line
            {
                if !is_stamp(piece) {
                    self.heading.corner.push(piece.clone());
                }
            } else if !is_stamp(piece) {
                n_strange += 1;
                let is_body =
                    self.heading.has_number_line && (piece.n_words() > 6 || n_strange > 3);
                if is_body || n_strange > 5 {
                    return piece.tokens.start;
                }
            }
            at += 1;
        }
        self.end
    }

    /// Whether the piece is a motto, or the rest of one.
    fn is_motto(&mut self, piece: &Piece) -> bool {
        let words: Vec<&str> = piece.bare.split(' ').collect();
        let broken_off = self.motto.filter(|_| !piece.after_bar);
        let starts = broken_off.into_iter().chain((0..MOTTOS.len()).map(|it| (it, 0)));
        for (which, from) in starts {
            let rest = &MOTTOS[which][from..];
            let n_same = words.iter().zip(rest).filter(|(a, b)| a == b).count();
            let is_alike = words.len() <= rest.len() && n_same * 10 >= words.len() * 7;
            // One word alone begins a motto only if its second word is on the next line.
            if is_alike
                && (words.len() > 1
                    || from > 0
                    || (which == 0 && words[0] == "cong")
                    || (which == 2 && words[0] == "dang"))
            {
                let n_read = from + words.len();
                self.motto = (n_read < MOTTOS[which].len()).then_some((which, n_read));
                return true;
            }
        }
        false
    }

    /// Reads a number line or a line of place and day; returns the piece after it.
    fn number_or_day(&mut self, at: usize) -> Option<usize> {
        let piece = &self.pieces[at];
        if !self.heading.has_number_line
            && let Some(word) = number_word(self.text, piece)
        {
            self.heading.has_number_line = true;
            let NumberLine { number, end } = number::number_line(self.text, word, self.end);
            self.heading.number = number;
            return Some(self.after_number(at, end.max(word + 1)));
        }
        if self.heading.number.as_ref().is_some_and(|it| it.len() == 1)
            && let Some(slash) = self.lone_symbol(piece)
        {
            let end = number::symbol_end(self.text, slash, self.end);
            self.heading.symbol = Some(slash..end);
            return Some(self.piece_at(end, at));
        }
        if self.heading.has_day_line {
            return None;
        }
        let tokens = piece.tokens.clone();
        let line = tokens.clone().take(12).find_map(|it| number::place_and_day(self.text, it))?;
        let begins = line.tokens.start <= tokens.start || line.place.is_none();
        if !begins && tokens.len() > 16 {
            return None;
        }
        self.heading.has_day_line = true;
        self.heading.day = line.day;
        self.heading.place = line.place;
        Some(self.piece_at(line.tokens.end, at))
    }

    /// The slash of a symbol that stands apart from its number.
    fn lone_symbol(&self, piece: &Piece) -> Option<usize> {
        let slash = piece.tokens.start.checked_sub(1)?;
        let is_lone = piece.begins_line
            && self.text.tokens[slash].is_mark('/')
            && self.text.tokens[slash].gap >= Gap::Line;
        is_lone.then_some(slash)
    }

    /// What follows the number on its line: the day of the right column, the subject of a letter.
    fn after_number(&mut self, at: usize, end: usize) -> usize {
        let next = self.piece_at(end, at);
        let last = self.pieces.get(next).map_or(self.end, |it| it.tokens.start).min(end + 20);
        for token in end..last {
            if number::begins_subject(self.text, token) {
                self.heading.title.push(token..last);
                return self.letter_rest(next);
            }
            if !self.heading.has_day_line
                && let Some(line) = number::place_and_day(self.text, token)
            {
                self.heading.has_day_line = true;
                self.heading.day = line.day;
                self.heading.place = line.place;
                return self.piece_at(line.tokens.end, at);
            }
        }
        next
    }

    /// The first piece after piece `at` that begins at or after a token.
    fn piece_at(&self, token: usize, at: usize) -> usize {
        (at + 1..self.pieces.len())
            .find(|it| self.pieces[*it].tokens.start >= token)
            .unwrap_or(self.pieces.len())
    }

    /// `V/v …` under the number.
    fn letter_subject(&mut self, at: usize) -> usize {
        self.heading.title.push(self.pieces[at].tokens.clone());
        self.letter_rest(at + 1)
    }

    /// The other lines of `V/v …`, to the bar of the cell, a blank line or the address.
    fn letter_rest(&mut self, mut at: usize) -> usize {
        while let Some(piece) = self.pieces.get(at) {
            if piece.after_bar || piece.after_blank || piece.after_rule || is_address(piece) {
                break;
            }
            if let Some(next) = self.number_or_day(at) {
                at = next;
                continue;
            }
            if kind_word(piece).is_some() && piece.is_upper {
                break;
            }
            self.heading.title.push(piece.tokens.clone());
            at += 1;
        }
        at
    }

    /// A type word stands alone or in capitals; in a corner of capitals it comes after motto or number.
    fn may_be_kind(&self, piece: &Piece) -> bool {
        let is_placed = self.heading.has_motto || self.heading.has_number_line;
        is_placed
            && (piece.is_upper
                || KINDS.iter().any(|it| dondoc_core::fold::bare(it.name) == piece.bare))
    }
}

/// `Số` of a number line in a piece: at its head, or after the type (`Luật số: 121/2025/QH15`).
fn number_word(text: &Text<'_>, piece: &Piece) -> Option<usize> {
    let first = piece.tokens.start;
    if number::is_number_word(text, first) {
        return Some(first);
    }
    let is_word = |it: &usize| {
        let token = &text.tokens[*it];
        let next = text.tokens.get(it + 1);
        token.key == *SO
            && token.gap <= Gap::Space
            && next.is_some_and(|it| it.is_mark(':') || it.is_number())
    };
    let has_kind = kind_word(piece).is_some() && piece.n_words() <= 8;
    has_kind.then(|| (first + 1..(first + 4).min(piece.tokens.end)).find(is_word)).flatten()
}

static SO: LazyLock<SyllableKey> = LazyLock::new(|| syllable_key("số"));

/// The code of the type that a piece begins with.
pub(crate) fn kind_word(piece: &Piece) -> Option<&'static str> {
    static NAMES: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
        let mut names: Vec<(String, &str)> = KINDS
            .iter()
            .filter(|it| it.code != "news")
            .map(|it| (dondoc_core::fold::bare(it.name), it.code))
            .collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names
    });
    NAMES.iter().find(|(name, _)| piece.begins(name)).map(|(_, code)| *code)
}

/// Stamps that are no part of the issuer's name.
pub(crate) fn is_stamp(piece: &Piece) -> bool {
    const STAMPS: &[&str] = &[
        "hoa toc",
        "thuong khan",
        "khan",
        "hoa toc hen gio",
        "mat",
        "toi mat",
        "tuyet mat",
        "du thao",
        "ban sao",
        "sao y",
        "ban chinh",
        "sao y ban chinh",
        "sao luc",
        "chi luu hanh noi bo",
        "luu hanh noi bo",
        "cong bao",
        "den",
        "cong van den",
        "ban du thao",
        "du thao lan",
    ];
    STAMPS.contains(&piece.bare.as_str()) || piece.begins("du thao") || piece.begins("cong bao")
}

/// `Kính gửi:`
pub(crate) fn is_address(piece: &Piece) -> bool {
    piece.begins("kinh gui") || piece.begins("dong kinh gui")
}
