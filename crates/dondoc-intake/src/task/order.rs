//! Orders in sentences: who is told to do something, and with whom.

use std::{ops::Range, sync::LazyLock};

use crate::text::lex::word;
use crate::{
    body::{
        Bodies, bodies_at, company_at, is_word_at, listed,
        predicate::{Predicate, imperative_at, predicate_at},
    },
    text::{
        Text,
        lex::{Gap, TokenKind},
        phrase::{Phrases, Words},
        sentence::sentences,
    },
};

/// Bodies that a sentence tells to do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// The bodies, each a run of tokens.
    pub(super) bodies: Vec<Range<usize>>,
    /// Where the sentence begins.
    pub(super) sentence: usize,
    /// Where the bodies begin.
    pub(super) at: usize,
    /// How the order is given.
    pub(super) force: Force,
}

/// How an order is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Force {
    /// `giao X`, `yêu cầu X`, `đề nghị X`.
    Ordered,
    /// `X cần`, `X phải`, `X có trách nhiệm`.
    Charged,
    /// `X chủ trì`.
    Active,
    /// `X: …`.
    Headed,
}

/// What a run of tokens orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Orders {
    /// Who is told, in order.
    pub(super) subjects: Vec<Subject>,
    /// With whom.
    pub(super) coordinate: Vec<Range<usize>>,
}

/// Words that give an order to the body after them.
static ORDER_WORDS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = listed(
        "giao|giao cho|giao nhiệm vụ cho|yêu cầu|đề nghị|phân công|kính đề nghị|trân trọng đề nghị\
         |nghiêm túc yêu cầu|đề nghị các đồng chí|ủy quyền cho|nhấn mạnh|lưu ý|kính mong|mong muốn\
         |đề nghị toàn thể",
    );
    Phrases::new(words.map(|it| (it, ())))
});

/// What before such a word makes it no order: `được giao`, `theo đề nghị`, `bàn giao`.
static NO_ORDER_BEFORE: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "được", "theo", "bàn", "chuyển", "đã", "các", "những", "đáp", "ứng", "văn", "nội", "việc",
        "sự", "số", "một", "này", "do", "vụ", "có", "khi", "mục", "đích", "của", "về", "ngoại",
        "tiếp", "kết", "của", "từ",
    ])
});

/// Words that a sentence begins with on the way to its subject.
static INTROS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = listed(
        "để|nhằm|trên cơ sở|căn cứ|sau khi|sau|trong|khi|hằng năm|hàng năm|hằng tháng|hằng quý\
         |hàng quý|hàng tháng|định kỳ|với|theo|từ|tại|đối với|cùng với|bên cạnh|ngoài ra|đồng thời\
         |trường hợp|nếu|riêng|tuy nhiên|do đó|vì vậy|thời gian tới|năm|trước mắt|trước|qua|dưới sự\
         |quá trình|ngay|chậm nhất|đến|giai đoạn|quý|tùy|tiếp theo|thông qua|vào|như vậy|bằng\
         |xuất phát|ngoài|song song|về|phục vụ",
    );
    Phrases::new(words.map(|it| (it, ())))
});

/// Adverbs between `phối hợp` and `với`.
static MANNERS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = listed(
        "chặt chẽ|hiệu quả|tốt|đồng bộ|kịp thời|thường xuyên|và|,|tích cực|nhịp nhàng|thống nhất\
         |liên ngành|có hiệu quả|trực tiếp",
    );
    Phrases::new(words.map(|it| (it, ())))
});

/// The most clauses of one sentence in which a subject is looked for.
const MAX_CLAUSES: usize = 24;

/// The orders in a run of tokens.
pub(super) fn orders(text: &Text<'_>, run: Range<usize>) -> Orders {
    let mut found = Orders::default();
    for sentence in sentences(&text.tokens, after_topic(text, run)) {
        orders_of_sentence(text, sentence, &mut found);
    }
    found
}

/// Passes over a topic: `Về kiến nghị …:`.
fn after_topic(text: &Text<'_>, run: Range<usize>) -> Range<usize> {
    if !is_word_at(text, run.start, word!("về")) {
        return run;
    }
    let colon = run.clone().take(400).find(|it| text.tokens[*it].is_mark(':'));
    match colon {
        Some(colon) => colon + 1..run.end,
        None => run,
    }
}

fn orders_of_sentence(text: &Text<'_>, sentence: Range<usize>, found: &mut Orders) {
    let joined = coordinating(text, sentence.clone());
    let mut told = told_bodies(text, sentence.clone());
    acting_bodies(text, &sentence, &joined, &mut told);
    told.sort_by_key(|it| it.at);
    let mut end = 0;
    for subject in told {
        // A list that lies in another is not a second subject.
        let last = subject.bodies.last().map_or(subject.at, |it| it.end);
        if subject.at >= end {
            end = last;
            found.subjects.push(subject);
        }
    }
    found.coordinate.extend(joined.into_iter().flat_map(|it| it.pieces));
}

