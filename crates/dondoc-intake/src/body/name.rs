//! One name of a body: a head word and what belongs to it.

use std::ops::Range;

use super::{
    is_word_at,
    lexicon::{FIELDS, HEADS, Head},
    predicate,
};
use crate::text::lex::word;
use crate::text::{
    Text,
    lex::{Case, Gap},
};
use dondoc_core::fold::SyllableKey;

mod tail;

use self::tail::{capital_run, is_capital_verb, level_tail, names_end, open_tail};

/// How far a name may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Up to the verb of its sentence.
    Sentence,
    /// To the end of the run, which is nothing but names.
    Whole,
}

/// A name in the making.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) tokens: Range<usize>,
    kind: Kind,
    /// `các` stands before it.
    is_quantified: bool,
    /// It says which of its kind are meant (`các cấp`, `liên quan`, `trên địa bàn`): nothing is missing.
    is_closed: bool,
    /// Its last word is a level of the State: `UBND xã`.
    ends_in_level: bool,
    /// An office holder without a body: `Bộ trưởng`.
    is_bare_title: bool,
    /// It begins with a level of the State: `phường`, `thành phố trực thuộc Trung ương`.
    is_level: bool,
    /// It speaks of several: `các` stands in it.
    is_plural: bool,
    /// A board: `Hội đồng thành viên`.
    is_board: bool,
    /// A title that says nothing alone: `Giám đốc` of `Giám đốc, Thủ trưởng các sở`.
    is_short_title: bool,
    /// A company without a name of its own: `Tổng công ty`.
    is_company: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Proper,
    Titled,
    Generic,
}

/// How many tokens a name has at most.
const MAX_TOKENS: usize = 160;

impl Name {
    /// Whether the next name of a list shares a word with this one, so that the two are one.
    ///
    /// `by_and`: nothing but `và` stands between them.
    pub(super) fn takes(&self, next: &Name, by_and: bool) -> bool {
        if self.kind == Kind::Titled && next.kind == Kind::Titled {
            // `Bí thư Tỉnh ủy và Chủ tịch UBND các tỉnh`, `Chủ tịch Hội đồng thành viên, Tổng giám đốc các Tập
            // đoàn` are two offices of the same bodies.
            let is_open = !self.is_plural && next.is_plural && self.tokens.len() <= 5;
            return is_open
                && (by_and && !self.is_bare_title || self.is_board || self.is_short_title);
        }
        if self.kind == Kind::Titled && self.is_plural && next.is_company {
            return true;
        }
        // `UBND các huyện, thị xã Bình An`
        if next.is_level && !next.is_quantified && self.ends_in_level && self.is_plural {
            return true;
        }
        if next.kind != Kind::Generic || next.is_quantified {
            return false;
        }
        match self.kind {
            Kind::Titled => true,
            Kind::Generic => !self.is_closed,
            Kind::Proper => {
                self.ends_in_level && (next.is_level || self.is_plural && next.tokens.len() == 1)
            }
        }
    }

    /// Takes the next name of the list in.
    pub(super) fn extend(&mut self, next: &Name) {
        self.tokens.end = next.tokens.end;
        self.is_closed |= next.is_closed;
        self.ends_in_level = next.ends_in_level || next.is_level;
    }
}

/// The name that begins at the first token of `run`. `is_in_company`: other words say that it is one, as a name
/// before it in a list does.
pub(super) fn name_at(
    text: &Text<'_>,
    run: Range<usize>,
    is_in_company: bool,
    reach: Reach,
) -> Option<Name> {
    let first = text.tokens[..run.end].get(run.start)?;
    if !first.is_word() || (first.gap == Gap::Blank && is_in_company) {
        return None;
    }
    let head_at = after_quantifier(text, run.start, run.end);
    let is_quantified = head_at > run.start;
    let Some((n_head, head)) = HEADS.longest(&text.tokens[..run.end], head_at) else {
        return place_name(text, &run, is_in_company);
    };
    let mut head = (*head)?;
    let head_token = text.tokens[head_at];
    if head == Head::NamedIfCapital {
        let next = text.tokens[..run.end].get(head_at + n_head);
        let is_named = head_token.is_capital()
            && next.is_some_and(|it| it.is_capital() || (is_quantified && it.is_word()));
        head = if is_named { Head::Named } else { Head::Follower };
    }
    if head == Head::Follower && !is_quantified && !is_in_company {
        return None;
    }
    let after_head = head_at + n_head;
    let seen = Seen { start: run.start, head_at, after_head, is_quantified, is_in_company };
    let name = match head {
        Head::Title => titled(text, run.start, after_head..run.end, reach),
        Head::Field => field_body(text, (run.start, head_at), after_head..run.end, reach),
        Head::Named => named(text, &seen, run.end, reach)?,
        Head::NamedIfCapital | Head::Generic | Head::Follower | Head::Level => {
            generic(text, &seen, run.end, (head == Head::Level, reach))?
        }
    };
    (name.tokens.len() <= MAX_TOKENS).then_some(Name { is_quantified, ..name })
}

