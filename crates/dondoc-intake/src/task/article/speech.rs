//! Sentences of an article: who speaks, what is asked, and what only tells.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::fold::SyllableKey;

use crate::{
    body::{
        bodies_at, is_word_at, listed,
        predicate::{Predicate, predicate_at},
    },
    task::order::{Force, Subject, is_imperative, orders},
    text::{Text, lex::word, phrase::Phrases, sentence::sentences},
};

/// Words of a speaker.
static SPEECH: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = listed("yêu cầu|đề nghị|nhấn mạnh|lưu ý|chỉ rõ|nêu rõ|giao|khẳng định|mong muốn");
    Phrases::new(words.map(|it| (it, ())))
});

/// Words that go on with what was asked: `Bên cạnh đó, cần …`.
pub(super) static CONNECTORS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = listed(
        "bên cạnh đó|đồng thời|trước hết|cùng với đó|ngoài ra|mặt khác|song song với đó|thứ nhất\
         |thứ hai|thứ ba|thứ tư|cuối cùng|đặc biệt|trong đó|cùng với|về phía|bên cạnh|một là|hai là\
         |ba là|bốn là|năm là",
    );
    Phrases::new(words.map(|it| (it, ())))
});

/// A line without the end of a sentence: a caption, a headline, a name.
pub(super) fn is_caption(text: &Text<'_>, run: &Range<usize>) -> bool {
    use crate::text::lex::TokenKind::Mark;
    let ends = |run: &Range<usize>| {
        run.clone()
            .rev()
            .take(3)
            .any(|it| matches!(text.tokens[it].kind, Mark('.' | '…' | '!' | ':' | ';')))
    };
    // A long paragraph may lack its last full stop.
    !ends(run) && sentences(&text.tokens, run.clone()).len() < 2
}

/// The token after the speaker's word.
pub(super) fn speech_at(text: &Text<'_>, start: usize, end: usize) -> Option<usize> {
    let mut at = start.max(1);
    while at < end {
        match SPEECH.longest(&text.tokens[..end], at) {
            Some((n_tokens, ())) => {
                let is_noun = [
                    word!("theo"),
                    word!("các"),
                    word!("đáp"),
                    word!("ứng"),
                    word!("những"),
                    word!("sự"),
                    word!("được"),
                    word!("lãnh"),
                    word!("của"),
                    word!("công"),
                    word!("văn"),
                    word!("đạo"),
                    word!("đã"),
                    word!("và"),
                ]
                .iter()
                .any(|it| is_word_at(text, at - 1, *it));
                if !is_noun {
                    return Some(at + n_tokens);
                }
                at += n_tokens;
            }
            None => at += 1,
        }
    }
    None
}

/// The bodies that act after a speaker's word: directly, or after a clause of purpose.
pub(super) fn asked_after(text: &Text<'_>, at: usize, end: usize) -> Option<Subject> {
    let mut at = at;
    while at < end
        && (text.tokens[at].is_mark(',')
            || text.tokens[at].is_mark(':')
            || text.tokens[at].is_mark('“'))
    {
        at += 1;
    }
    orders(text, at..end).subjects.into_iter().next().map(|it| Subject { sentence: at, ..it })
}

/// `X đánh giá cao …`, `X ghi nhận …`, without a word of what is to be done.
pub(super) fn is_praise(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    let pair = |it: usize, first: SyllableKey, second: SyllableKey| {
        is_word_at(text, it, first) && is_word_at(text, it + 1, second)
    };
    let praises = sentence.clone().any(|it| {
        pair(it, word!("đánh"), word!("giá")) && is_word_at(text, it + 2, word!("cao"))
            || pair(it, word!("ghi"), word!("nhận"))
            || pair(it, word!("biểu"), word!("dương"))
    });
    praises
        && !sentence.clone().any(|it| {
            is_word_at(text, it, word!("cần"))
                || pair(it, word!("yêu"), word!("cầu"))
                || pair(it, word!("đề"), word!("nghị"))
        })
}

