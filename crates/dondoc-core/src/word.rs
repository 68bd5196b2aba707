//! The words and sentences of a text, as search, comparison and relations need them.
//!
//! A word here is a run of letters and digits: Vietnamese writes one syllable at a time.

use crate::{fold, reading::Span};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in Unicode scalar values of the text.
    pub span: Span,
    /// Without case, accents or đ: `don`.
    pub bare: String,
    /// Without case and without the place of its tone mark: the letters, then the number of the tone.
    ///
    /// `hoà` and `hòa` are both `hoa1`; `hoa` is `hoa`. Stable: it may be stored.
    pub toned: String,
}

/// The words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut chars = text.chars().enumerate().peekable();
    std::iter::from_fn(move || {
        while chars.next_if(|(_, c)| !is_inside(*c)).is_some() {}
        let start = chars.peek()?.0;
        let mut end = start;
        let mut builder = WordBuilder::default();
        while let Some((at, c)) = chars.next_if(|(_, c)| is_inside(*c)) {
            builder.push(c);
            end = at + 1;
        }
        let (bare, toned) = builder.finish();
        Some(Word { span: Span { start, end }, bare, toned })
    })
}

/// `text` as [`Word::toned`] words with one space between.
#[must_use]
pub fn toned(text: &str) -> String {
    let mut joined = String::with_capacity(text.len() + text.len() / 4);
    for word in words(text) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&word.toned);
    }
    joined
}

fn is_inside(c: char) -> bool {
    fold::letter(c).is_some() || c.is_numeric() || fold::is_mark(c)
}

#[derive(Default)]
struct WordBuilder {
    bare: String,
    letters: String,
    tone: u8,
}

impl WordBuilder {
    fn push(&mut self, c: char) {
        if let Some(letter) = fold::letter(c) {
            self.bare.push(fold::without_shape(letter.base));
            self.letters.push(letter.base);
            self.tone = self.tone.max(letter.tone as u8);
        } else if let Some(tone) = fold::tone_of_mark(c) {
            self.tone = tone as u8;
        } else if fold::is_mark(c) {
            let shaped = self.letters.chars().next_back().and_then(|last| fold::with_mark(last, c));
            if let Some(shaped) = shaped {
                self.letters.pop();
                self.letters.push(shaped);
            }
        } else {
            self.bare.push(c);
            self.letters.push(c);
        }
    }

    fn finish(mut self) -> (String, String) {
        if self.tone != 0 {
            self.letters.push(char::from(b'0' + self.tone));
        }
        (self.bare, self.letters)
    }
}

/// The sentence around `inside`, without the white space at its ends.
///
/// A sentence ends with its paragraph or table cell (not with a line that is only wrapped), and at a full stop, question or exclamation mark that is
/// followed by white space and a capital. It never ends inside of `inside`.
#[must_use]
pub fn sentence(text: &[char], inside: Span) -> Span {
    let mut start = inside.start.min(text.len());
    while start > 0 && !is_boundary(text, start) {
        start -= 1;
    }
    let mut end = inside.end.clamp(start, text.len());
    while end < text.len() && !is_boundary(text, end) {
        end += 1;
    }
    while start < end && text[start].is_whitespace() {
        start += 1;
    }
    while start < end && text[end - 1].is_whitespace() {
        end -= 1;
    }
    Span { start, end }
}

/// Shorter lines are lines of their own: headings, signatures.
const MIN_WRAPPED: usize = 50;

/// Whether one sentence ends and another begins between `at - 1` and `at`.
fn is_boundary(text: &[char], at: usize) -> bool {
    let before = text[at - 1];
    if before == '|' || text[at] == '|' {
        return true;
    }
    if before == '\n' || text[at] == '\n' {
        let line_end = if before == '\n' { at - 1 } else { at };
        return !is_wrapped(text, line_end);
    }
    if !matches!(before, '.' | '!' | '?' | '…') || !text[at].is_whitespace() {
        return false;
    }
    if before == '.' && ends_in_label_or_initial(&text[..at - 1]) {
        return false;
    }
    let next = text[at..].iter().find(|c| !c.is_whitespace());
    next.is_some_and(|c| {
        c.is_uppercase() || matches!(c, '“' | '"' | '-' | '–' | '(') || c.is_ascii_digit()
    })
}

