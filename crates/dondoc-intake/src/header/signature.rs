//! `Nơi nhận` and the signature.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::fold::{SyllableKey, syllable_key};

use super::piece::{self, Piece};
use crate::text::{
    Text,
    lex::{Case, Gap, Token},
    phrase::Words,
};

/// How far a signature reaches, in tokens: a long list of receivers and the office.
const REACH: usize = 1_200;

/// The end of a document proper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    /// From `Nơi nhận` or the office to the name.
    pub(crate) tokens: Range<usize>,
    /// The name of who signed.
    pub(crate) signer: Option<Range<usize>>,
}

static NOI: LazyLock<SyllableKey> = LazyLock::new(|| syllable_key("nơi"));
static NHAN: LazyLock<SyllableKey> = LazyLock::new(|| syllable_key("nhận"));

/// The first signature in a range of tokens.
pub(crate) fn signature(text: &Text<'_>, within: Range<usize>) -> Option<Signature> {
    let receivers = receivers(text, within.clone());
    let office =
        first_office(text, within.start..receivers.map_or(within.end, |it| it + 1).min(within.end));
    match (receivers, office) {
        (Some(receivers), Some(office)) if receivers - office < 150 => {
            let before = signed(text, office, receivers);
            let after = signed(text, receivers, within.end);
            Some(match (after.signer, before.signer) {
                (None, Some(signer)) => {
                    let end = list_end(text, receivers, within.end);
                    Signature { tokens: office..end, signer: Some(signer) }
                }
                (signer, _) => {
                    Signature { tokens: receivers.min(office)..after.tokens.end, signer }
                }
            })
        }
        (Some(receivers), _) => Some(signed(text, receivers, within.end)),
        (None, Some(office)) => Some(signed(text, office, within.end)),
        (None, None) => None,
    }
}

/// The token of the first `Nơi nhận` that begins a column.
fn receivers(text: &Text<'_>, within: Range<usize>) -> Option<usize> {
    let (noi, nhan) = (*NOI, *NHAN);
    within.clone().find(|at| {
        let token = &text.tokens[*at];
        token.key == noi
            && token.is_capital()
            && text.tokens.get(at + 1).is_some_and(|it| it.key == nhan)
            && (token.gap >= Gap::Line || *at == within.start || text.tokens[at - 1].is_mark('|'))
            && text.tokens.get(at + 2).is_none_or(|it| {
                it.is_mark(':') || it.gap >= Gap::Line || it.is_mark('|') || it.is_dash()
            })
    })
}

/// Offices and forms of signing, without accents: the beginnings of the lines above a signature.
const OFFICES: &[&str] = &[
    "tm",
    "kt",
    "tl",
    "tuq",
    "q",
    "t m",
    "k t",
    "t l",
    "chu tich",
    "pho chu tich",
    "bo truong",
    "thu truong",
    "giam doc",
    "pho giam doc",
    "chanh van phong",
    "pho chanh van phong",
    "thu tuong",
    "pho thu tuong",
    "truong ban",
    "pho truong ban",
    "bi thu",
    "pho bi thu",
    "cuc truong",
    "pho cuc truong",
    "tong giam doc",
    "pho tong giam doc",
    "chu nhiem",
    "pho chu nhiem",
    "vien truong",
    "pho vien truong",
    "hieu truong",
    "pho hieu truong",
    "tong thanh tra",
    "chanh thanh tra",
    "chanh an",
    "thong doc",
    "tong bi thu",
    "chu tich nuoc",
    "truong phong",
    "pho truong phong",
    "chi huy truong",
    "chinh uy",
    "tu lenh",
    "tong cuc truong",
    "vu truong",
    "chi cuc truong",
    "thuong truc ban bi thu",
    "uy vien",
    "tong kiem toan",
    "truong doan",
    "pho truong doan",
    "thu truong don vi",
    "chanh thanh tra bo",
];

fn is_office(piece: &Piece) -> bool {
    piece.is_upper && piece.n_words() <= 14 && OFFICES.iter().any(|it| piece.begins(it))
}

/// The first line of an office, in capitals, with a name under it.
fn first_office(text: &Text<'_>, within: Range<usize>) -> Option<usize> {
    let from = text.lines.partition_point(|it| it.tokens.end <= within.start);
    for line in &text.lines[from..] {
        if line.tokens.start >= within.end {
            return None;
        }
        let Some(first) = text.tokens.get(line.tokens.start).filter(|_| !line.tokens.is_empty())
        else {
            continue;
        };
        // Most lines go by on one comparison.
        if !first.is_capital() || line.tokens.len() > 18 || line.tokens.start < within.start {
            continue;
        }
        let is_signing = first.case == Case::Upper || first.end - first.start <= 2;
        if !is_signing || !piece::is_upper(&text.tokens[line.tokens.clone()]) {
            continue;
        }
        let near = line.tokens.start..(line.tokens.start + 70).min(text.tokens.len());
        let pieces = piece::pieces(text, near);
        if pieces.first().is_some_and(is_office) && name_after(text, &pieces, 0).is_some() {
            return Some(line.tokens.start);
        }
    }
    None
}

/// Reads offices and name from a token on.
fn signed(text: &Text<'_>, from: usize, end: usize) -> Signature {
    // Most signatures are near; a longer look is taken only where none was seen.
    for reach in [REACH / 3, REACH] {
        let pieces = piece::pieces(text, from..end.min(from + reach));
        if let Some(found) = signed_in(text, &pieces, from) {
            return found;
        }
        if from + reach >= end || reach == REACH {
            // No name: the list of receivers alone, and the offices under it.
            let office = pieces.iter().take(60).rev().find(|it| is_office(it));
            let last = office.map_or_else(|| list_end(text, from, end), |it| it.tokens.end);
            return Signature {
                tokens: from..last.max(from + 1).min(end.max(from + 1)),
                signer: None,
            };
        }
    }
    Signature { tokens: from..from + 1, signer: None }
}

