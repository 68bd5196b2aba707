//! Official documents that lost their heading block, known by their form.

use std::{ops::Range, sync::LazyLock};

use super::page;
use crate::{
    header::{body_name, heading, piece},
    text::{
        Text, day,
        layout::{LabelKind, Line},
        lex::{Gap, Token},
        phrase::Words,
    },
};

/// The sentence that opens a list of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// Who orders.
    pub(crate) speaker: Range<usize>,
}

/// How far in the order may stand, in blocks.
const REACH: usize = 12;

static ORDERS: LazyLock<Words> = LazyLock::new(|| Words::new(["yêu", "chỉ"]));

/// `Chủ tịch … yêu cầu … thực hiện một số nội dung sau:` with numbered items after it.
pub(crate) fn order(text: &Text<'_>, tokens: Range<usize>) -> Option<Order> {
    let from = text.blocks.partition_point(|it| it.tokens.start < tokens.start);
    for (at, block) in text.blocks.iter().enumerate().skip(from).take(REACH) {
        if block.tokens.end > tokens.end {
            return None;
        }
        let next = text.blocks.get(at + 1)?;
        let opens_list = text.tokens[block.tokens.end - 1].is_mark(':')
            && next
                .label
                .as_ref()
                .is_some_and(|it| it.kind == LabelKind::Number && it.parts == ["1"]);
        if !opens_list || block.label.is_some() {
            continue;
        }
        let start = block.tokens.start;
        let verb = block.tokens.clone().take(24).find(|it| {
            ORDERS.has(&text.tokens[*it])
                && text.tokens.get(it + 1).is_some_and(|next| {
                    day::is_word(text, next, "cầu") || day::is_word(text, next, "thị")
                })
        })?;
        let is_speaker = verb > start
            && text.tokens[start].is_capital()
            && body_name::begins_authority(&dondoc_core::fold::bare(text.slice(start..verb)));
        return is_speaker.then_some(Order { speaker: start..verb });
    }
    None
}

/// Whether a text without heading block has the form of an official document.
pub(crate) fn is_official(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let first = text.lines.partition_point(|it| it.tokens.end <= tokens.start);
    let last = text.lines.partition_point(|it| it.tokens.start < tokens.end);
    let top = &text.lines[first..last.min(first + 8)];
    if top.iter().any(|it| page::day_line(text, it.tokens.clone()).is_some()) {
        return false;
    }
    let Some(head) = top.iter().find(|it| !it.tokens.is_empty()) else { return false };
    let has_kind = head.tokens.len() < 180 && has_kind_word(text, head);
    let signs = Signs::of(text, tokens.clone());
    if has_kind {
        return signs.n_grounds > 0
            || signs.n_articles > 0
            || signs.n_numbered > 1
            || signs.is_closed;
    }
    signs.is_closed && signs.n_numbered > 2 && order(text, tokens).is_some()
}

/// Whether a line begins with a type word: `Chỉ thị về …`, `THÔNG TƯ`.
pub(crate) fn has_kind_word(text: &Text<'_>, line: &Line) -> bool {
    let top = line.tokens.start..line.tokens.end.min(line.tokens.start + 12);
    piece::pieces(text, top).first().is_some_and(|it| {
        text.tokens[it.tokens.start].is_capital() && heading::kind_word(it).is_some()
    })
}

/// What an official document has and an article has not.
struct Signs {
    n_grounds: usize,
    n_articles: usize,
    n_numbered: usize,
    /// Whether the text ends with `./.`
    is_closed: bool,
}

impl Signs {
    fn of(text: &Text<'_>, tokens: Range<usize>) -> Self {
        let from = text.blocks.partition_point(|it| it.tokens.start < tokens.start);
        let to = text.blocks.partition_point(|it| it.tokens.start < tokens.end);
        let blocks = &text.blocks[from..to];
        let kinds = |wanted: &[LabelKind]| {
            blocks
                .iter()
                .filter(|it| it.label.as_ref().is_some_and(|label| wanted.contains(&label.kind)))
                .count()
        };
        let is_ground = |at: usize| {
            day::is_word(text, &text.tokens[at], "căn")
                && text.tokens.get(at + 1).is_some_and(|it| day::is_word(text, it, "cứ"))
        };
        let n_grounds = blocks.iter().take(60).filter(|it| {
            let start = it.tokens.start;
            is_ground(start)
                || (text.tokens[start].is_dash()
                    && start + 1 < it.tokens.end
                    && is_ground(start + 1))
        });
        Self {
            n_grounds: n_grounds.count(),
            n_articles: kinds(&[LabelKind::Article]),
            n_numbered: kinds(&[LabelKind::Number, LabelKind::Roman, LabelKind::Capital]),
            is_closed: is_closed(text, &text.tokens[tokens]),
        }
    }
}

/// `./.` among the last tokens.
fn is_closed(text: &Text<'_>, tokens: &[Token]) -> bool {
    let from = tokens.len().saturating_sub(60);
    tokens[from..].windows(3).any(|it| {
        let [dot, slash, last] = it else { return false };
        dot.is_mark('.')
            && slash.is_mark('/')
            && slash.gap == Gap::None
            && last.is_mark('.')
            && text.source.len() >= last.end as usize
    })
}
