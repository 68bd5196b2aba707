//! Paragraphs that close a document: what is asked at the end of all, and belongs to no numbered item.

use std::{ops::Range, rc::Rc, sync::LazyLock};

use super::{
    Found, deadline, fields,
    opening::{executors, is_empty_order, is_formula},
    order::{Force, Subject, orders},
};
use crate::text::lex::word;
use crate::{
    body::{bodies_at, is_word_at, listed},
    text::{Text, phrase::Phrases},
};

/// Words that a closing paragraph begins with.
static BEGINNINGS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = listed(
        "trên đây|trong quá trình|quá trình|yêu cầu|đề nghị|nhận được|căn cứ chỉ thị này\
         |căn cứ kế hoạch này|căn cứ nội dung|kế hoạch này|chỉ thị này|hướng dẫn này|nếu có\
         |trường hợp có|khi có|giao|thông báo|văn phòng|kính đề nghị|các nội dung khác|trân trọng\
         |các cơ quan|các sở|các đơn vị|các bộ|thủ trưởng|chỉ thị được|kế hoạch được|thủ tướng\
         |ủy ban nhân dân|ubnd|chủ tịch|bộ|sở|kết luận này|thông báo này|căn cứ|trên cơ sở\
         |nghị quyết này",
    );
    Phrases::new(words.map(|it| (it, ())))
});

/// Where the closing paragraphs of a part begin: a token, its end if there are none.
pub(super) fn closing_start(text: &Text<'_>, part: &Range<usize>) -> usize {
    let end = text.blocks.partition_point(|it| it.tokens.start < part.end);
    let mut start = part.end;
    for at in (0..end).rev().take(5) {
        let block = &text.blocks[at];
        if block.tokens.start < part.start || block.label.is_some() {
            break;
        }
        if !text.tokens[block.tokens.clone()].iter().any(|it| it.is_word()) {
            start = block.tokens.start;
            continue;
        }
        // What stands under a heading of its own (`5. Các đoàn thể:`) is the item's text.
        let is_under_heading = at.checked_sub(1).is_some_and(|it| is_bare_heading(text, it));
        if is_under_heading || !is_closing(text, block.tokens.clone()) {
            break;
        }
        start = block.tokens.start;
    }
    start
}

/// Whether a block is a labelled heading without a sentence of its own.
fn is_bare_heading(text: &Text<'_>, block: usize) -> bool {
    let block = &text.blocks[block];
    let last = &text.tokens[block.tokens.end - 1];
    let is_labelled =
        block.label.as_ref().is_some_and(|it| it.kind != crate::text::layout::LabelKind::Bullet);
    is_labelled && !last.is_mark('.') && !last.is_mark(';') && block.tokens.len() < 40
}

fn is_closing(text: &Text<'_>, paragraph: Range<usize>) -> bool {
    let Some(start) = paragraph.clone().find(|it| text.tokens[*it].is_word()) else { return true };
    let last = paragraph.end - 1;
    let ends_document =
        text.tokens[last].is_mark('.') && last > start && text.tokens[last - 1].is_mark('/');
    let has_order = paragraph.clone().any(|it| {
        (is_word_at(text, it, word!("đề")) && is_word_at(text, it + 1, word!("nghị")))
            || (is_word_at(text, it, word!("yêu")) && is_word_at(text, it + 1, word!("cầu")))
            || (is_word_at(text, it, word!("quá")) && is_word_at(text, it + 1, word!("trình")))
            || (is_word_at(text, it, word!("thông")) && is_word_at(text, it + 1, word!("báo")))
    });
    BEGINNINGS.longest(&text.tokens[..paragraph.end], start).is_some()
        && (has_order || ends_document)
        || ends_document && has_order
}

/// The tasks of the closing paragraphs.
pub(super) fn tasks(text: &Text<'_>, run: Range<usize>, recipients: &Rc<[String]>) -> Vec<Found> {
    let first = text.blocks.partition_point(|it| it.tokens.end <= run.start);
    text.blocks[first..]
        .iter()
        .take_while(|it| it.tokens.start < run.end)
        .filter_map(|it| {
            let paragraph = it.tokens.start..it.tokens.end.min(run.end);
            task(text, paragraph, recipients, |_| true)
        })
        .collect()
}

/// The task of a paragraph without a label: from the first sentence that holds the order to its end. `is_strong` says
/// which orders count there.
pub(super) fn task(
    text: &Text<'_>,
    paragraph: Range<usize>,
    recipients: &Rc<[String]>,
    is_strong: impl Fn(Force) -> bool,
) -> Option<Found> {
    if is_formula(text, paragraph.clone()) || executors(text, paragraph.clone()).is_some() {
        return None;
    }
    let found = orders(text, paragraph.clone());
    let subject = found
        .subjects
        .iter()
        .find(|it| is_strong(it.force) && is_asked(text, it, paragraph.end))?;
    let run = subject.sentence..paragraph.end;
    let runs = [run.clone()];
    Some(Found {
        lead: fields(text, &subject.bodies),
        coordinate: fields(text, &found.coordinate),
        recipients: Rc::clone(recipients),
        due: deadline::due(text, &runs, None),
        recurring: deadline::recurring(text, &runs),
        tokens: run,
        ..Found::default()
    })
}

/// Whether a subject is asked for something that can be done.
fn is_asked(text: &Text<'_>, subject: &Subject, end: usize) -> bool {
    let Some(last) = subject.bodies.last() else { return false };
    if is_empty_order(text, last.end, end) {
        return false;
    }
    // `Bộ Nội vụ báo cáo Chính phủ` of the sender himself is no order.
    let is_sender = subject.force == Force::Active
        && [
            word!("báo"),
            word!("trình"),
            word!("kính"),
            word!("nhận"),
            word!("thông"),
            word!("gửi"),
            word!("trân"),
        ]
        .iter()
        .any(|it| is_word_at(text, last.end, *it));
    !is_sender && (subject.force != Force::Headed || bodies_at(text, subject.at, end).is_some())
}