fn signed_in(text: &Text<'_>, pieces: &[Piece], from: usize) -> Option<Signature> {
    for (at, piece) in pieces.iter().enumerate() {
        if is_office(piece)
            && let Some((name, last)) = name_after(text, pieces, at)
        {
            return Some(Signature { tokens: from..last, signer: Some(name) });
        }
        let is_next_part =
            at > 0 && piece.is_upper && (piece.begins("phu luc") || piece.begins("mau so"));
        if is_next_part {
            return None;
        }
    }
    None
}

/// The end of a list of receivers: the last of its bullets, to `- Lưu`.
fn list_end(text: &Text<'_>, from: usize, end: usize) -> usize {
    let pieces = piece::pieces(text, from..end.min(from + REACH));
    let mut last = from + 1;
    for piece in &pieces {
        let before = piece.tokens.start.checked_sub(1).map(|it| &text.tokens[it]);
        let is_item = before.is_some_and(|it| it.is_dash() || it.is_mark('+'))
            || text.tokens[piece.tokens.start].is_dash();
        if is_item || piece.begins("noi nhan") {
            last = piece.tokens.end;
        } else if piece.after_blank || piece.after_bar {
            break;
        }
        if piece.begins("luu") {
            break;
        }
    }
    last.min(end.max(from + 1))
}

/// The name under the office in piece `at`: two to five capitalised words, and the token after it.
fn name_after(text: &Text<'_>, pieces: &[Piece], at: usize) -> Option<(Range<usize>, usize)> {
    // Side by side with the list of receivers, the office does not begin its line, and neither does the name.
    let is_beside = !pieces[at].begins_line;
    let n_looked_at = if is_beside { 40 } else { 14 };
    for next in at + 1..(at + n_looked_at).min(pieces.len()) {
        let piece = &pieces[next];
        let is_other_column = is_beside
            && piece.begins_line
            && name(text, piece.tokens.clone()).is_none_or(|it| it.len() < 2);
        if is_other_column || is_office(piece) || is_note(piece) || is_list_item(text, piece) {
            continue;
        }
        let Some(name) = name(text, piece.tokens.clone()) else {
            // The rest of an office, in capitals: `BAN NHÂN DÂN`.
            if piece.is_upper && piece.n_words() <= 12 {
                continue;
            }
            return None;
        };
        // `Vũ` / `Chiến Thắng`
        let rest =
            pieces.get(next + 1).filter(|it| !it.after_bar && !it.after_blank && it.begins_line);
        let rest = rest
            .and_then(|it| self::name(text, it.tokens.clone()))
            .filter(|it| it.len() + name.len() <= 5);
        let end = rest.map_or(name.end, |it| it.end);
        if end - name.start >= 2 {
            return Some((name.start..end, end));
        }
    }
    None
}

fn is_note(piece: &Piece) -> bool {
    matches!(piece.bare.as_str(), "da ky" | "ky" | "da ky va dong dau" | "ky ten dong dau")
        || piece.begins("ky ten")
        || piece.begins("da ky")
        || piece.begins("ky boi")
}

fn is_list_item(text: &Text<'_>, piece: &Piece) -> bool {
    let before = piece.tokens.start.checked_sub(1).map(|it| &text.tokens[it]);
    before.is_some_and(|it| it.is_dash() || it.is_mark('+'))
        || text.tokens[piece.tokens.start].is_dash()
        || piece.begins("noi nhan")
}

/// Surnames: a line of capitals is a name only if it begins with one.
static SURNAMES: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
        "Hồ", "Ngô", "Dương", "Lý", "Đào", "Đoàn", "Vương", "Trịnh", "Trương", "Đinh", "Lâm",
        "Phùng", "Mai", "Tô", "Hà", "Tạ", "Lương", "Châu", "Cao", "Nông", "Giàng", "Lò", "Quàng",
        "Triệu", "Thái", "Lưu", "Kiều", "Chu", "Tống", "La", "Từ", "Tăng", "Quách", "Thạch",
        "Điểu", "Rơ",
    ])
});

/// A person's name, without rank or degree before it.
fn name(text: &Text<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let mut start = tokens.start;
    let bare = dondoc_core::fold::bare(text.slice(tokens.clone()));
    let ranks = [
        "dai tuong",
        "thuong tuong",
        "trung tuong",
        "thieu tuong",
        "dai ta",
        "thuong ta",
        "trung ta",
        "thieu ta",
    ];
    if ranks.iter().any(|it| bare.starts_with(it)) {
        start += 2;
    }
    // `TS. `, `PGS.TS. `
    while let Some(dot) =
        (start..tokens.end.min(start + 4)).find(|it| text.tokens[*it].is_mark('.'))
    {
        start = dot + 1;
    }
    let words = &text.tokens[start.min(tokens.end)..tokens.end];
    let is_upper = words.iter().any(|it| it.case == Case::Upper);
    let is_word = |it: &Token| it.is_word() && it.is_capital();
    let is_name = (1..=5).contains(&words.len())
        && words.iter().all(is_word)
        && (!is_upper || SURNAMES.has(&words[0]));
    let is_office_word = OFFICES.iter().any(|it| bare == *it);
    (is_name && !is_office_word && !bare.starts_with("noi nhan")).then_some(start..tokens.end)
}
