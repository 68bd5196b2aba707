//! Lines, and the blocks that they make: paragraphs, list items, table cells.
//!
//! A page from the web has a paragraph a line; a document turned to text is wrapped, and only a blank line, a
//! label or a bar of a table ends a paragraph. Which of the two a text is shows in its line breaks: in wrapped
//! text many lines go on with a small letter.

use std::ops::Range;

use super::lex::{Case, Gap, Token, TokenKind};

mod label;

/// A physical line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes without white space at either end; empty for a blank line.
    pub bytes: Range<usize>,
    /// Its tokens; none for a blank line, or one of stars only.
    pub tokens: Range<usize>,
}

/// A paragraph, a list item or a table cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its tokens, the label included; never empty.
    pub tokens: Range<usize>,
    /// What is printed at its head: `1.`, `a)`, `Điều 3.`, `-`.
    pub label: Option<Label>,
    /// How many lines of a lone `|` stand between it and the block before: above 0 it begins a table cell.
    pub n_bars_before: u32,
}

/// The label of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What kind of label it is.
    pub kind: LabelKind,
    /// Its parts as printed, without marks: `["1", "2"]` for `1.2.`, `["a"]` for `a)`, `["3"]` for `Điều 3.`
    pub parts: Vec<String>,
    /// How many tokens it takes, its closing mark included.
    pub n_tokens: usize,
}

/// Kinds of labels, from the highest to the lowest in common use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelKind {
    /// `Phần I`, `Phần thứ nhất`
    Part,
    /// `Chương II`
    Chapter,
    /// `Mục 1`
    Section,
    /// `Điều 3.`
    Article,
    /// `A.`
    Capital,
    /// `IV.`
    Roman,
    /// `1.`, `1)`, `1.2.`
    Number,
    /// `a)`, `đ.`
    Letter,
    /// `-`, `+`, `•`
    Bullet,
}

/// The physical lines of a text.
#[must_use]
pub fn lines(source: &str, tokens: &[Token]) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut token) = (0, 0);
    let ends = memchr::memchr_iter(b'\n', source.as_bytes()).chain([source.len()]);
    for end in ends {
        let line = &source[start..end];
        let trimmed = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        let first = token;
        while tokens.get(token).is_some_and(|it| (it.start as usize) < end) {
            token += 1;
        }
        lines.push(Line {
            bytes: from.min(end)..from.min(end) + trimmed.len(),
            tokens: first..token,
        });
        start = end + 1;
    }
    lines
}

/// The blocks of a text.
#[must_use]
pub fn blocks(source: &str, tokens: &[Token], lines: &[Line]) -> Vec<Block> {
    let is_wrapped = is_wrapped(tokens, lines);
    let width = usual_width(lines);
    let mut blocks: Vec<Block> = Vec::new();
    let (mut n_bars_before, mut is_open) = (0, false);
    // Where the line ends that a label began on the line before reaches into.
    let mut label_end = 0;
    for (n, line) in lines.iter().enumerate() {
        let Some(first) = tokens.get(line.tokens.start).filter(|_| !line.tokens.is_empty()) else {
            is_open &= !line.bytes.is_empty();
            continue;
        };
        if line.tokens.len() == 1 && first.is_mark('|') {
            n_bars_before += 1;
            is_open = false;
            continue;
        }
        if line.tokens.start < label_end {
            if let Some(last) = blocks.last_mut() {
                last.tokens.end = line.tokens.end;
            }
            continue;
        }
        let broken = lines.get(n + 1).and_then(|next| broken_label(source, tokens, line, next));
        if broken.is_some() {
            label_end = line.tokens.end + 1;
        }
        let label = broken.or_else(|| label(source, tokens, line.tokens.clone()));
        let goes_on = is_open
            && is_wrapped
            && first.gap == Gap::Line
            && label.as_ref().is_none_or(|it| !is_trusted(it, tokens, line))
            && blocks.last().is_some_and(|it| !ends(tokens, it.tokens.end - 1, lines, width));
        match blocks.last_mut() {
            Some(last) if goes_on => last.tokens.end = line.tokens.end,
            _ => {
                blocks.push(Block { tokens: line.tokens.clone(), label, n_bars_before });
                n_bars_before = 0;
            }
        }
        is_open = true;
    }
    blocks
}

