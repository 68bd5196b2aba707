//! The place that a figure is of.

use std::{ops::Range, sync::LazyLock};

use crate::{
    header::Header,
    text::{
        Text,
        lex::{Gap, Token, word},
        phrase::Phrases,
    },
};

/// The type words of places, and phrases that are one whole.
static PLACE_WORDS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new([
        ("tỉnh", false),
        ("thành phố", false),
        ("huyện", false),
        ("quận", false),
        ("xã", false),
        ("phường", false),
        ("đặc khu", false),
        ("thị xã", false),
        ("thị trấn", false),
        ("cả nước", true),
        ("toàn quốc", true),
    ])
});

/// Types of documents that lay down norms, whose figures are of no place (CONTRACT 54).
const NORMS: [&str; 8] = ["QĐ", "NQ", "QyĐ", "QC", "TT", "NĐ", "LUAT", "TTLT"];

/// Follows the places that a block names.
#[derive(Debug)]
pub(super) struct Places {
    /// The place of the whole document, where its figures are results.
    of_document: Option<String>,
    /// The tokens of the last place named in the block.
    named: Option<Range<usize>>,
    /// Whether that place holds for what follows, as "trên địa bàn huyện …:" does.
    opens_list: bool,
}

impl Places {
    pub(super) fn new(text: &Text<'_>, is_article: bool, header: &Header) -> Self {
        let issuer = header.issuer.as_deref().map(dondoc_core::fold::bare).unwrap_or_default();
        let is_local = is_article || issuer.contains("tinh ") || issuer.contains("thanh pho ");
        let is_norm = NORMS.contains(&header.kind.as_str());
        let of_document = header.place.clone().filter(|_| is_local && !is_norm);
        let _ = text;
        Self { of_document, named: None, opens_list: false }
    }

    /// Goes into a block.
    pub(super) fn enter(&mut self) {
        self.named = None;
        self.opens_list = false;
    }

    /// Notes the place at token `at`, if one is named there; a full stop ends what was named.
    pub(super) fn read(&mut self, text: &Text<'_>, at: usize) {
        let token = &text.tokens[at];
        if token.is_mark('.') && text.tokens.get(at + 1).is_none_or(|it| it.gap != Gap::None) {
            self.enter();
        } else if token.is_mark(':') && self.named.as_ref().is_some_and(|it| it.end == at) {
            self.opens_list = true;
        } else if let Some(place) = place_at(text, at)
            && !self.opens_list
        {
            self.named = Some(place);
        }
    }

    /// The place of a figure that ends before token `end`.
    pub(super) fn of_figure(&self, text: &Text<'_>, end: usize) -> Option<String> {
        let after = text.tokens.get(end).and_then(|_| {
            // `8,3 - 8,5% của cả nước`
            let next = end + usize::from(text.tokens[end].is(word!("của")));
            place_at(text, next)
        });
        let named = after.or_else(|| self.named.clone()).map(|it| short(text, it));
        named.or_else(|| self.of_document.clone())
    }
}

/// `huyện Mường Tè`, `cả nước` at token `at`.
fn place_at(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let (n_tokens, is_whole) = PLACE_WORDS.longest(&text.tokens, at)?;
    if *is_whole {
        return Some(at..at + n_tokens);
    }
    let is_name = |it: &&Token| it.is_capital() && it.gap <= Gap::Line;
    let n_names = text.tokens[at + n_tokens..].iter().take(4).take_while(is_name).count();
    (n_names > 0).then(|| at..at + n_tokens + n_names)
}

/// A province goes by its name alone, what is below it keeps its type word.
fn short(text: &Text<'_>, place: Range<usize>) -> String {
    let words = text.field(place);
    for province in ["tỉnh ", "Tỉnh ", "thành phố ", "Thành phố "] {
        if let Some(name) = words.strip_prefix(province) {
            return name.to_owned();
        }
    }
    words
}
