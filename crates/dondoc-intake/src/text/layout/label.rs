//! Labels with a number or a name: `1.2.`, `Điều 3.`, `Chương II`.

use super::{Label, LabelKind, is_roman};
use crate::text::lex::{Gap, Token, TokenKind};

/// `1.`, `1)`, `1.2.`, `1.2.3`, but no `1.234` and no `21/11`.
pub(super) fn number_label(source: &str, tokens: &[Token]) -> Option<Label> {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let number =
            tokens.get(at).filter(|it| it.is_number() && (at == 0 || it.gap == Gap::None))?;
        let digits = &source[number.start as usize..number.end as usize];
        if digits.len() > 2 {
            return None;
        }
        parts.push(digits.to_owned());
        at += 1;
        let mark = tokens.get(at).filter(|it| it.gap == Gap::None);
        match mark.map(|it| it.kind) {
            Some(TokenKind::Mark('.')) => {
                at += 1;
                if tokens.get(at).is_none_or(|it| it.gap != Gap::None || it.is_word()) {
                    break;
                }
            }
            Some(TokenKind::Mark(')')) => {
                at += 1;
                break;
            }
            // `1.2 Mục tiêu`: no closing mark, but two parts.
            None if parts.len() > 1 => break,
            _ => return None,
        }
    }
    Some(Label { kind: LabelKind::Number, parts, n_tokens: at })
}

/// `Điều 3.`, `Chương II`, `Mục 1`, `Phần I`, `Phần thứ nhất`.
pub(super) fn named_label(source: &str, tokens: &[Token]) -> Option<Label> {
    let first = &tokens[0];
    if !first.is_capital() {
        return None;
    }
    let word = &source[first.start as usize..first.end as usize];
    let kind = match dondoc_core::fold::bare(word).as_str() {
        "dieu" => LabelKind::Article,
        "chuong" => LabelKind::Chapter,
        "muc" => LabelKind::Section,
        "phan" => LabelKind::Part,
        _ => return None,
    };
    let number = tokens.get(1).filter(|it| it.gap <= Gap::Line)?;
    let text = &source[number.start as usize..number.end as usize];
    let is_ordinal = number.is_number() || (kind != LabelKind::Article && is_roman(text));
    if !is_ordinal {
        return None;
    }
    let mut n_tokens = 2;
    let mut parts = vec![text.to_owned()];
    // `Điều 3a.`
    if let Some(letter) = tokens.get(2).filter(|it| it.gap == Gap::None && it.is_word()) {
        parts[0].push_str(&source[letter.start as usize..letter.end as usize]);
        n_tokens += 1;
    }
    match tokens.get(n_tokens).map(|it| (it.kind, it.gap)) {
        Some((TokenKind::Mark('.' | ':'), Gap::None)) => n_tokens += 1,
        // An article in running text ("Điều 3 Nghị định này") is no heading; a chapter needs no mark.
        Some(_) if kind == LabelKind::Article => return None,
        _ => {}
    }
    Some(Label { kind, parts, n_tokens })
}
