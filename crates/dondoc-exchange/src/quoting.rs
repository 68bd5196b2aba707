//! Texts in CSV that a spreadsheet would work out, made harmless.
//!
//! Whoever opens a CSV file with a spreadsheet has every cell looked at: what begins like a formula is worked out, may lead
//! outside, and may start programs (CWE-1236). An apostrophe before it makes it a text for the eye and for the machine.
//! Every writer of CSV here has it from this one place; our own readers take it off again. Numbers do not come by here:
//! `-5` stays a number.

/// What begins a formula in some spreadsheet: the signs, the blanks that it passes over, and the wide signs of East Asia.
const FORMULA_STARTS: [char; 12] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// A text with an apostrophe before what a spreadsheet would work out; one that has it by itself gets a second.
pub(crate) fn escaped(text: &str) -> String {
    let after = text.strip_prefix('\'').unwrap_or(text);
    let escapes =
        after.starts_with(FORMULA_STARTS) || (after.len() < text.len() && after.starts_with('\''));
    if escapes { format!("'{text}") } else { text.to_owned() }
}

/// The text that was escaped.
pub(crate) fn unescaped(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(after) if after.starts_with(FORMULA_STARTS) || after.starts_with('\'') => after,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "'=1", "''", "＝1", "－1"]
        {
            let written = escaped(text);
            assert!(written.starts_with('\'') && unescaped(&written) == text, "{text}");
        }
        for text in ["'tis", "a=b", "", "'"] {
            assert_eq!((escaped(text).as_str(), unescaped(text)), (text, text));
        }
    }
}
