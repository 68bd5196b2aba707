//! Scraped pages: where their articles begin and end among the furniture.

use std::{ops::Range, sync::LazyLock};

use jiff::civil::Date;

use super::{
    Form, Segment, boundary, form,
    furniture::{self, Furniture},
};
use crate::text::{
    Text, day,
    layout::{Line, is_roman},
    lex::{Case, TokenKind},
    phrase::Words,
};

/// A paragraph has at least so many words.
const PARAGRAPH: usize = 12;
/// A line without a closing mark is a paragraph from so many words on.
const LONG: usize = 45;

/// What a line of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Blank,
    Furniture(Furniture),
    /// A paragraph of the text.
    Content,
    /// The day of publication.
    Day,
    /// Anything else: titles, captions, names, items.
    Short,
}

/// Whether a range of tokens holds a text of its own, and not only the top of a page.
pub(crate) fn is_text(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let lines = lines_of(text, &tokens);
    let n_paragraphs =
        lines.iter().filter(|it| is_content(text, it) && it.tokens.len() > 30).count();
    tokens.len() > 300 && n_paragraphs >= 4
}

/// The documents of a page without heading blocks.
pub(crate) fn segments(text: &Text<'_>, tokens: Range<usize>, segments: &mut Vec<Segment>) {
    let lines = lines_of(text, &tokens);
    let roles: Vec<Role> = lines.iter().map(|it| role(text, it)).collect();
    let Some(first) = (0..roles.len()).find(|it| roles[*it] == Role::Content) else {
        plain(text, lines, &roles, tokens, segments);
        return;
    };
    if form::is_official(text, head_trimmed(text, lines, &roles, first, &tokens)) {
        let start = head_start(text, lines, &roles, first, true);
        let last = article_end(text, lines, &roles, start.line..roles.len());
        let tokens = lines[start.line].tokens.start..lines[last].tokens.end;
        let tokens = boundary::trimmed(text, tokens);
        segments.push(Segment {
            tokens,
            form: Form::Official,
            title: None,
            boilerplate: Vec::new(),
        });
        return;
    }
    let mut heads = vec![head_start(text, lines, &roles, first, false)];
    heads.extend(later_titles(text, lines, &roles, first));
    for (at, head) in heads.iter().enumerate() {
        let end = heads.get(at + 1).map_or(roles.len(), |it| it.line);
        let last = article_end(text, lines, &roles, head.line..end);
        let range = boundary::trimmed(text, lines[head.line].tokens.start..lines[last].tokens.end);
        let range = closed(text, range, lines[last].tokens.end);
        if !range.is_empty() {
            segments.push(Segment {
                tokens: range,
                form: Form::Article,
                title: head.title.clone(),
                boilerplate: Vec::new(),
            });
        }
    }
}

/// The slash of a final `/.` belongs to the text.
fn closed(text: &Text<'_>, range: Range<usize>, line_end: usize) -> Range<usize> {
    let rest = &text.tokens[range.end..line_end.max(range.end)];
    let n_marks =
        rest.iter().take_while(|it| matches!(it.kind, TokenKind::Mark('.' | '/'))).count();
    range.start..range.end + n_marks
}

/// A page without a paragraph: all that is no furniture.
fn plain(
    text: &Text<'_>,
    lines: &[Line],
    roles: &[Role],
    tokens: Range<usize>,
    segments: &mut Vec<Segment>,
) {
    let is_text = |it: &usize| matches!(roles[*it], Role::Short | Role::Day);
    let first = (0..roles.len()).find(is_text);
    let last = (0..roles.len()).rev().find(is_text);
    let range = match (first, last) {
        (Some(first), Some(last)) => lines[first].tokens.start..lines[last].tokens.end,
        _ => tokens,
    };
    let form = if form::is_official(text, range.clone()) { Form::Official } else { Form::Article };
    let tokens = boundary::trimmed(text, range);
    if !tokens.is_empty() {
        segments.push(Segment { tokens, form, title: None, boilerplate: Vec::new() });
    }
}