/// The bodies after `phối hợp (với)`, `chủ trì cùng`.
fn coordinating(text: &Text<'_>, sentence: Range<usize>) -> Vec<Bodies> {
    let mut found: Vec<Bodies> = Vec::new();
    let mut at = sentence.start;
    while at + 1 < sentence.end {
        let is_joint = (is_word_at(text, at, word!("phối"))
            && is_word_at(text, at + 1, word!("hợp"))
            && !is_noun_before(text, at, sentence.start))
            || (is_word_at(text, at, word!("chủ"))
                && is_word_at(text, at + 1, word!("trì"))
                && is_word_at(text, at + 2, word!("cùng")));
        let bodies = is_joint.then(|| joined_bodies(text, at + 2, sentence.end)).flatten();
        match bodies {
            Some(bodies) => {
                at = bodies.end.max(at + 2);
                found.push(bodies);
            }
            None => at += 1,
        }
    }
    found
}

/// `công tác phối hợp`, `quy chế phối hợp`
fn is_noun_before(text: &Text<'_>, at: usize, start: usize) -> bool {
    at > start
        && [
            word!("tác"),
            word!("chế"),
            word!("sự"),
            word!("quan"),
            word!("vị"),
            word!("việc"),
            word!("khả"),
        ]
        .iter()
        .any(|it| is_word_at(text, at - 1, *it))
        && !(is_word_at(text, at - 1, word!("tác"))
            && is_word_at(text, at.saturating_sub(2), word!("hợp")))
}

fn joined_bodies(text: &Text<'_>, at: usize, end: usize) -> Option<Bodies> {
    let mut at = at;
    let mut has_comma = false;
    while let Some((n_tokens, ())) = MANNERS.longest(&text.tokens[..end], at) {
        has_comma |= text.tokens[at].is_mark(',') || is_word_at(text, at, word!("và"));
        at += n_tokens;
    }
    let has_with = is_word_at(text, at, word!("với")) || is_word_at(text, at, word!("cùng"));
    if has_with {
        at += 1;
        if is_word_at(text, at, word!("với")) {
            at += 1;
        }
    } else if has_comma {
        return None;
    }
    if has_with { company_at(text, at, end) } else { bodies_at(text, at, end) }
}

/// The bodies after `giao`, `yêu cầu`, `đề nghị`.
fn told_bodies(text: &Text<'_>, sentence: Range<usize>) -> Vec<Subject> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let Some((n_tokens, ())) = ORDER_WORDS.longest(&text.tokens[..sentence.end], at) else {
            at += 1;
            continue;
        };
        let is_free = at == sentence.start
            || text.tokens[at].gap == Gap::Blank
            || !NO_ORDER_BEFORE.has(&text.tokens[at - 1]);
        let mut first = at + n_tokens;
        if text.tokens[..sentence.end].get(first).is_some_and(|it| it.is_mark(':')) {
            first += 1;
        }
        let bodies = is_free.then(|| bodies_at(text, first, sentence.end)).flatten();
        match bodies {
            // `giao Ủy ban … giao`: what is told must be something.
            Some(bodies) if bodies.end < sentence.end && !is_passive_order(text, at, &sentence) => {
                at = bodies.end;
                found.push(Subject {
                    bodies: bodies.pieces,
                    sentence: sentence.start,
                    at: first,
                    force: Force::Ordered,
                });
            }
            _ => at += n_tokens,
        }
    }
    found
}

/// `về kiến nghị đề nghị …`, `đã yêu cầu …`: told of, not ordered.
fn is_passive_order(text: &Text<'_>, at: usize, sentence: &Range<usize>) -> bool {
    (sentence.start.max(at.saturating_sub(24))..at)
        .rev()
        .take_while(|it| !matches!(text.tokens[*it].kind, TokenKind::Mark(',' | ';' | ':')))
        .any(|it| is_word_at(text, it, word!("đã")))
}

/// The bodies at the head of a clause with a verb after them.
fn acting_bodies(
    text: &Text<'_>,
    sentence: &Range<usize>,
    joined: &[Bodies],
    found: &mut Vec<Subject>,
) {
    let start = after_opening(text, sentence.clone());
    let is_introduced = INTROS.longest(&text.tokens[..sentence.end], start).is_some();
    let mut n_clauses = 0;
    let mut at = start;
    let mut is_clause = true;
    let mut has_subject = false;
    while at < sentence.end && n_clauses < MAX_CLAUSES {
        let is_joined = || {
            let after =
                joined.partition_point(|it| it.pieces.first().is_some_and(|it| it.start <= at));
            joined[..after].last().is_some_and(|it| at < it.end)
        };
        if is_clause && !is_joined() {
            n_clauses += 1;
            if at > start
                && text.tokens[at - 1].is_mark(',')
                && let Some(after) = rest_of_list(text, at, sentence.end)
            {
                at = after;
                is_clause = true;
                continue;
            }
            if let Some((bodies, force)) = acting_at(text, at, sentence.end) {
                has_subject = true;
                let end = bodies.end;
                found.push(Subject { bodies: bodies.pieces, sentence: sentence.start, at, force });
                at = end.max(at + 1);
                is_clause = false;
                continue;
            }
        }
        is_clause = match text.tokens[at].kind {
            TokenKind::Mark(';' | ':') => true,
            TokenKind::Mark(',') => is_introduced && !has_subject,
            TokenKind::Mark('-' | '–' | '+') => text.tokens[at].gap >= Gap::Line,
            // `(i) Chỉ đạo …`
            _ => false,
        };
        at += 1;
    }
}

