//! The subject under the type word, and the addressees.

use super::{
    body_name,
    heading::{self, Heading},
    piece::Piece,
};
use crate::text::{
    Text,
    layout::{self, LabelKind},
    lex::TokenKind,
};

/// The lines of a subject at most.
const MAX_LINES: usize = 30;

/// Reads the subject after the type word in piece `at`; returns the first token of the body.
pub(crate) fn subject(
    text: &Text<'_>,
    pieces: &[Piece],
    at: usize,
    heading: &mut Heading,
) -> usize {
    let kind = &pieces[at];
    let n_kind_words = n_words_of_kind(kind);
    let mut lines: Vec<usize> = Vec::new();
    let rest = kind.tokens.start + n_kind_words..kind.tokens.end;
    let has_rest = text.tokens[rest.clone()].iter().any(|it| it.is_word());
    let mut next = at + 1;
    // "KẾT LUẬN / CỦA BAN THƯỜNG VỤ TỈNH ỦY / về …": whose conclusion it is stands before the subject.
    let begins = |at: usize, word: &str| pieces.get(at).is_some_and(|it| it.begins(word));
    next += usize::from(!has_rest && begins(next, "cua") && begins(next + 1, "ve"));
    // A second line of the type word of a consolidated text, or a number line under it.
    let is_upper = pieces.get(next).is_some_and(|it| it.is_upper);
    while let Some(piece) = pieces.get(next) {
        let n_lines = lines.len() + usize::from(has_rest);
        if n_lines >= MAX_LINES
            || ends_subject(text, piece, pieces.get(next - 1), n_lines, is_upper)
        {
            break;
        }
        lines.push(next);
        next += 1;
    }
    let n_authority = authority_lines(pieces, &lines, pieces.get(next), &heading.corner);
    lines.truncate(lines.len() - n_authority);
    if has_rest {
        heading.title.push(rest);
    }
    heading.title.extend(lines.iter().map(|it| pieces[*it].tokens.clone()));
    body_after(text, pieces, next, heading)
}

/// How many tokens the type word has.
fn n_words_of_kind(piece: &Piece) -> usize {
    dondoc_core::kind::KINDS
        .iter()
        .map(|it| dondoc_core::fold::bare(it.name))
        .filter(|name| piece.begins(name))
        .map(|name| name.split(' ').count())
        .max()
        .unwrap_or(1)
}

/// Whether a piece is no line of the subject any more.
fn ends_subject(
    text: &Text<'_>,
    piece: &Piece,
    before: Option<&Piece>,
    n_lines: usize,
    in_capitals: bool,
) -> bool {
    if piece.after_bar && n_lines > 0
        || heading::is_address(piece)
        || piece.bare == "kinh"
        || is_order(piece)
    {
        return true;
    }
    if n_lines == 0 {
        return is_ground(piece) && !piece.is_upper && piece.begins("can cu");
    }
    if in_capitals {
        // A line of digits alone, "2026 - 2030", goes on.
        let has_words = text.tokens[piece.tokens.clone()].iter().any(|it| it.is_word());
        return has_words && !piece.is_upper;
    }
    let last = before.map(|it| text.tokens[it.tokens.end - 1].kind);
    let is_open = matches!(last, Some(TokenKind::Mark(',' | '-')));
    let line = piece.tokens.start..piece.tokens.end;
    let has_label = piece.begins_line
        && layout::label(text.source, &text.tokens, line)
            .is_some_and(|it| it.kind != LabelKind::Bullet || !is_open);
    piece.after_blank
        || piece.after_rule
        || piece.is_upper
        || has_label
        || (!is_open && text.tokens[piece.tokens.start].is_capital() && is_ground(piece))
        || piece.tokens.len() > 60
}

/// `QUYẾT ĐỊNH:`, `QUYẾT NGHỊ:`
fn is_order(piece: &Piece) -> bool {
    matches!(piece.bare.as_str(), "quyet dinh" | "quyet nghi" | "chi thi") && piece.is_upper
}

/// How the first sentence of a body begins: its grounds, its day, its occasion.
fn is_ground(piece: &Piece) -> bool {
    const GROUNDS: &[&str] = &[
        "can cu",
        "thuc hien",
        "ngay",
        "sau khi",
        "de",
        "theo",
        "xet",
        "trong",
        "thoi gian qua",
        "tren co so",
        "trien khai thuc hien",
        "nham",
        "sang ngay",
        "chieu ngay",
        "tu ngay",
        "tiep theo",
        "huong ung",
        "vua qua",
        "hien nay",
        "qua",
        "nhung nam",
        "nam",
        "tai",
        "hang nam",
        "phat huy",
        "tiep tuc",
        "truoc tinh hinh",
        "dung",
        "do",
    ];
    // "Căn" / "cứ": the line may break between the two.
    piece.bare == "can" || GROUNDS.iter().any(|it| piece.begins(it))
}