fn lines_of<'t>(text: &'t Text<'_>, tokens: &Range<usize>) -> &'t [Line] {
    let first = text.lines.partition_point(|it| it.tokens.end <= tokens.start);
    let last = text.lines.partition_point(|it| it.tokens.start < tokens.end);
    &text.lines[first..last.max(first)]
}

fn role(text: &Text<'_>, line: &Line) -> Role {
    if line.tokens.is_empty() {
        return Role::Blank;
    }
    if let Some(kind) = furniture::kind(text, line) {
        return Role::Furniture(kind);
    }
    if day_line(text, line.tokens.clone()).is_some() {
        return Role::Day;
    }
    if is_content(text, line) { Role::Content } else { Role::Short }
}

/// Whether a line is a paragraph: long, and closed as a sentence is.
pub(crate) fn is_content(text: &Text<'_>, line: &Line) -> bool {
    let tokens = &text.tokens[line.tokens.clone()];
    let n_words = tokens.iter().take(LONG * 3).filter(|it| it.is_word()).count();
    let last = tokens.last().map(|it| it.kind);
    let is_closed =
        matches!(last, Some(TokenKind::Mark('.' | '!' | '?' | '…' | ':' | ';' | '”' | '"' | ')')));
    n_words >= LONG || (n_words >= PARAGRAPH && is_closed)
}

/// Where an article begins.
#[derive(Clone, Debug)]
struct Head {
    /// Its first line.
    line: usize,
    /// Its title, where that survives only in furniture.
    title: Option<Range<usize>>,
}

/// The tokens from the first line that is no furniture.
fn head_trimmed(
    text: &Text<'_>,
    lines: &[Line],
    roles: &[Role],
    content: usize,
    tokens: &Range<usize>,
) -> Range<usize> {
    let shorts = || (0..content).filter(|it| roles[*it] == Role::Short);
    let typed = shorts().find(|it| form::has_kind_word(text, &lines[*it]));
    let first = typed.or_else(|| shorts().next()).unwrap_or(content);
    lines[first].tokens.start..tokens.end
}

/// Where the first article begins, before its first paragraph: at its title.
fn head_start(
    text: &Text<'_>,
    lines: &[Line],
    roles: &[Role],
    content: usize,
    is_official: bool,
) -> Head {
    let n_words =
        |it: usize| text.tokens[lines[it].tokens.clone()].iter().filter(|it| it.is_word()).count();
    let shorts: Vec<usize> = (0..content).filter(|it| roles[*it] == Role::Short).collect();
    if is_official {
        // The type word may stand alone on the first line.
        let typed = shorts.iter().copied().find(|it| form::has_kind_word(text, &lines[*it]));
        if let Some(line) = typed {
            return Head { line, title: None };
        }
    }
    // The title is the first long line; the site may print it first with its own name after it.
    // A row of a menu has bars between its entries; a title with the site's name after it has one at most.
    let is_menu = |it: usize| {
        text.tokens[lines[it].tokens.clone()].iter().filter(|it| it.is_mark('|')).count() > 1
    };
    let long: Vec<usize> =
        shorts.iter().copied().filter(|it| n_words(*it) >= 6 && !is_menu(*it)).collect();
    let title = long.iter().copied().find(|it| {
        let key = |at: usize| lines[at].tokens.clone().map(|it| text.tokens[it].key);
        !long.iter().any(|other| {
            other > it
                && key(*other).zip(key(*it)).all(|(a, b)| a == b)
                && lines[*other].tokens.len() <= lines[*it].tokens.len()
        })
    });
    if let Some(title) = title {
        return Head { line: title, title: None };
    }
    // A short line right before the text is a title, unless it is the name of a section of the site.
    let near = shorts.last().copied().filter(|it| {
        let between = (*it + 1..content).all(|it| roles[it] != Role::Short);
        between && n_words(*it) == 5 && !is_official
    });
    match near {
        Some(line) => Head { line, title: None },
        None => Head {
            line: content,
            title: title_in_furniture(text, &lines[..content], &roles[..content]),
        },
    }
}

