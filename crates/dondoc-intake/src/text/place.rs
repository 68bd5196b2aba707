//! From bytes to the offsets and fields of the contract.

/// How many characters lie before a byte, in constant time.
#[derive(Debug)]
pub struct CharIndex {
    /// Characters before each block of [`BLOCK`] bytes.
    before_block: Vec<u32>,
}

/// A block is small enough to count through, and large enough to keep the index at 2 % of the text.
const BLOCK: usize = 256;

impl CharIndex {
    /// Counts through `source` once.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let mut before_block = Vec::with_capacity(source.len() / BLOCK + 1);
        let mut n_chars = 0_u32;
        for block in source.as_bytes().chunks(BLOCK) {
            before_block.push(n_chars);
            n_chars += count(block);
        }
        Self { before_block }
    }

    /// The characters of `source`, the text that the index was made from, before `byte`.
    #[must_use]
    pub fn chars_before(&self, source: &str, byte: usize) -> usize {
        let byte = byte.min(source.len());
        let block = (byte / BLOCK).min(self.before_block.len().saturating_sub(1));
        let Some(before) = self.before_block.get(block) else { return 0 };
        (*before + count(&source.as_bytes()[block * BLOCK..byte])) as usize
    }
}

/// Bytes that begin a character.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from((*byte as i8) >= -0x40)).sum()
}

/// Words as a field of the contract: runs of white space become one space, the stars of markdown go.
#[must_use]
pub fn field(words: &str) -> String {
    let mut field = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let before = field.len();
        if before > 0 {
            field.push(' ');
        }
        field.extend(word.chars().filter(|it| *it != '*'));
        if field.len() == before + 1 && before > 0 {
            field.pop();
        }
    }
    field
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_field_is_one_line_without_stars() {
        assert_eq!(
            field("**ỦY BAN NHÂN DÂN**\n*TỈNH\u{a0}LAM GIANG*"),
            "ỦY BAN NHÂN DÂN TỈNH LAM GIANG"
        );
        assert_eq!(field("a ** b"), "a b");
    }

    proptest! {
        #[test]
        fn the_index_counts_as_a_walk_does(text in "[aàếđ\u{1F600} \n]{0,900}") {
            let index = CharIndex::new(&text);
            for (n_chars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.chars_before(&text, byte), n_chars);
            }
            prop_assert_eq!(index.chars_before(&text, text.len()), text.chars().count());
        }
    }
}