/// How many of the last lines name the authority: `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …` above the grounds.
fn authority_lines(
    pieces: &[Piece],
    lines: &[usize],
    next: Option<&Piece>,
    corner: &[Piece],
) -> usize {
    let speaks = next.is_some_and(|it| {
        is_ground(it)
            || is_order(it)
            || it.bare.starts_with("dien")
            || it.bare.ends_with("quyet dinh")
    });
    if let Some(last) = lines.last().map(|it| &pieces[*it])
        && (last.bare.ends_with(" dien")
            || last.bare.ends_with(" quyet dinh") && body_name::begins_authority(&last.bare))
        && last.is_upper
    {
        return usize::from(lines.len() > 1);
    }
    if !speaks {
        return 0;
    }
    let corner: String = corner.iter().map(|it| it.bare.as_str()).collect::<Vec<_>>().join(" ");
    for n in 1..=lines.len().min(3) {
        let first = &pieces[lines[lines.len() - n]];
        if !body_name::begins_authority(&first.bare) || !first.is_upper {
            continue;
        }
        let name = lines[lines.len() - n..]
            .iter()
            .map(|it| pieces[*it].bare.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let before = lines.len().checked_sub(n + 1).map(|it| pieces[lines[it]].bare.as_str());
        let hangs_on = before.is_some_and(|it| {
            matches!(
                it.rsplit(' ').next(),
                Some("cua" | "thuoc" | "do" | "va" | "voi" | "giua" | "cho" | "tai" | "tu")
            )
        });
        let is_set_off = first.after_blank || first.is_starred || first.after_rule;
        let is_issuer = !corner.is_empty() && name.ends_with(&corner);
        if !hangs_on && (is_set_off || is_issuer) && n < lines.len() {
            return n;
        }
    }
    0
}

/// Where the body begins: after the authority's line and the addressees.
fn body_after(text: &Text<'_>, pieces: &[Piece], mut at: usize, heading: &mut Heading) -> usize {
    // The line that calls the addressees of a telegram.
    for near in at.saturating_sub(1)..(at + 3).min(pieces.len()) {
        let is_call = pieces[near].bare.ends_with("dien") && heading.kind == Some("CĐ");
        if heading::is_address(&pieces[near]) || is_torn_address(pieces, near) || is_call {
            return addressees(text, pieces, near, heading);
        }
    }
    while pieces.get(at).is_some_and(|it| it.is_upper && it.n_words() == 1) {
        at += 1;
    }
    pieces.get(at).map_or(heading_end(pieces), |it| it.tokens.start)
}

fn heading_end(pieces: &[Piece]) -> usize {
    pieces.last().map_or(0, |it| it.tokens.end)
}

/// Reads the addressees from piece `at`, the one that calls them; returns the first token after them.
///
/// They end with the cell, with a blank line, or where a line is no list item any more.
pub(crate) fn addressees(
    text: &Text<'_>,
    pieces: &[Piece],
    at: usize,
    heading: &mut Heading,
) -> usize {
    let at = at + usize::from(is_torn_address(pieces, at));
    let call = &pieces[at];
    let colon = call.tokens.clone().find(|it| text.tokens[*it].is_mark(':'));
    let after = colon.map_or(call.tokens.end, |it| it + 1);
    let mut written = text.field(after..call.tokens.end);
    let mut next = at + 1;
    let is_inline = !written.is_empty();
    let mut is_list = false;
    while let Some(piece) = pieces.get(next).filter(|_| next - at < 60) {
        let is_item = is_bullet(text, piece);
        is_list |= is_item;
        if heading::is_address(piece) {
            let colon = piece.tokens.clone().find(|it| text.tokens[*it].is_mark(':'));
            let rest = text.field(colon.map_or(piece.tokens.end, |it| it + 1)..piece.tokens.end);
            push_line(&mut written, &rest, true);
            next += 1;
            continue;
        }
        let is_closed = written.ends_with('.') || written.ends_with("./");
        let goes_on = if written.is_empty() {
            true
        } else if is_item {
            !is_inline || !is_closed
        } else if piece.after_bar || (piece.after_blank && (is_list || is_inline)) {
            false
        } else if is_inline && !is_list {
            !is_closed && is_open(text, piece, &written)
        } else {
            !(is_closed || is_list && is_ground(piece) && written.ends_with([';', ',']))
        };
        if !goes_on {
            break;
        }
        push_line(&mut written, &text.field(piece.tokens.clone()), is_item);
        next += 1;
    }
    heading.addressees = split(&written);
    pieces.get(next).map_or(heading_end(pieces), |it| it.tokens.start)
}

fn is_bullet(text: &Text<'_>, piece: &Piece) -> bool {
    let before = piece.tokens.start.checked_sub(1).map(|it| &text.tokens[it]);
    piece.begins_line
        && (text.tokens[piece.tokens.start].is_dash()
            || before.is_some_and(|it| it.is_dash() || it.is_mark('+') || it.is_mark('•')))
}

/// `Kính` / `gửi:` on two lines.
fn is_torn_address(pieces: &[Piece], at: usize) -> bool {
    pieces[at].bare == "kinh" && pieces.get(at + 1).is_some_and(|it| it.begins("gui"))
}

/// Whether a name goes on in the line of a piece: with a small letter, or after a comma or `và`.
fn is_open(text: &Text<'_>, piece: &Piece, written: &str) -> bool {
    let is_small = !text.tokens[piece.tokens.start].is_capital();
    let last = written.rsplit(' ').next().unwrap_or_default();
    is_small
        || written.ends_with([',', '-', ';', ':'])
        || matches!(last, "và" | "của" | "các" | "thuộc" | "Bộ" | "Sở")
}

fn push_line(written: &mut String, line: &str, is_item: bool) {
    if written.is_empty() {
        written.push_str(line.trim_start_matches(['-', '–', '+', '•', ' ']));
        return;
    }
    if is_item && written.ends_with('.') {
        written.pop();
        written.push(';');
    }
    written.push(' ');
    // After a comma the next bullet goes on with the same name, as it is printed.
    let is_new = is_item && written.trim_end().ends_with(';');
    let line = line.trim_start_matches(['-', '–', '+', '•', ' ']);
    if is_item && !is_new {
        written.push_str("- ");
    }
    written.push_str(line);
}

fn split(written: &str) -> Vec<String> {
    written
        .split(';')
        .map(|it| it.trim().trim_end_matches(['.', ',', '/', ':']).trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect()
}