static UPDATED: LazyLock<Words> = LazyLock::new(|| Words::new(["được", "trên", "tại"]));

/// `Bạn đang xem bài viết … được cập nhật`: the title in it, as bytes.
fn title_in_furniture(text: &Text<'_>, lines: &[Line], roles: &[Role]) -> Option<Range<usize>> {
    let at = roles.iter().position(|it| *it == Role::Furniture(Furniture::Title))?;
    let tokens = lines[at].tokens.clone();
    let is =
        |at: usize, word: &str| text.tokens.get(at).is_some_and(|it| day::is_word(text, it, word));
    let start = tokens
        .clone()
        .take(8)
        .find(|it| is(*it, "viết") || is(*it, "xem") && !is(it + 1, "bài"))?
        + 1;
    let end = (start..tokens.end).find(|it| {
        UPDATED.has(&text.tokens[*it])
            && (is(it + 1, "cập")
                || is(it + 1, "website")
                || is(it + 1, "trang")
                || is(it + 1, "đăng"))
    })?;
    text.bytes(start..end)
}

/// The titles of the articles after the first.
fn later_titles(text: &Text<'_>, lines: &[Line], roles: &[Role], content: usize) -> Vec<Head> {
    let mut heads = Vec::new();
    let mut n_paragraphs = 1;
    let mut has_days = roles[..content].contains(&Role::Day);
    for at in content + 1..roles.len() {
        match roles[at] {
            Role::Content => n_paragraphs += 1,
            Role::Day => has_days = true,
            Role::Short => {}
            Role::Blank | Role::Furniture(_) => continue,
        }
        let is_candidate = roles[at] == Role::Short && n_paragraphs >= 2;
        if !is_candidate {
            continue;
        }
        let next = (at + 1..roles.len()).find(|it| roles[*it] != Role::Blank).map(|it| roles[it]);
        let opens_text = next == Some(Role::Content);
        let is_title = (opens_text && is_title_case(text, &lines[at]))
            || (next == Some(Role::Day) && has_days && n_words(text, &lines[at]) >= 6);
        if is_title {
            heads.push(Head { line: at, title: None });
            n_paragraphs = 0;
        }
    }
    heads
}

fn n_words(text: &Text<'_>, line: &Line) -> usize {
    text.tokens[line.tokens.clone()].iter().filter(|it| it.is_word()).count()
}

/// Every Word Begins With A Capital.
fn is_title_case(text: &Text<'_>, line: &Line) -> bool {
    let tokens = &text.tokens[line.tokens.clone()];
    let words: Vec<Case> = tokens.iter().filter(|it| it.is_word()).map(|it| it.case).collect();
    let n_capital = words.iter().filter(|it| **it == Case::Capital).count();
    let n_upper = words.iter().filter(|it| **it == Case::Upper).count();
    let is_open =
        !matches!(tokens.last().map(|it| it.kind), Some(TokenKind::Mark('.' | ':' | ';' | ',')));
    words.len() >= 6
        && is_open
        && n_upper * 2 < words.len()
        && (n_capital + n_upper) * 10 >= words.len() * 9
}

/// The last line of an article in a range of lines: its last paragraph, with the name of who wrote it.
fn article_end(text: &Text<'_>, lines: &[Line], roles: &[Role], range: Range<usize>) -> usize {
    let closing = range.clone().find(|it| {
        roles[*it] == Role::Furniture(Furniture::Closing) && has_content(roles, range.start..*it)
    });
    let end = closing.unwrap_or(range.end);
    let Some(last) = (range.start..end).rev().find(|it| roles[*it] == Role::Content) else {
        return (range.start..end)
            .rev()
            .find(|it| matches!(roles[*it], Role::Short | Role::Day))
            .unwrap_or(range.start);
    };
    // Names and captions after the last paragraph; a run of many lines is a list of links.
    let mut after: Vec<usize> = Vec::new();
    let mut has_credit = false;
    for (at, role) in (last + 1..end).zip(&roles[last + 1..end]) {
        match role {
            Role::Blank => {}
            Role::Short => after.push(at),
            Role::Day | Role::Content => break,
            Role::Furniture(kind) => {
                has_credit |= *kind == Furniture::Credit;
                if !after.is_empty() {
                    break;
                }
            }
        }
    }
    let items = after.iter().take_while(|it| is_item(text, &lines[**it])).count();
    if items > 0 {
        return after[items - 1];
    }
    let n_names = after.iter().take_while(|it| is_byline(text, &lines[**it])).count();
    if n_names > 0 && n_names <= 3 {
        return after[n_names - 1];
    }
    if after.len() == 1 && !has_credit { after[0] } else { last }
}

