//! Official documents that lost their heading block: what the first lines and the form still say.

use std::ops::Range;

use super::{Header, body_name, heading, joined, number, piece, signature};
use crate::{
    segment::{Segment, form},
    text::{Text, lex::Gap},
};

/// Reads a document by its first lines: `Chỉ thị về …`, `Chủ tịch … yêu cầu … như sau:`.
pub(crate) fn header(text: &Text<'_>, segment: &Segment) -> Header {
    let tokens = segment.tokens.clone();
    let top = piece::pieces(text, tokens.start..tokens.end.min(tokens.start + 400));
    let first = top.first().filter(|it| it.n_words() <= 120);
    let kind = first.and_then(heading::kind_word);
    let order = form::order(text, tokens.clone());
    let mut header = Header {
        kind: kind.unwrap_or("CT").to_owned(),
        number: None,
        issued_on: None,
        issuer: None,
        place: None,
        title: None,
        signer: None,
        addressees: Vec::new(),
        body: tokens.clone(),
        signature: None,
    };
    if let (Some(_), Some(line)) = (kind, first) {
        header.body.start = read_title(text, &top, line, &mut header);
    } else if let Some(order) = &order {
        header.issuer = Some(text.field(order.speaker.clone()));
        header.place = super::article::place(text, segment);
    }
    if let Some(signed) = signature::signature(text, header.body.clone()) {
        let end = signed.tokens.end.min(tokens.end);
        if signed.signer.is_some() && end <= tokens.end {
            header.signer = signed.signer.map(|it| text.field(it));
            if end == tokens.end {
                header.body.end = signed.tokens.start.max(header.body.start);
            }
            header.signature = Some(signed.tokens.start..end);
        }
    }
    header
}

/// `Quyết định số 12/QĐ-UBND ngày … về việc …`, and the issuer in the line under it.
fn read_title(
    text: &Text<'_>,
    top: &[piece::Piece],
    line: &piece::Piece,
    header: &mut Header,
) -> usize {
    let mut start = line.tokens.start + n_kind_words(line);
    let end = line_end(text, line.tokens.clone());
    if let Some(word) = (start..(start + 2).min(end))
        .find(|it| number::is_number_word(text, *it) || is_small_number_word(text, *it))
    {
        let found = number::number_line(text, word, end);
        start = found.end;
        header.number = found.number.map(|it| text.field(it));
        if let Some(line) =
            (start..(start + 3).min(end)).find_map(|it| number::place_and_day(text, it))
        {
            header.issued_on = line.day;
            start = line.tokens.end;
        }
    }
    let mut title = start..end;
    let mut end = end;
    if !text.tokens[start.min(end)..end].iter().any(|it| it.is_word()) {
        // The type word stands alone: the subject is the paragraph under it.
        let under = top.iter().find(|it| it.tokens.start >= end && it.n_words() <= 120);
        if let Some(under) = under.filter(|it| !it.begins("can cu") && !it.begins("dieu 1")) {
            end = line_end(text, under.tokens.clone());
            title = under.tokens.start..end;
        }
    }
    header.title = joined(text, std::slice::from_ref(&title));
    let under = top.iter().find(|it| it.tokens.start >= end);
    let issuer = under.filter(|it| {
        it.n_words() <= 12 && body_name::begins_authority(&it.bare) && !ends_sentence(text, it)
    });
    if let Some(issuer) = issuer {
        header.issuer = Some(text.field(issuer.tokens.clone()));
        return line_end(text, issuer.tokens.clone());
    }
    end
}

fn ends_sentence(text: &Text<'_>, piece: &piece::Piece) -> bool {
    let last = &text.tokens[piece.tokens.end - 1];
    last.is_mark('.') || last.is_mark(';') || last.is_mark(',')
}

fn is_small_number_word(text: &Text<'_>, at: usize) -> bool {
    crate::text::day::is_word(text, &text.tokens[at], "số")
        && text.tokens.get(at + 1).is_some_and(|it| it.is_number() || it.is_mark(':'))
}

fn n_kind_words(piece: &piece::Piece) -> usize {
    dondoc_core::kind::KINDS
        .iter()
        .map(|it| dondoc_core::fold::bare(it.name))
        .filter(|name| piece.begins(name))
        .map(|name| name.split(' ').count())
        .max()
        .unwrap_or(0)
}

/// The end of the physical line that a range of tokens lies on.
fn line_end(text: &Text<'_>, tokens: Range<usize>) -> usize {
    (tokens.end..text.tokens.len())
        .find(|it| text.tokens[*it].gap >= Gap::Line)
        .unwrap_or(text.tokens.len())
}