/// `đã`, before the first comma or soon: a report of results.
pub(super) fn tells_past(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().take(40).any(|it| {
        is_word_at(text, it, word!("đã"))
            && !is_word_at(text, it + 1, word!("đề"))
            && !is_word_at(text, it + 1, word!("được"))
    }) && !sentence.clone().any(|it| {
        is_word_at(text, it, word!("cần"))
            || is_word_at(text, it, word!("yêu")) && is_word_at(text, it + 1, word!("cầu"))
    })
}

/// `Về phương hướng, nhiệm vụ năm 2027, …`; `X nhấn mạnh: Cần …`
pub(super) fn sets(text: &Text<'_>, sentence: &Range<usize>, speech: Option<usize>) -> bool {
    let start = sentence.start + usize::from(is_word_at(text, sentence.start, word!("về")));
    if is_word_at(text, start, word!("phương")) && is_word_at(text, start + 1, word!("hướng"))
    {
        return true;
    }
    speech.is_some_and(|it| {
        text.tokens[..sentence.end].get(it).is_some_and(|it| it.is_mark(':'))
            && (is_word_at(text, it + 1, word!("cần")) || is_word_at(text, it + 1, word!("phải")))
            && !is_word_at(text, it + 2, word!("được"))
    })
}

/// Bodies that a sentence says were charged: `X được giao trọng trách …`.
pub(super) fn given_duty(text: &Text<'_>, sentence: &Range<usize>) -> Option<Subject> {
    let bodies = bodies_at(text, sentence.start, sentence.end)?;
    let at = bodies.end;
    let is_given = is_word_at(text, at, word!("được"))
        && is_word_at(text, at + 1, word!("giao"))
        && (at + 2..at + 5)
            .any(|it| is_word_at(text, it, word!("trọng")) || is_word_at(text, it, word!("nhiệm")));
    is_given.then_some(Subject {
        bodies: bodies.pieces,
        sentence: sentence.start,
        at: sentence.start,
        force: Force::Charged,
    })
}

/// A sentence without `Bên cạnh đó,`.
pub(super) fn after_connector(text: &Text<'_>, sentence: &Range<usize>) -> Range<usize> {
    let Some((n_tokens, ())) = CONNECTORS.longest(&text.tokens[..sentence.end], sentence.start)
    else {
        return sentence.clone();
    };
    let start = sentence.start + n_tokens;
    let comma = text.tokens[..sentence.end].get(start).is_some_and(|it| it.is_mark(','));
    (start + usize::from(comma)).min(sentence.end)..sentence.end
}

/// Honours are no orders: `UBND tỉnh tặng bằng khen`.
pub(super) fn is_honour(text: &Text<'_>, subject: &Subject) -> bool {
    let Some(last) = subject.bodies.last() else { return true };
    (last.end..last.end + 4).any(|it| {
        [
            word!("tặng"),
            word!("khen"),
            word!("biểu"),
            word!("trao"),
            word!("dự"),
            word!("thăm"),
            word!("chúc"),
            word!("tổ"),
        ]
        .iter()
        .any(|word| is_word_at(text, it, *word))
    })
}

/// Whether a sentence asks on without naming anyone: `Bên cạnh đó, cần …`, `Chú trọng …`.
pub(super) fn goes_on(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    let start = after_connector(text, sentence).start;
    if start >= sentence.end {
        return false;
    }
    let is_charged = (start..sentence.end.min(start + 20)).any(|it| {
        matches!(predicate_at(&text.tokens[..sentence.end], it), Some((Predicate::Modal, _)))
            && (is_word_at(text, it, word!("cần")) || is_word_at(text, it, word!("phải")))
            && !is_word_at(text, it + 1, word!("được"))
    });
    is_charged || is_imperative(text, &(start..sentence.end))
}
