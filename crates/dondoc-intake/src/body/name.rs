//! One name of a body: a head word and what belongs to it.

use std::ops::Range;

use super::{
    is_word_at, joins_words,
    lexicon::{FIELDS, HEADS, Head},
    predicate::{self, predicate_at},
};
use crate::text::{
    Text,
    lex::{Case, Gap, TokenKind},
};
use crate::text::lex::word;
use dondoc_core::fold::SyllableKey;

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

/// How many tokens follow a head at most, but for lists of names.
const MAX_TAIL: usize = 48;

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
            return is_open && (by_and && !self.is_bare_title || self.is_board || self.is_short_title);
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
    // `bộ, ngành`; `sở, ngành`
    let after_head = head_at + n_head;
    let name = match head {
        Head::Title => titled(text, run.start, after_head..run.end, reach),
        Head::Field => field_body(text, (run.start, head_at), after_head..run.end, reach),
        Head::Named => {
            let end = open_tail(text, after_head..run.end, head_at, reach);
            // `các tỉnh ủy, thành ủy, đảng ủy trực thuộc Trung ương`
            let is_committee = head_token.case == Case::Lower
                && is_word_at(text, after_head - 1, word!("ủy"))
                && !text.tokens[after_head..end].first().is_some_and(|it| it.is_capital());
            let kind = if is_committee { Kind::Generic } else { Kind::Proper };
            // `một trung tâm` is no name.
            if end == after_head && head_token.case == Case::Lower && n_head > 1 && !is_quantified && !is_in_company {
                return None;
            }
            Name::new(text, run.start..end, kind)
        }
        Head::NamedIfCapital | Head::Generic | Head::Follower | Head::Level => {
            let names = names_end(text, after_head..run.end);
            let end = if is_quantified && names > after_head {
                // `Các ngành Quân sự, Công an`, `các tỉnh Lam Giang, Lam Sơn`
                level_tail(text, names..run.end, reach)
            } else {
                open_tail(text, after_head..run.end, head_at, reach)
            };
            let is_place = head == Head::Level
                && text.tokens[..end].get(after_head).is_some_and(|it| it.is_capital())
                && !is_capital_verb(text, after_head);
            // A lone level in small letters is a body only in company: `UBND xã, phường`.
            if head == Head::Level
                && !is_place
                && !is_quantified
                && !is_in_company
                && head_token.case == Case::Lower
            {
                return None;
            }
            let kind = if is_place { Kind::Proper } else { Kind::Generic };
            let name = Name::new(text, run.start..end, kind);
            Name { is_level: head == Head::Level, ..name }
        }
    };
    (name.tokens.len() <= MAX_TOKENS).then_some(Name { is_quantified, ..name })
}