/// Where a head stands, and what stands before it.
struct Seen {
    start: usize,
    head_at: usize,
    after_head: usize,
    is_quantified: bool,
    is_in_company: bool,
}

/// `UBND xã Bình An`, `Mặt trận Tổ quốc`
fn named(text: &Text<'_>, seen: &Seen, end: usize, reach: Reach) -> Option<Name> {
    let Seen { start, head_at, after_head, .. } = *seen;
    let is_small = text.tokens[head_at].case == Case::Lower;
    let end = open_tail(text, after_head..end, head_at, reach);
    // `một trung tâm` is no name.
    let is_bare = end == after_head && is_small && after_head > head_at + 1;
    if is_bare && !seen.is_quantified && !seen.is_in_company {
        return None;
    }
    // `các tỉnh ủy, thành ủy, đảng ủy trực thuộc Trung ương`
    let is_committee = is_small
        && is_word_at(text, after_head - 1, word!("ủy"))
        && !text.tokens[after_head..end].first().is_some_and(|it| it.is_capital());
    let kind = if is_committee { Kind::Generic } else { Kind::Proper };
    Some(Name::new(text, start..end, kind))
}

/// `các cơ quan liên quan`, `xã Bình An`, `Các ngành Quân sự, Công an`
fn generic(text: &Text<'_>, seen: &Seen, end: usize, what: (bool, Reach)) -> Option<Name> {
    let Seen { start, head_at, after_head, .. } = *seen;
    let (is_level, reach) = what;
    let names = names_end(text, after_head..end);
    let end = if seen.is_quantified && names > after_head {
        level_tail(text, names..end, reach)
    } else {
        open_tail(text, after_head..end, head_at, reach)
    };
    let is_place = is_level
        && text.tokens[..end].get(after_head).is_some_and(|it| it.is_capital())
        && !is_capital_verb(text, after_head);
    // A lone level in small letters is a body only in company: `UBND xã, phường`.
    let is_lone = is_level && !is_place && !seen.is_quantified && !seen.is_in_company;
    if is_lone && text.tokens[head_at].case == Case::Lower {
        return None;
    }
    let kind = if is_place { Kind::Proper } else { Kind::Generic };
    Some(Name { is_level, ..Name::new(text, start..end, kind) })
}

impl Name {
    fn new(text: &Text<'_>, tokens: Range<usize>, kind: Kind) -> Self {
        let last = tokens.end - 1;
        let word = |word: SyllableKey| is_word_at(text, last, word);
        let closers = [
            word!("liên"),
            word!("trên"),
            word!("thuộc"),
            word!("trực"),
            word!("trong"),
            word!("của"),
        ];
        let has_closer =
            tokens.clone().skip(1).any(|at| closers.iter().any(|it| is_word_at(text, at, *it)))
                || tokens.clone().skip(1).any(|at| {
                    is_word_at(text, at, word!("các"))
                        && (at + 2 >= tokens.end && is_word_at(text, at + 1, word!("cấp")))
                });
        let is_plural = tokens.clone().any(|at| is_word_at(text, at, word!("các")));
        let is_board =
            is_word_at(text, last, word!("viên")) || is_word_at(text, last, word!("trị"));
        let is_company = tokens.len() <= 3 && is_word_at(text, last, word!("ty"));
        let levels = [
            word!("xã"),
            word!("phường"),
            word!("huyện"),
            word!("tỉnh"),
            word!("quận"),
            word!("ngành"),
            word!("khu"),
            word!("bộ"),
            word!("trấn"),
        ];
        Name {
            ends_in_level: levels.iter().any(|it| word(*it))
                || (word(word!("phố")) && tokens.len() > 1),
            is_closed: has_closer,
            tokens,
            kind,
            is_quantified: false,
            is_bare_title: false,
            is_level: false,
            is_plural,
            is_board,
            is_short_title: false,
            is_company,
        }
    }
}