/// `của các Bộ, cơ quan liên quan, Bộ Tài chính …`: a noun after a comma that goes on with a list before it is no
/// subject. Returns the token after the comma that ends it.
fn rest_of_list(text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    let goes_on = (at.saturating_sub(6)..at - 1).any(|it| is_word_at(text, it, word!("các")))
        && text.tokens[at].case == crate::text::lex::Case::Lower
        && !is_word_at(text, at, word!("các"));
    let name = goes_on.then(|| bodies_at(text, at, end)).flatten()?;
    let first = name.pieces.first()?;
    text.tokens[..end].get(first.end).filter(|it| it.is_mark(','))?;
    Some(first.end + 1)
}

/// Passes over quotes and dashes at the head of a sentence.
fn after_opening(text: &Text<'_>, sentence: Range<usize>) -> usize {
    sentence.clone().find(|it| text.tokens[*it].is_word()).unwrap_or(sentence.start)
}

/// The bodies at `at` and how they are told to act; `None` if no order follows them.
pub(super) fn acting_at(text: &Text<'_>, at: usize, end: usize) -> Option<(Bodies, Force)> {
    let bodies = bodies_at(text, at, end)?;
    let after = after_bracket(text, bodies.end, end);
    let token = text.tokens[..end].get(after)?;
    if token.is_mark(':') {
        // `Cơ quan thẩm định: Sở Xây dựng.` says who it is, and orders nothing.
        let is_naming = bodies_at(text, after + 1, end).is_some_and(|it| it.end + 1 >= end);
        return (after + 1 < end && !is_naming).then_some((bodies, Force::Headed));
    }
    // The order stands on the line below its body.
    let is_below = token.gap == Gap::Line
        && token.is_capital()
        && imperative_at(&text.tokens[..end], after).is_some();
    if is_below {
        return Some((bodies, Force::Active));
    }
    let verb_at = if token.is_mark(',') { after + 1 } else { after };
    let (predicate, n_tokens) = predicate_at(&text.tokens[..end], verb_at)?;
    let is_giving = [word!("yêu"), word!("đề"), word!("giao"), word!("kiến")]
        .iter()
        .any(|it| is_word_at(text, verb_at, *it))
        && (!is_word_at(text, verb_at, word!("giao"))
            || bodies_at(text, verb_at + 1, end).is_some());
    if is_giving {
        return None;
    }
    match predicate {
        Predicate::Modal => Some((bodies, Force::Charged)),
        // `của Bộ Y tế, trên cơ sở …`: a comma parts a subject from its verb only before `căn cứ`.
        _ if token.is_mark(',')
            && !is_word_at(text, verb_at, word!("căn"))
            && !is_word_at(text, verb_at, word!("theo"))
            && predicate != Predicate::Modal =>
        {
            None
        }
        Predicate::Verb => Some((bodies, Force::Active)),
        Predicate::Before => {
            let is_result = (verb_at + n_tokens..end.min(verb_at + n_tokens + 3))
                .any(|it| is_word_at(text, it, word!("đã")) || is_word_at(text, it, word!("được")));
            (!is_result).then_some((bodies, Force::Active))
        }
        Predicate::Result => None,
    }
}

/// Passes over a remark in brackets.
fn after_bracket(text: &Text<'_>, at: usize, end: usize) -> usize {
    if !text.tokens[..end].get(at).is_some_and(|it| it.is_mark('(')) {
        return at;
    }
    (at..end.min(at + 40)).find(|it| text.tokens[*it].is_mark(')')).map_or(at, |it| it + 1)
}

/// Without any subject, X in `chỉ đạo X …`.
pub(super) fn directed(text: &Text<'_>, run: Range<usize>) -> Option<Vec<Range<usize>>> {
    let start = after_opening(text, run.clone());
    let is_directing =
        is_word_at(text, start, word!("chỉ")) && is_word_at(text, start + 1, word!("đạo"));
    is_directing.then(|| bodies_at(text, start + 2, run.end)).flatten().map(|it| it.pieces)
}

/// Whether a run begins with the verb of an order: `Tiếp tục rà soát …`.
pub(super) fn is_imperative(text: &Text<'_>, run: &Range<usize>) -> bool {
    let start = after_opening(text, run.clone());
    start < run.end && imperative_at(&text.tokens[..run.end], start).is_some()
}