fn has_content(roles: &[Role], lines: Range<usize>) -> bool {
    roles[lines].iter().any(|it| matches!(it, Role::Content | Role::Short))
}

/// A short item of a list still belongs to the text.
fn is_item(text: &Text<'_>, line: &Line) -> bool {
    let tokens = &text.tokens[line.tokens.clone()];
    let is_marked = tokens[0].is_dash()
        || tokens[0].is_number()
            && tokens.get(1).is_some_and(|it| it.is_mark('.') || it.is_mark(')'));
    let last = tokens[tokens.len() - 1].kind;
    is_marked && tokens.len() > 4 && matches!(last, TokenKind::Mark('.' | ';' | ','))
}

/// `GIÀNG PÁO MỶ, Ủy viên …`, `PV.`, `Hải Yến (tổng hợp)`, `Theo TTXVN`
fn is_byline(text: &Text<'_>, line: &Line) -> bool {
    let tokens = &text.tokens[line.tokens.clone()];
    let words: Vec<_> = tokens.iter().filter(|it| it.is_word()).collect();
    let n_small = words.iter().filter(|it| it.case == Case::Lower).count();
    let is_named = words.len() >= 2 && words[0].case == Case::Upper && words[1].case == Case::Upper;
    (words.len() <= 8 && n_small <= 2) || (is_named && words.len() <= 30)
}

static DAY_SIGNS: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "cập", "nhật", "đăng", "xuất", "bản", "gmt", "thứ", "lúc", "ngày", "tháng", "năm", "hai",
        "ba", "tư", "sáu", "bảy", "chủ", "giờ", "am", "pm", "h", "t", "lần", "cuối", "tin", "viết",
        "gửi", "bởi", "phát", "hành",
    ])
});
static STRONG_SIGNS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(["cập", "đăng", "gmt", "thứ", "chủ", "xuất", "lúc", "phát", "viết"])
});

/// The day that a line prints as the day of publication; `None` for any other line.
pub(crate) fn day_line(text: &Text<'_>, tokens: Range<usize>) -> Option<Date> {
    let run = &text.tokens[tokens.clone()];
    if run.len() > 26 || run.len() < 5 || !run.iter().any(|it| it.is_number()) {
        return None;
    }
    let n_strange = run.iter().filter(|it| it.is_word() && !DAY_SIGNS.has(it)).count();
    let has_time = run.windows(3).any(|it| {
        it[0].is_number() && it[1].is_mark(':') && it[2].is_number() && it[2].end - it[2].start == 2
    });
    let is_told = has_time || n_strange == 0 || run.iter().any(|it| STRONG_SIGNS.has(it));
    let is_label =
        is_roman(&text.source[run[0].start as usize..run[0].end as usize]) || run[0].is_dash();
    if n_strange > 4 || !is_told || is_label || run[run.len() - 1].is_mark('.') && n_strange > 1 {
        return None;
    }
    let mut tokens = tokens;
    tokens.find_map(|at| day::day_at(text, at)).map(|(day, _)| day)
}

/// The title of an article that begins with it.
pub(crate) fn title_line(text: &Text<'_>, segment: &Segment) -> Option<Range<usize>> {
    if segment.title.is_some() {
        return None;
    }
    let line =
        text.lines.get(text.lines.partition_point(|it| it.tokens.end <= segment.tokens.start))?;
    let tokens = segment.tokens.start..line.tokens.end.min(segment.tokens.end);
    (!is_content(text, line) && !tokens.is_empty()).then_some(tokens)
}