/// Passes over `các`, `những`, `mọi`, `toàn thể các`, `tất cả các`.
fn after_quantifier(text: &Text<'_>, at: usize, end: usize) -> usize {
    let word = |at: usize, word: SyllableKey| at < end && is_word_at(text, at, word);
    let at_plural = if (word(at, word!("toàn")) && word(at + 1, word!("thể")))
        || (word(at, word!("tất")) && word(at + 1, word!("cả")))
    {
        at + 2
    } else {
        at
    };
    if word(at_plural, word!("các"))
        || word(at_plural, word!("những"))
        || word(at_plural, word!("mọi"))
        || word(at_plural, word!("từng"))
    {
        at_plural + 1
    } else {
        at_plural
    }
}

/// `Giám đốc Sở Nội vụ`, `Chủ tịch UBND các xã, phường`, `Bộ trưởng`
fn titled(text: &Text<'_>, start: usize, rest: Range<usize>, reach: Reach) -> Name {
    // `Chủ tịch kiêm Tổng giám đốc`, `Chủ tịch, Phó Chủ tịch`: the second title begins its own name.
    if text.tokens[..rest.end].get(rest.start).is_some_and(|it| it.is_mark(':') || it.is_word())
        && !is_word_at(text, rest.start, word!("và"))
    {
        if let Some(inner) = name_at(text, rest.clone(), false, reach) {
            let name = Name { kind: Kind::Titled, ..inner };
            return Name { tokens: start..name.tokens.end, is_quantified: false, ..name };
        }
        let end = open_tail(text, rest.clone(), start, reach);
        if end > rest.start {
            return Name::new(text, start..end, Kind::Titled);
        }
    }
    let name = Name::new(text, start..rest.start, Kind::Titled);
    let is_short_title = [word!("giám"), word!("thủ"), word!("chủ"), word!("trưởng")]
        .iter()
        .any(|it| is_word_at(text, start, *it))
        && !is_word_at(text, start + 1, word!("tướng"));
    Name { is_bare_title: true, is_short_title, ..name }
}

/// `Bộ Y tế`, `các Bộ: Quốc phòng, Tài chính`, `các bộ, ngành`
fn field_body(text: &Text<'_>, start: (usize, usize), rest: Range<usize>, reach: Reach) -> Name {
    let (start, head_at) = start;
    let is_plural = start < head_at;
    let tokens = &text.tokens[..rest.end];
    let next = tokens.get(rest.start);
    if is_plural && next.is_some_and(|it| it.is_mark(':')) {
        return Name::new(text, start..names_end(text, rest.start + 1..rest.end), Kind::Proper);
    }
    if tokens[head_at].is_capital() || FIELDS.longest(tokens, rest.start).is_some() {
        if let Some((n_tokens, ())) = FIELDS.longest(tokens, rest.start) {
            let end = level_tail(text, rest.start + n_tokens..rest.end, reach);
            return Name::new(text, start..end, Kind::Proper);
        }
        if next.is_some_and(|it| it.is_capital()) {
            let end = capital_run(text, rest.clone());
            let end = if is_plural { names_end(text, rest.start..rest.end).max(end) } else { end };
            return Name::new(text, start..level_tail(text, end..rest.end, reach), Kind::Proper);
        }
    }
    let end = open_tail(text, rest, head_at, reach);
    Name::new(text, start..end, Kind::Generic)
}

/// A province at the head of a sentence: `Lam Giang cần …`; only before `cần`, `phải` or `tiếp tục`.
fn place_name(text: &Text<'_>, run: &Range<usize>, is_in_company: bool) -> Option<Name> {
    if is_in_company {
        return None;
    }
    let tokens = &text.tokens[..run.end];
    let mut end = run.start;
    while end < run.end && end < run.start + 4 && tokens[end].case == Case::Capital {
        end += 1;
    }
    let n_words = end - run.start;
    let is_charged = [word!("cần"), word!("phải")].iter().any(|it| is_word_at(text, end, *it))
        || (is_word_at(text, end, word!("tiếp")) && is_word_at(text, end + 1, word!("tục")));
    let first_is_verb = predicate::imperative_at(tokens, run.start).is_some();
    ((2..=3).contains(&n_words) && is_charged && !first_is_verb)
        .then(|| Name::new(text, run.start..end, Kind::Proper))
}