/// The label whose number stands on the next line: `Điều` above `18. Quyền và nghĩa vụ`.
fn broken_label(source: &str, tokens: &[Token], line: &Line, next: &Line) -> Option<Label> {
    let is_alone = line.tokens.len() == 1 && tokens[line.tokens.start].is_capital();
    let goes_on = tokens.get(next.tokens.start).is_some_and(|it| it.gap == Gap::Line);
    (is_alone && !next.tokens.is_empty() && goes_on)
        .then(|| label::named_label(source, &tokens[line.tokens.start..next.tokens.end]))
        .flatten()
}

/// Whether lines of the text go on in the next line.
///
/// Only breaks after a line of words count: the cells of a large table would outvote the prose around them.
fn is_wrapped(tokens: &[Token], lines: &[Line]) -> bool {
    let (mut n_breaks, mut n_going_on) = (0_u32, 0_u32);
    for pair in lines.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        if line.tokens.len() < WORDS_OF_PROSE || next.tokens.is_empty() {
            continue;
        }
        let first = &tokens[next.tokens.start];
        n_breaks += 1;
        n_going_on += u32::from(first.is_word() && first.case == Case::Lower);
    }
    n_breaks > 0 && n_going_on * 4 > n_breaks
}

/// A line of fewer tokens is a title, a cell or the end of a paragraph.
const WORDS_OF_PROSE: usize = 5;

/// The width that nine lines in ten stay within, in bytes.
fn usual_width(lines: &[Line]) -> usize {
    let mut widths: Vec<usize> =
        lines.iter().map(|it| it.bytes.len()).filter(|it| *it > 0).collect();
    if widths.is_empty() {
        return 0;
    }
    let at = (widths.len() * 9 / 10).min(widths.len() - 1);
    *widths.select_nth_unstable(at).1
}

/// Whether the paragraph ends with its last line: that line is short and closes a sentence.
fn ends(tokens: &[Token], last: usize, lines: &[Line], width: usize) -> bool {
    let token = tokens[last];
    let closes = matches!(token.kind, TokenKind::Mark('.' | ';' | ':' | '!' | '?'));
    closes && {
        let line = lines.partition_point(|it| it.tokens.end <= last);
        lines.get(line).is_some_and(|it| it.bytes.len() * 10 < width * 7)
    }
}

/// Whether a label at the head of a wrapped line is one: `21` of "ngày\n21. " may be the rest of a date.
fn is_trusted(label: &Label, tokens: &[Token], line: &Line) -> bool {
    match label.kind {
        // A dash may join what stands before it, and the next word then has no capital.
        LabelKind::Bullet => tokens[line.tokens.clone()].get(1).is_some_and(Token::is_capital),
        _ => true,
    }
}

/// The label at the head of a line.
#[must_use]
pub fn label(source: &str, tokens: &[Token], line: Range<usize>) -> Option<Label> {
    let tokens = &tokens[line];
    // `## I. Mục tiêu`: the marks of a markdown heading stand before its label.
    let n_hashes = tokens.iter().take_while(|it| it.is_mark('#')).count();
    if n_hashes > 0 {
        let mut label = plain_label(source, &tokens[n_hashes..])?;
        label.n_tokens += n_hashes;
        return Some(label);
    }
    plain_label(source, tokens)
}

fn plain_label(source: &str, tokens: &[Token]) -> Option<Label> {
    let first = tokens.first()?;
    let words = |token: &Token| source[token.start as usize..token.end as usize].to_owned();
    match first.kind {
        TokenKind::Mark('-' | '–' | '—' | '+' | '•' | '·' | '●' | '○' | '▪' | '‣' | '\u{f0b7}') =>
        {
            let has_words = tokens.len() > 1 && !tokens[1].is_dash();
            has_words.then(|| Label { kind: LabelKind::Bullet, parts: Vec::new(), n_tokens: 1 })
        }
        TokenKind::Mark(_) => None,
        TokenKind::Number => label::number_label(source, tokens),
        TokenKind::Word => {
            if let Some(label) = label::named_label(source, tokens) {
                return Some(label);
            }
            let word = words(first);
            let mark = tokens.get(1).filter(|it| it.gap == Gap::None)?;
            let TokenKind::Mark(mark @ ('.' | ')' | '/' | '-')) = mark.kind else { return None };
            if tokens.get(2).is_some_and(|it| it.gap == Gap::None && mark != ')') {
                return None;
            }
            let kind = if is_roman(&word) && mark != ')' {
                LabelKind::Roman
            } else if word.chars().count() == 1
                && first.case == Case::Lower
                && matches!(mark, '.' | ')' | '/')
            {
                LabelKind::Letter
            } else if word.chars().count() == 1 && first.case == Case::Capital && mark == '.' {
                LabelKind::Capital
            } else {
                return None;
            };
            Some(Label { kind, parts: vec![word], n_tokens: 2 })
        }
    }
}

