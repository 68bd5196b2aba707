//! Whether a word can be a syllable of Vietnamese: the measure by which decodings are compared.

use std::collections::HashSet;
use std::sync::LazyLock;

use dondoc_core::fold::{self, Tone};

/// What a syllable may begin with; a syllable may also begin with its rime.
const ONSETS: [&str; 27] = [
    "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh",
    "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// What a syllable may end with, without its tone.
const RIMES: &str = "\
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng \
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong \
ooc oong op ot oc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uynh \
uyên uyêt uyt uyu uyn uynh \
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
y yêm yên yêng yêt yêu ynh yt ych";

static RIME_SET: LazyLock<HashSet<&str>> =
    LazyLock::new(|| RIMES.split_ascii_whitespace().collect());

/// The longest syllable is `nghiêng`; anything longer needs no look.
const MOST_LETTERS: usize = 8;

/// How many words of a text with letters beyond ASCII there are, and how many could be Vietnamese.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Census {
    /// Words with at least one letter that is not ASCII.
    pub(crate) n_words: usize,
    /// Those of them that are syllables.
    pub(crate) n_syllables: usize,
}

impl Census {
    /// The syllables of every ten thousand words, and how many there are, to compare by.
    #[must_use]
    pub(crate) fn share_in_ten_thousand(self) -> usize {
        self.n_syllables.saturating_mul(10_000).checked_div(self.n_words).unwrap_or(0)
    }
}

/// Counts the words with letters beyond ASCII.
#[must_use]
pub(crate) fn census(text: &str) -> Census {
    text.split(|c| !is_word_char(c)).filter(|word| !word.is_ascii()).fold(
        Census::default(),
        |census, word| Census {
            n_words: census.n_words + 1,
            n_syllables: census.n_syllables + usize::from(is_syllable(word)),
        },
    )
}

/// Whether a character occurs in Vietnamese and in no Latin-1 text.
#[must_use]
pub(crate) fn is_only_vietnamese(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}')
        || fold::is_mark(c)
}

/// Whether a word, in any case, is built as the syllables of Vietnamese are.
#[must_use]
pub(crate) fn is_syllable(word: &str) -> bool {
    let mut tone = Tone::Level;
    let mut bases = String::new();
    for (at, c) in word.chars().enumerate() {
        let Some(letter) = fold::letter(c) else { return false };
        if at >= MOST_LETTERS || (letter.tone != Tone::Level && tone != Tone::Level) {
            return false;
        }
        if letter.tone != Tone::Level {
            tone = letter.tone;
        }
        bases.push(letter.base);
    }
    is_rime(&bases, tone)
        || ONSETS
            .iter()
            .any(|onset| bases.strip_prefix(onset).is_some_and(|rime| is_rime(rime, tone)))
        // In `gì` and `giếng` the i is of both parts.
        || bases.strip_prefix('g').is_some_and(|rime| rime.starts_with('i') && is_rime(rime, tone))
}

fn is_rime(rime: &str, tone: Tone) -> bool {
    let is_stopped = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
    RIME_SET.contains(rime) && (!is_stopped || matches!(tone, Tone::Acute | Tone::Dot))
}

/// A letter, or a sign of Latin-1 that only stands inside a word where the word was decoded wrongly.
fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{A1}'..='\u{BF}' | '×' | '÷') || fold::is_mark(c)
}