impl Name {
    fn new(text: &Text<'_>, tokens: Range<usize>, kind: Kind) -> Self {
        let last = tokens.end - 1;
        let word = |word: SyllableKey| is_word_at(text, last, word);
        let closers = [word!("liên"), word!("trên"), word!("thuộc"), word!("trực"), word!("trong"), word!("của")];
        let has_closer =
            tokens.clone().skip(1).any(|at| closers.iter().any(|it| is_word_at(text, at, *it)))
                || tokens.clone().skip(1).any(|at| {
                    is_word_at(text, at, word!("các"))
                        && (at + 2 >= tokens.end && is_word_at(text, at + 1, word!("cấp")))
                });
        let is_plural = tokens.clone().any(|at| is_word_at(text, at, word!("các")));
        let is_board = is_word_at(text, last, word!("viên")) || is_word_at(text, last, word!("trị"));
        let is_company = tokens.len() <= 3 && is_word_at(text, last, word!("ty"));
        let levels = [word!("xã"), word!("phường"), word!("huyện"), word!("tỉnh"), word!("quận"), word!("ngành"), word!("khu"), word!("bộ"), word!("trấn")];
        Name {
            ends_in_level: levels.iter().any(|it| word(*it)) || (word(word!("phố")) && tokens.len() > 1),
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
    let is_short_title = [word!("giám"), word!("thủ"), word!("chủ"), word!("trưởng")].iter().any(|it| is_word_at(text, start, *it))
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

/// The end of a run of names without heads: `Quốc phòng, Công an và Tài chính`.
fn names_end(text: &Text<'_>, run: Range<usize>) -> usize {
    let mut at = run.start;
    loop {
        let tokens = &text.tokens[..run.end];
        let end = match FIELDS.longest(tokens, at) {
            Some((n_tokens, ())) if tokens[at].is_capital() => at + n_tokens,
            _ => capital_run(text, at..run.end),
        };
        if end == at {
            return at.max(run.start);
        }
        let end = small_words(text, end..run.end);
        let next = match tokens.get(end) {
            Some(it) if it.is_mark(',') => end + 1 + usize::from(is_word_at(text, end + 1, word!("và"))),
            Some(_) if is_word_at(text, end, word!("và")) => end + 1,
            _ => return end,
        };
        let goes_on = tokens.get(next).is_some_and(|it| it.is_capital())
            && after_quantifier(text, next, run.end) == next
            && !matches!(
                HEADS.longest(tokens, next),
                Some((_, Some(Head::Field | Head::Title | Head::Level)))
            )
            && !(matches!(HEADS.longest(tokens, next), Some((n, Some(Head::Named))) if *&n > 1)
                && FIELDS.longest(tokens, next).is_none());
        if !goes_on {
            return end;
        }
        at = next;
    }
}

/// The end of small letters that a name goes on with: `Bưu chính viễn thông Lam Giang`.
fn small_words(text: &Text<'_>, run: Range<usize>) -> usize {
    let tokens = &text.tokens[..run.end];
    let mut at = run.start;
    while at < run.end.min(run.start + 8) {
        let is_part = tokens[at].is_word()
            && tokens[at].gap <= Gap::Line
            && predicate_at(tokens, at).is_none()
            && !predicate::ends_name(tokens, at)
            && !is_word_at(text, at, word!("và"))
            && !is_word_at(text, at, word!("liên"));
        if !is_part {
            break;
        }
        at += 1;
    }
    at
}

/// The end of a run of capitalised words, with `và`, `-` and numbers between them.
fn capital_run(text: &Text<'_>, run: Range<usize>) -> usize {
    let tokens = &text.tokens[..run.end];
    let mut at = run.start;
    while let Some(token) = tokens.get(at) {
        if at > run.start && token.gap == Gap::Blank {
            break;
        }
        let is_part = match token.kind {
            TokenKind::Word => {
                let joins = is_word_at(text, at, word!("và"))
                    && at > run.start
                    && tokens.get(at + 1).is_some_and(|it| it.is_capital())
                    && !matches!(HEADS.longest(tokens, at + 1), Some((_, Some(_))));
                let is_new = at > run.start
                    && matches!(
                        HEADS.longest(tokens, at),
                        Some((_, Some(Head::Field | Head::Title)))
                    );
                // `Bộ Y tế`: the second syllable of a word has a small letter.
                let is_second = at > run.start
                    && token.case == Case::Lower
                    && tokens[at - 1].is_capital()
                    && predicate_at(tokens, at).is_none()
                    && !predicate::ends_name(tokens, at)
                    && !matches!(
                        HEADS.longest(tokens, at),
                        Some((_, Some(Head::Field | Head::Title | Head::Named | Head::Generic | Head::Level)))
                    )
                    && !is_word_at(text, at, word!("và"))
                    && !is_word_at(text, at, word!("các"))
                    && !is_word_at(text, at, word!("liên"));
                (token.is_capital() && !is_new) || joins || is_second
            }
            TokenKind::Number => at > run.start,
            TokenKind::Mark(_) => {
                at > run.start
                    && (token.is_dash() || token.is_mark('&'))
                    && tokens.get(at + 1).is_some_and(|it| it.is_capital())
            }
        };
        if !is_part {
            break;
        }
        at += 1;
    }
    at
}

/// After a proper name its level and place: `tỉnh Lam Giang`, `thành phố`, `trên địa bàn tỉnh`, `và các đơn vị` not.
fn level_tail(text: &Text<'_>, rest: Range<usize>, reach: Reach) -> usize {
    let tokens = &text.tokens[..rest.end];
    let Some(token) = tokens.get(rest.start) else { return rest.start };
    let follows = [word!("thuộc"), word!("trực"), word!("trên"), word!("liên"), word!("có"), word!("của")];
    let is_level = matches!(HEADS.longest(tokens, rest.start), Some((_, Some(Head::Level))))
        || is_word_at(text, rest.start, word!("cấp"))
        || (is_word_at(text, rest.start, word!("các"))
            && matches!(HEADS.longest(tokens, rest.start + 1), Some((_, Some(Head::Level)))))
        || (is_word_at(text, rest.start, word!("trung")) && is_word_at(text, rest.start + 1, word!("ương")))
        || token.is_capital()
        || follows.iter().any(|it| is_word_at(text, rest.start, *it))
            && (!is_word_at(text, rest.start, word!("có")) || is_word_at(text, rest.start + 1, word!("liên")));
    let is_new = token.is_capital()
        && matches!(HEADS.longest(tokens, rest.start), Some((_, Some(Head::Field | Head::Title))));
    if is_level && !is_new && token.gap != Gap::Blank {
        open_tail(text, rest.clone(), rest.start, reach)
    } else {
        rest.start
    }
}

/// The end of the words that belong to a head: up to a verb, a preposition or a mark.
fn open_tail(text: &Text<'_>, rest: Range<usize>, head_at: usize, reach: Reach) -> usize {
    let tokens = &text.tokens[..rest.end.min(rest.start + MAX_TAIL)];
    let mut at = rest.start;
    while let Some(token) = tokens.get(at) {
        // A capital verb on the next line begins the order below a heading.
        let is_next_order = token.gap == Gap::Line
            && token.is_capital()
            && predicate::imperative_at(tokens, at).is_some()
            && reach == Reach::Sentence;
        if token.gap == Gap::Blank || is_next_order && tokens[at - 1].case == Case::Lower {
            break;
        }
        let goes_on = match token.kind {
            TokenKind::Word => word_goes_on(text, at, rest.end, (head_at, reach)),
            TokenKind::Number => token.gap <= Gap::Line,
            TokenKind::Mark(':') => {
                // `các tỉnh: Khánh Hòa, Đắk Lắk`
                let names = names_end(text, at + 1..rest.end);
                let is_list = at > rest.start.saturating_sub(1)
                    && is_plural_before(text, at)
                    && names > at + 1;
                if is_list {
                    at = names;
                    return at;
                }
                false
            }
            TokenKind::Mark(',') if reach == Reach::Whole => {
                // Part of a long heading, unless another body begins there.
                tokens.get(at + 1).is_some_and(|it| it.is_word())
                    && name_at(text, at + 1..rest.end, false, Reach::Sentence).is_none()
            }
            TokenKind::Mark(_) => {
                (joins_words(token) && tokens.get(at + 1).is_some_and(|it| it.is_word()))
                    && token.gap <= Gap::Space
            }
        };
        if !goes_on {
            break;
        }
        at += match FIELDS.longest(tokens, at) {
            Some((n_tokens, ())) if token.is_capital() => n_tokens,
            _ => 1,
        };
    }
    // A dash or `và` at the end joins nothing.
    while at > rest.start && (joins_words(&text.tokens[at - 1]) || is_word_at(text, at - 1, word!("và")))
    {
        at -= 1;
    }
    at
}

fn word_goes_on(text: &Text<'_>, at: usize, end: usize, whence: (usize, Reach)) -> bool {
    let (head_at, reach) = whence;
    let tokens = &text.tokens[..end];
    if is_word_at(text, at, word!("và")) {
        let Some(next) = tokens.get(at + 1) else { return false };
        return next.is_word()
            && predicate_at(tokens, at + 1).is_none()
            && name_at(text, at + 1..end, false, Reach::Sentence).is_none()
            && (next.is_capital() || !matches!(HEADS.longest(tokens, at + 1), Some((_, Some(_)))));
    }
    if reach == Reach::Whole {
        return true;
    }
    if predicate::ends_name(tokens, at) || is_capital_verb(text, at) {
        return false;
    }
    // `các cấp`, `cấp tỉnh`: `cấp` is a verb elsewhere.
    let is_rank = is_word_at(text, at, word!("cấp"))
        && (matches!(HEADS.longest(tokens, at + 1), Some((_, Some(Head::Level))))
            || [word!("cơ"), word!("trung"), word!("trên"), word!("dưới"), word!("có")].iter().any(|it| is_word_at(text, at + 1, *it)));
    if is_rank || is_word_at(text, at - 1, word!("các")) {
        return true;
    }
    // `cơ quan quản lý nhà nước`, `đơn vị sử dụng ngân sách`, `có liên quan`
    if is_fixed_attribute(text, at, head_at) {
        return true;
    }
    // `tổ chức chính trị` inside a name
    let token = tokens[at];
    !(token.is_capital()
        && matches!(HEADS.longest(tokens, at), Some((_, Some(Head::Field))))
        && tokens[head_at].is_capital()
        && matches!(HEADS.longest(tokens, head_at), Some((_, Some(Head::Field)))))
        && predicate_at(tokens, at).is_none()
}

/// Words that look like a verb and describe the body: `có liên quan`, `quản lý nhà nước`, `được giao`.
fn is_fixed_attribute(text: &Text<'_>, at: usize, head_at: usize) -> bool {
    let pair =
        |first: SyllableKey, second: SyllableKey| is_word_at(text, at, first) && is_word_at(text, at + 1, second);
    let after = |first: SyllableKey, second: SyllableKey| {
        at > 0 && is_word_at(text, at, second) && is_word_at(text, at - 1, first)
    };
    pair(word!("có"), word!("liên"))
        || pair(word!("có"), word!("thẩm"))
        || after(word!("có"), word!("liên"))
        || pair(word!("có"), word!("chức"))
        || (pair(word!("quản"), word!("lý")) && is_word_at(text, at + 2, word!("nhà")))
        || pair(word!("chủ"), word!("quản"))
        || pair(word!("sử"), word!("dụng"))
            && (is_word_at(text, at + 2, word!("ngân"))
                || is_word_at(text, at + 2, word!("lao"))
                || is_word_at(text, at + 2, word!("đất")))
        || after(word!("công"), word!("lập"))
        || pair(word!("khám"), word!("bệnh"))
        || pair(word!("được"), word!("giao"))
            && !is_word_at(text, at + 2, word!("trọng"))
            && !is_word_at(text, at + 2, word!("nhiệm"))
        || after(word!("được"), word!("giao"))
        || pair(word!("kiểm"), word!("soát")) && is_word_at(text, head_at, word!("trung"))
        || (pair(word!("làm"), word!("nhiệm")) || pair(word!("làm"), word!("công")))
}

/// Whether a plural level or head stands shortly before token `at`: `các tỉnh:`, `Tổng giám đốc các Tập đoàn:`.
fn is_plural_before(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(10)..at).any(|it| is_word_at(text, it, word!("các")))
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

/// `Khẩn trương`, `Tập trung` with a capital that does not belong there, after small letters.
fn is_capital_verb(text: &Text<'_>, at: usize) -> bool {
    at > 0
        && text.tokens[at].case == Case::Capital
        && text.tokens[at - 1].case == Case::Lower
        && matches!(
            predicate::imperative_at(&text.tokens, at),
            Some((predicate::Predicate::Before, n_tokens)) if n_tokens >= 2
        )
}