/// Whether a word is a Roman number, as labels use them (1 to 39, and L, C as rarely as they come).
#[must_use]
pub fn is_roman(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 7
        && word.bytes().all(|it| matches!(it, b'I' | b'V' | b'X' | b'L'))
}

/// The value of a Roman number in capitals; `None` if it is none.
#[must_use]
pub fn roman(word: &str) -> Option<u32> {
    if !is_roman(word) {
        return None;
    }
    let values: Vec<u32> = word
        .bytes()
        .map(|it| match it {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            _ => 50,
        })
        .collect();
    let mut sum = 0;
    for (i, value) in values.iter().enumerate() {
        if values.get(i + 1).is_some_and(|next| next > value) {
            sum -= *value as i32;
        } else {
            sum += *value as i32;
        }
    }
    u32::try_from(sum).ok().filter(|it| *it > 0)
}

/// Whether the token numbers something as a label would: digits or a Roman number.
#[must_use]
pub fn is_ordinal(source: &str, token: &Token) -> bool {
    token.is_number() || is_roman(&source[token.start as usize..token.end as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lex;

    fn text_blocks(source: &str) -> Vec<String> {
        let tokens = lex::tokens(source);
        let lines = lines(source, &tokens);
        let words = |it: &Block| {
            let bytes =
                tokens[it.tokens.start].start as usize..tokens[it.tokens.end - 1].end as usize;
            source[bytes].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        blocks(source, &tokens, &lines).iter().map(words).collect()
    }

    #[test]
    fn a_page_has_a_paragraph_a_line() {
        let page = "Một câu.\nCâu hai\n\nCâu ba.";
        assert_eq!(text_blocks(page), ["Một câu.", "Câu hai", "Câu ba."]);
    }

    #[test]
    fn a_label_may_be_broken_before_its_number() {
        let prose =
            "Các bên làm theo quy định\ncủa pháp luật và của tỉnh Lam Giang\nđã ban hành.\n\n";
        let wrapped =
            format!("{prose}{prose}Điều\n18. Quyền của\ncác bên\n\nChương\nII\n\nĐiều\nkiện");
        assert_eq!(
            text_blocks(&wrapped)[2..],
            ["Điều 18. Quyền của các bên", "Chương II", "Điều kiện"]
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_until_a_label() {
        let wrapped = "1. Tổ chức ngay việc\nthu gom rác\nthải.\n- Sở Y tế phải luôn\nchủ trì.\n\nSố liệu\nđến nay.";
        assert_eq!(
            text_blocks(wrapped),
            [
                "1. Tổ chức ngay việc thu gom rác thải.",
                "- Sở Y tế phải luôn chủ trì.",
                "Số liệu đến nay."
            ]
        );
    }

    #[test]
    fn bars_alone_on_their_line_part_the_cells() {
        let table = "|\n1\n|\nSở Y tế tỉnh được giao\nchủ trì\n|\nvà phối hợp\n|";
        assert_eq!(text_blocks(table), ["1", "Sở Y tế tỉnh được giao chủ trì", "và phối hợp"]);
    }

    #[track_caller]
    fn check(source: &str, expected: Option<(LabelKind, &str)>) {
        let tokens = lex::tokens(source);
        let found = label(source, &tokens, 0..tokens.len());
        let found = found.map(|it| (it.kind, it.parts.join(".")));
        assert_eq!(found, expected.map(|(kind, parts)| (kind, parts.to_owned())), "{source}");
    }

    #[test]
    fn labels_are_told_from_numbers_and_names() {
        check("1. Mục đích", Some((LabelKind::Number, "1")));
        check("1.2.3 Mục đích", Some((LabelKind::Number, "1.2.3")));
        check("1.2. Mục đích", Some((LabelKind::Number, "1.2")));
        check("## IV. Mục đích", Some((LabelKind::Roman, "IV")));
        check("# MỤC ĐÍCH", None);
        check("1.234 người", None);
        check("21 tháng 11", None);
        check("17/9/2019", None);
        check("IV. NỘI DUNG", Some((LabelKind::Roman, "IV")));
        check("đ) Sở Y tế", Some((LabelKind::Letter, "đ")));
        check("Điều 3. Hiệu lực", Some((LabelKind::Article, "3")));
        check("Điều 3 Nghị định này", None);
        check("CHƯƠNG II", Some((LabelKind::Chapter, "II")));
        check("- Sở Y tế", Some((LabelKind::Bullet, "")));
        check("-------", None);
        check("V.I. Lênin", None);
    }
}
