//! Sentences that open a list of orders, and clauses that name who carries a document out.

use std::{ops::Range, sync::LazyLock};

use super::{
    fields,
    order::{Force, Subject, orders},
};
use crate::text::lex::word;
use crate::{
    body::{begins_body, bodies_at, is_word_at, listed},
    text::{
        Text,
        phrase::{Phrases, Words},
        sentence::sentences,
    },
};

/// How a list is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// By an order; the bodies that it names, as fields.
    Order(Vec<String>),
    /// By a conclusion (`kết luận như sau:`): the items say for themselves what they are.
    Conclusion,
}

/// What the words of an opening sentence say of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// An order.
    Asks,
    /// What is no order for its sound: `đáp ứng yêu cầu`.
    IsNoun,
    /// A conclusion or opinion.
    Concludes,
    /// It is the document that is opened: `ban hành Kế hoạch … như sau:`.
    Issues,
    /// Things to be done.
    Charges,
}

static SIGNS: LazyLock<Phrases<Sign>> = LazyLock::new(|| {
    let lists = [
        ("yêu cầu|đề nghị", Sign::Asks),
        (
            "yêu cầu của|đề nghị của|đáp ứng yêu cầu|ứng yêu cầu|theo yêu cầu|theo đề nghị|các yêu cầu|những yêu cầu\
             |mục đích, yêu cầu|có yêu cầu|các đề nghị",
            Sign::IsNoun,
        ),
        ("kết luận|có ý kiến|chỉ đạo như", Sign::Concludes),
        ("ban hành|phát động|kế hoạch|hướng dẫn", Sign::Issues),
        ("tập trung|nhiệm vụ|giải pháp", Sign::Charges),
    ];
    Phrases::new(
        lists.into_iter().flat_map(|(words, it)| listed(words).map(move |word| (word, it))),
    )
});

/// Within how many tokens of its end an opening sentence says what its list holds.
const N_LAST: usize = 16;

/// What list a paragraph opens; `None` if none. It must end in `:`, or announce what is `sau` at its end.
pub(super) fn opening_of(text: &Text<'_>, paragraph: Range<usize>) -> Option<Opening> {
    let last = paragraph.end.checked_sub(1).filter(|it| *it >= paragraph.start)?;
    let is_open = text.tokens[last].is_mark(':')
        || (last.saturating_sub(4)..=last).any(|it| is_word_at(text, it, word!("sau")));
    if !is_open {
        return None;
    }
    let sentence = sentences(&text.tokens, paragraph).pop()?;
    let mut signs: Vec<(usize, Sign)> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        match SIGNS.longest(&text.tokens[..sentence.end], at) {
            Some((n_tokens, sign)) => {
                signs.push((at, *sign));
                at += n_tokens;
            }
            None => at += 1,
        }
    }
    let has = |wanted: Sign| signs.iter().any(|(_, it)| *it == wanted);
    let subjects = orders(text, sentence.clone()).subjects;
    let told = [Force::Ordered, Force::Charged]
        .iter()
        .find_map(|force| subjects.iter().find(|it| it.force == *force));
    if has(Sign::Asks) || told.is_some() {
        return Some(Opening::Order(names(text, told)));
    }
    if has(Sign::Concludes) {
        return Some(Opening::Conclusion);
    }
    let charges = !has(Sign::Issues)
        && signs.iter().any(|(at, it)| *it == Sign::Charges && at + N_LAST >= sentence.end);
    charges.then(|| Opening::Order(names(text, subjects.first())))
}

fn names(text: &Text<'_>, subject: Option<&Subject>) -> Vec<String> {
    subject.map_or_else(Vec::new, |it| fields(text, &it.bodies))
}

/// How many tokens an execution clause has after its bodies at most.
const MAX_REST: usize = 60;

/// The bodies of an execution clause (`X, Y chịu trách nhiệm thi hành Quyết định này`, `thông báo để X biết, thực
/// hiện`); `None` if the paragraph is none. Such a clause is no task.
pub(super) fn executors(text: &Text<'_>, paragraph: Range<usize>) -> Option<Vec<Range<usize>>> {
    let start = paragraph.clone().find(|it| text.tokens[*it].is_word())?;
    if let Some(at) = paragraph.clone().find(|it| {
        is_word_at(text, *it, word!("thông"))
            && is_word_at(text, it + 1, word!("báo"))
            && (is_word_at(text, it + 2, word!("để")) || is_word_at(text, it + 2, word!("đến")))
            && begins_body(text, it + 3, paragraph.end)
    }) {
        return bodies_at(text, at + 3, paragraph.end).map(|it| it.pieces);
    }
    let bodies = bodies_at(text, start, paragraph.end)?;
    let rest = bodies.end..paragraph.end;
    if rest.len() > MAX_REST || bodies.pieces.len() < 2 {
        return None;
    }
    let carries_out = rest.clone().any(|it| {
        (is_word_at(text, it, word!("thi")) && is_word_at(text, it + 1, word!("hành"))
            || is_word_at(text, it, word!("thực")) && is_word_at(text, it + 1, word!("hiện")))
            && (rest.clone().any(|it| is_word_at(text, it, word!("này")))
                || paragraph.end <= it + 8)
    });
    let charged = rest.take(8).any(|it| {
        is_word_at(text, it, word!("chịu"))
            || is_word_at(text, it, word!("căn"))
            || is_word_at(text, it, word!("có"))
            || is_word_at(text, it, word!("thi"))
    });
    (carries_out && charged).then_some(bodies.pieces)
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
        "quan", "tâm", "phối", "hợp", "chỉ", "đạo", "triển", "khai", "tổ", "chức", "thực", "hiện",
        "nghiêm", "túc", "thi", "hành", "biết", "và", "để", "này", "căn", "cứ", "nội", "dung",
        "theo", "đúng", "quy", "định", "tốt",
    ])
});

/// Whether an order says nothing but that the document be carried out: `Đề nghị các bộ, ngành quan tâm thực hiện.`
pub(super) fn is_empty_order(text: &Text<'_>, bodies_end: usize, end: usize) -> bool {
    let mut words = (bodies_end..end).filter(|it| text.tokens[*it].is_word()).take(9);
    let n_words = words.clone().count();
    n_words < 9 && words.all(|it| EMPTY.has(&text.tokens[it]))
}
