//! Lines that say who leads, who joins and when: `Đơn vị chủ trì: Sở Y tế.`, `Thời gian thực hiện: Quý I/2026.`

use std::{ops::Range, sync::LazyLock};

use dondoc_core::reading::Recurring;

use super::{deadline, fields};
use crate::{
    body::{bodies_of_heading, listed},
    text::{Text, lex::Gap, phrase::Phrases},
};

/// What such a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Who leads or does it.
    Lead,
    /// Who joins.
    Coordinate,
    /// When.
    Time,
    /// What comes of it, and other things that are no task.
    Other,
}

static FIELDS: LazyLock<Phrases<Field>> = LazyLock::new(|| {
    let leads = listed(
        "cơ quan chủ trì|đơn vị chủ trì|chủ trì|cơ quan thực hiện|đơn vị thực hiện\
         |cơ quan chủ trì thực hiện|đơn vị chủ trì thực hiện|đơn vị chủ trì tham mưu thực hiện\
         |đơn vị chủ trì tham mưu|cơ quan, đơn vị thực hiện|cơ quan, đơn vị chủ trì|cơ quan tham mưu\
         |đơn vị tham mưu|phân công thực hiện|đơn vị phụ trách|cơ quan chịu trách nhiệm\
         |đơn vị chịu trách nhiệm|cơ quan chủ trì tham mưu|trách nhiệm thực hiện\
         |cơ quan/đơn vị chủ trì|đơn vị/cơ quan chủ trì|cơ quan, đơn vị, địa phương thực hiện\
         |cơ quan, tổ chức thực hiện|tổ chức thực hiện|đơn vị chủ trì, tham mưu|chủ trì thực hiện\
         |đơn vị đầu mối|cơ quan đầu mối|đơn vị tổ chức",
    );
    let coordinates = listed(
        "cơ quan phối hợp|đơn vị phối hợp|phối hợp|cơ quan phối hợp thực hiện\
         |đơn vị phối hợp thực hiện|cơ quan, đơn vị phối hợp|phối hợp thực hiện\
         |cơ quan/đơn vị phối hợp|cơ quan, đơn vị phối hợp thực hiện|các đơn vị phối hợp\
         |các cơ quan phối hợp|cơ quan, tổ chức phối hợp|đơn vị, địa phương phối hợp\
         |cơ quan, đơn vị, địa phương phối hợp",
    );
    let times = listed(
        "thời gian thực hiện|thời gian hoàn thành|thời hạn hoàn thành|thời hạn thực hiện|thời gian\
         |thời hạn|thời gian triển khai|tiến độ thực hiện|tiến độ|hoàn thành|thời gian tổ chức\
         |thời gian báo cáo|tiến độ hoàn thành",
    );
    let others = listed(
        "sản phẩm|kết quả|kết quả thực hiện|sản phẩm hoàn thành|địa điểm|hình thức|kinh phí\
         |sản phẩm dự kiến|kết quả đầu ra|yêu cầu kết quả|kết quả dự kiến",
    );
    Phrases::new(
        leads
            .map(|it| (it, Field::Lead))
            .chain(coordinates.map(|it| (it, Field::Coordinate)))
            .chain(times.map(|it| (it, Field::Time)))
            .chain(others.map(|it| (it, Field::Other))),
    )
});

/// What the lines of a run say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meta {
    /// Who leads.
    pub(super) lead: Vec<String>,
    /// Who joins.
    pub(super) coordinate: Vec<String>,
    /// The deadline.
    pub(super) due: Option<String>,
    /// How often.
    pub(super) recurring: Option<Recurring>,
}

/// The field that a run begins with, and the token after its colon.
pub(super) fn field_at(text: &Text<'_>, at: usize, end: usize) -> Option<(Field, usize)> {
    let (n_tokens, field) = FIELDS.longest(&text.tokens[..end], at)?;
    let colon = text.tokens[..end].get(at + n_tokens)?;
    colon.is_mark(':').then_some((*field, at + n_tokens + 1))
}

/// Whether a paragraph is such a line.
pub(super) fn is_meta(text: &Text<'_>, words: &Range<usize>) -> bool {
    let start = words.clone().find(|it| text.tokens[*it].is_word());
    start.is_some_and(|it| field_at(text, it, words.end).is_some())
}

/// What is said in a run, line by line or in brackets within it.
pub(super) fn read(text: &Text<'_>, run: Range<usize>, meta: &mut Meta) {
    let mut at = run.start;
    while at < run.end {
        let Some((field, value)) = field_at(text, at, run.end) else {
            at += 1;
            continue;
        };
        let end = value_end(text, value, run.end);
        let words = value..end;
        match field {
            Field::Lead => meta.lead.extend(names(text, words)),
            Field::Coordinate => meta.coordinate.extend(names(text, words)),
            Field::Time => {
                meta.due = deadline::due_of_cell(text, words.clone()).or(meta.due.take());
                meta.recurring = deadline::recurring(text, &[words]).or(meta.recurring);
            }
            Field::Other => {}
        }
        at = end.max(at + 1);
    }
}

/// The bodies of a value or a table cell; the whole value if it is no list that is known.
pub(super) fn names(text: &Text<'_>, words: Range<usize>) -> Vec<String> {
    let mut words = words;
    while words.start < words.end && !text.tokens[words.start].is_word() {
        words.start += 1;
    }
    while words.start < words.end
        && !text.tokens[words.end - 1].is_word()
        && !text.tokens[words.end - 1].is_number()
        && !text.tokens[words.end - 1].is_mark(')')
    {
        words.end -= 1;
    }
    if words.is_empty() {
        return Vec::new();
    }
    match bodies_of_heading(text, words.clone()) {
        Some(bodies) => fields(text, &bodies.pieces),
        None => vec![text.field(words)],
    }
}

/// A value ends at a full stop, at a bracket that it did not open, or where the next field begins.
fn value_end(text: &Text<'_>, start: usize, end: usize) -> usize {
    let mut depth = 0_u32;
    for at in start..end {
        let token = &text.tokens[at];
        if token.is_mark('(') {
            depth += 1;
        } else if token.is_mark(')') {
            if depth == 0 {
                return at;
            }
            depth -= 1;
        } else {
            let is_full_stop = token.is_mark('.')
                && text.tokens[..end].get(at + 1).is_none_or(|it| it.gap > Gap::None);
            let is_next = at > start && token.is_word() && field_at(text, at, end).is_some();
            if is_full_stop || is_next {
                return at;
            }
        }
    }
    end
}
