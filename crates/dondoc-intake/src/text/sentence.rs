//! Sentences of a block.

use std::ops::Range;

use super::lex::{Case, Gap, Token, TokenKind};

/// The sentences of a run of tokens, in order, none empty; together they are the whole run.
///
/// A sentence ends at `.`, `!`, `?` or `…` before a capital, a number, a quote or the end. A full stop inside a
/// number, after a label or after a single capital (`V.I.`) ends nothing.
#[must_use]
pub fn sentences(tokens: &[Token], run: Range<usize>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = run.start;
    let mut at = run.start;
    while at < run.end {
        if closes(tokens, at, start, run.end) {
            let mut end = at + 1;
            // Closing quotes, brackets and repeated marks belong to the sentence.
            while end < run.end
                && tokens[end].gap == Gap::None
                && matches!(
                    tokens[end].kind,
                    TokenKind::Mark('.' | '…' | '”' | '"' | ')' | '’' | '/' | '!' | '?')
                )
            {
                end += 1;
            }
            sentences.push(start..end);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    if start < run.end {
        sentences.push(start..run.end);
    }
    sentences
}

fn closes(tokens: &[Token], at: usize, start: usize, end: usize) -> bool {
    let TokenKind::Mark('.' | '!' | '?' | '…') = tokens[at].kind else { return false };
    // A mark that nothing stands before, or a label: a full stop after the first token of the run.
    if at == start || at <= start + 1 && tokens[at].is_mark('.') {
        return false;
    }
    let before = tokens[at - 1];
    if before.case == Case::Capital
        && before.end - before.start <= 2
        && before.is_word()
        && tokens[at].is_mark('.')
    {
        // One letter: an initial.
        return false;
    }
    let mut next = at + 1;
    while next < end
        && matches!(tokens[next].kind, TokenKind::Mark('.' | '…' | '”' | '"' | ')' | '’' | '/'))
    {
        next += 1;
    }
    let Some(next) = tokens[..end].get(next) else { return true };
    if next.gap == Gap::None {
        return false;
    }
    match next.kind {
        TokenKind::Word => next.case != Case::Lower || next.gap == Gap::Blank,
        TokenKind::Number => {
            tokens[at].gap == Gap::None && !before.is_number() || next.gap >= Gap::Line
        }
        TokenKind::Mark(mark) => matches!(mark, '“' | '"' | '(' | '-' | '–' | '‘' | '•' | '+'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lex;

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let tokens = lex::tokens(source);
        let found: Vec<&str> = sentences(&tokens, 0..tokens.len())
            .into_iter()
            .map(|it| &source[tokens[it.start].start as usize..tokens[it.end - 1].end as usize])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_full_stop_before_a_capital_ends_a_sentence() {
        check(
            "Sở Y tế chủ trì. Sở Tài chính phối hợp./.",
            &["Sở Y tế chủ trì.", "Sở Tài chính phối hợp./."],
        );
    }

    #[test]
    fn numbers_labels_and_initials_end_nothing() {
        check("1. Tổ chức 32.266 lượt. Đạt 94%.", &["1. Tổ chức 32.266 lượt.", "Đạt 94%."]);
        check("Theo V. Lênin thì đúng.", &["Theo V. Lênin thì đúng."]);
        check("an toàn... và vững chắc.", &["an toàn... và vững chắc."]);
    }
}
