//! Sentences that open a list of orders, and clauses that name who carries a document out.

use std::{ops::Range, sync::LazyLock};

use super::order::{Force, orders};
use crate::{
    body::{begins_body, bodies_at, is_word_at},
    text::{Text, phrase::Words, sentence::sentences},
};
use crate::text::lex::word;
use dondoc_core::fold::SyllableKey;

/// How a list is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// By an order; the bodies that it names, as fields.
    Order(Vec<String>),
    /// By a conclusion (`kết luận như sau:`): the items say for themselves what they are.
    Conclusion,
}

/// What list a paragraph opens; `None` if none. It must end in `:`, or announce what is `sau` at its end.
pub(super) fn opening_of(text: &Text<'_>, paragraph: Range<usize>) -> Option<Opening> {
    let last = paragraph.clone().rev().find(|it| !text.tokens[*it].is_mark('*'))?;
    let is_open = text.tokens[last].is_mark(':')
        || (last.saturating_sub(4)..=last).any(|it| is_word_at(text, it, word!("sau")));
    if !is_open {
        return None;
    }
    let sentence = sentences(&text.tokens, paragraph).pop()?;
    let is_order = sentence.clone().any(|it| {
        let pair = |first: SyllableKey, second: SyllableKey| is_word_at(text, it, first) && is_word_at(text, it + 1, second);
        (pair(word!("yêu"), word!("cầu")) || pair(word!("đề"), word!("nghị")))
            && !is_word_at(text, it + 2, word!("của"))
            && ![word!("đáp"), word!("ứng"), word!("theo"), word!("các"), word!("những"), word!("mục"), word!("có"), word!("đích")]
                .iter()
                .any(|word| it > 0 && is_word_at(text, it - 1, *word))
    });
    let found = orders(text, sentence.clone());
    if is_order || found.subjects.iter().any(|it| matches!(it.force, Force::Charged | Force::Ordered)) {
        let subject = found
            .subjects
            .iter()
            .find(|it| it.force == Force::Ordered)
            .or_else(|| found.subjects.iter().find(|it| it.force == Force::Charged));
        let names = subject.map_or_else(Vec::new, |it| {
            it.bodies.iter().map(|it| text.field(it.clone())).collect()
        });
        return Some(Opening::Order(names));
    }
    let concludes = sentence.clone().any(|it| {
        is_word_at(text, it, word!("kết")) && is_word_at(text, it + 1, word!("luận"))
            || is_word_at(text, it, word!("có")) && is_word_at(text, it + 1, word!("ý")) && is_word_at(text, it + 2, word!("kiến"))
            || is_word_at(text, it, word!("chỉ")) && is_word_at(text, it + 1, word!("đạo")) && is_word_at(text, it + 2, word!("như"))
    });
    // `UBND tỉnh ban hành Kế hoạch … như sau:` opens the document, not a list.
    let issues = sentence.clone().any(|it| {
        is_word_at(text, it, word!("ban")) && is_word_at(text, it + 1, word!("hành"))
            || is_word_at(text, it, word!("phát")) && is_word_at(text, it + 1, word!("động"))
            || is_word_at(text, it, word!("kế")) && is_word_at(text, it + 1, word!("hoạch"))
            || is_word_at(text, it, word!("hướng")) && is_word_at(text, it + 1, word!("dẫn"))
    });
    let tail = sentence.end.saturating_sub(16).max(sentence.start)..sentence.end;
    let charges = !issues && tail.into_iter().any(|it| {
        is_word_at(text, it, word!("tập")) && is_word_at(text, it + 1, word!("trung"))
            || is_word_at(text, it, word!("nhiệm")) && is_word_at(text, it + 1, word!("vụ"))
            || is_word_at(text, it, word!("giải")) && is_word_at(text, it + 1, word!("pháp"))
    });
    if concludes {
        return Some(Opening::Conclusion);
    }
    charges.then(|| {
        let names = found.subjects.first().map_or_else(Vec::new, |it| {
            it.bodies.iter().map(|it| text.field(it.clone())).collect()
        });
        Opening::Order(names)
    })
}

/// The bodies of an execution clause (`X, Y chịu trách nhiệm thi hành Quyết định này`, `thông báo để X biết, thực
/// hiện`); `None` if the paragraph is none. Such a clause is no task.
pub(super) fn executors(text: &Text<'_>, paragraph: Range<usize>) -> Option<Vec<Range<usize>>> {
    let start = paragraph.clone().find(|it| text.tokens[*it].is_word())?;
    if let Some(at) = paragraph.clone().find(|it| {
        is_word_at(text, *it, word!("thông")) && is_word_at(text, it + 1, word!("báo"))
            && (is_word_at(text, it + 2, word!("để")) || is_word_at(text, it + 2, word!("đến")))
            && begins_body(text, it + 3, paragraph.end)
    }) {
        return bodies_at(text, at + 3, paragraph.end).map(|it| it.pieces);
    }
    let bodies = bodies_at(text, start, paragraph.end)?;
    let rest = bodies.end..paragraph.end;
    let is_short = rest.len() <= 60;
    let carries_out = rest.clone().any(|it| {
        (is_word_at(text, it, word!("thi")) && is_word_at(text, it + 1, word!("hành"))
            || is_word_at(text, it, word!("thực")) && is_word_at(text, it + 1, word!("hiện")))
            && (rest.clone().any(|it| is_word_at(text, it, word!("này")))
                || paragraph.end <= it + 8)
    });
    let charged = rest.clone().take(8).any(|it| {
        is_word_at(text, it, word!("chịu")) || is_word_at(text, it, word!("căn")) || is_word_at(text, it, word!("có")) || is_word_at(text, it, word!("thi"))
    });
    (is_short && carries_out && charged && bodies.pieces.len() >= 2).then_some(bodies.pieces)
}

/// Whether a paragraph only announces the document: `Trên đây là Kế hoạch …`.
pub(super) fn is_formula(text: &Text<'_>, paragraph: Range<usize>) -> bool {
    let Some(start) = paragraph.clone().find(|it| text.tokens[*it].is_word()) else { return true };
    is_word_at(text, start, word!("trên"))
        && is_word_at(text, start + 1, word!("đây"))
        && sentences(&text.tokens, paragraph).len() < 2
}

/// Words of an order that says nothing but that the document be carried out.
static EMPTY: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "quan", "tâm", "phối", "hợp", "chỉ", "đạo", "triển", "khai", "tổ", "chức", "thực", "hiện", "nghiêm", "túc", "thi", "hành",
        "biết", "và", "để", "này", "căn", "cứ", "nội", "dung", "theo", "đúng", "quy", "định", "tốt",
    ])
});

/// Whether an order says nothing but that the document be carried out: `Đề nghị các bộ, ngành quan tâm thực hiện.`
pub(super) fn is_empty_order(text: &Text<'_>, bodies_end: usize, end: usize) -> bool {
    let mut words = (bodies_end..end).filter(|it| text.tokens[*it].is_word()).take(9);
    let n_words = words.clone().count();
    n_words < 9 && words.all(|it| EMPTY.has(&text.tokens[it]))
}