/// Whether the line that ends at `line_end` goes on in the next one: it is long and ends in no mark, and the next
/// is neither empty nor the start of a list item.
fn is_wrapped(text: &[char], line_end: usize) -> bool {
    let line = || text[..line_end].iter().rev().take_while(|c| **c != '\n');
    let is_long = line().take(MIN_WRAPPED).count() == MIN_WRAPPED;
    let last = line().find(|c| !c.is_whitespace());
    let ends_in_mark = last.is_none_or(|c| ".;:!?…*|".contains(*c));
    let next = text[line_end + 1..].iter().take_while(|c| **c != '\n');
    let next: Vec<char> = next.take(4).copied().collect();
    let starts_item = match next.as_slice() {
        ['-' | '–' | '+' | '*' | '•' | '|' | '#' | '>', ..] => true,
        [a, ')' | '.', ..] => a.is_alphanumeric(),
        [a, b, ')' | '.', ..] => a.is_ascii_digit() && b.is_ascii_digit(),
        all => all.iter().all(|c| c.is_whitespace()),
    };
    is_long && !ends_in_mark && !starts_item
}

/// A list label that opens its line ("1. Giao …") and an initial ("TP. Hòa Bình") end no sentence.
fn ends_in_label_or_initial(text: &[char]) -> bool {
    let n = text.iter().rev().take_while(|c| !c.is_whitespace()).count();
    let (before, token) = text.split_at(text.len() - n);
    let opens_line = || {
        let last = before.iter().rev().find(|c| **c == '\n' || !c.is_whitespace());
        last.is_none_or(|c| matches!(c, '\n' | '|'))
    };
    match token {
        [_] | [_, _] if token.iter().all(|c| c.is_uppercase()) => true,
        [_] | [_, _] => token.iter().all(|c| c.is_alphanumeric()) && opens_line(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_wherever_its_tone_mark_stands() {
        assert_eq!(toned("Hoà Bình, HÒA"), "hoa1 binh1 hoa1");
        assert_eq!(toned("ho\u{300}a"), "hoa1");
        assert_eq!(toned("quo\u{302}\u{301}c"), "quôc2");
    }

    #[test]
    fn words_with_other_tones_are_other_words() {
        assert_ne!(toned("dân"), toned("dần"));
        assert_ne!(toned("đơn"), toned("đôn"));
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let found: Vec<_> = words("Số 79/KH-UBND").map(|it| (it.span.start, it.bare)).collect();
        let expected = [(0, "so"), (3, "79"), (6, "kh"), (9, "ubnd")];
        assert_eq!(found, expected.map(|(at, bare)| (at, bare.to_owned())));
    }

    #[test]
    fn a_sentence_ends_before_the_next_capital_and_not_at_a_number() {
        let text: Vec<char> = "Đạt 1.200 lượt. Giao Sở Nội vụ chủ trì. Hết".chars().collect();
        let found = sentence(&text, Span { start: 21, end: 24 });
        assert_eq!(
            text[found.start..found.end].iter().collect::<String>(),
            "Giao Sở Nội vụ chủ trì."
        );
        let first = sentence(&text, Span { start: 0, end: 3 });
        assert_eq!(text[first.start..first.end].iter().collect::<String>(), "Đạt 1.200 lượt.");
    }

    #[test]
    fn a_wrapped_line_ends_no_sentence() {
        let first = "Căn cứ Thông tư số 10 ngày 31 tháng 5 năm 2022 của Bộ trưởng";
        let text: Vec<char> =
            format!("KẾ HOẠCH\n{first}\nBộ Y tế;\n- Theo đề nghị").chars().collect();
        let found = sentence(&text, Span { start: 16, end: 24 });
        let found: String = text[found.start..found.end].iter().collect();
        assert_eq!(found, format!("{first}\nBộ Y tế;"));
    }

    #[test]
    fn a_label_ends_no_sentence() {
        let text: Vec<char> = "2. Giao Sở Y tế chủ trì".chars().collect();
        assert_eq!(sentence(&text, Span { start: 8, end: 15 }), Span { start: 0, end: 23 });
    }
}
