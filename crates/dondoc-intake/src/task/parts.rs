//! The parts of a document: its own text, and what is attached to it.

use std::{ops::Range, sync::LazyLock};

use crate::text::lex::word;
use crate::{
    body::{is_word_at, listed},
    header::Header,
    text::{Text, layout::Block, lex::Case, phrase::Phrases},
};

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The type word that labels in it begin with: `Quy định`, `Phụ lục`; `None` for the document's own text.
    pub(super) name: Option<String>,
}

/// Type words that an attachment is headed with.
static TYPE_WORDS: LazyLock<Phrases<&str>> = LazyLock::new(|| {
    let words = listed(
        "Phụ lục|Quy định|Quy chế|Kế hoạch|Danh mục|Chương trình|Đề án|Điều lệ|Nội quy|Hướng dẫn\
         |Phương án|Biểu|Quy trình|Bảng|Danh sách|Chiến lược|Tiêu chí|Bộ tiêu chí|Định mức|Mẫu\
         |Quy hoạch|Đề cương|Thể lệ|Báo cáo|Nội dung|Mức|Chương trình hành động",
    );
    Phrases::new(words.map(|it| (it, it)))
});

/// How many tokens the title of an attachment has at most.
const MAX_TITLE: usize = 60;

/// The parts of a document, in order.
pub(super) fn parts(text: &Text<'_>, header: &Header) -> Vec<Part> {
    let body = header.body.start..header.body.end.min(text.tokens.len());
    let signature =
        header.signature.clone().filter(|it| it.start >= body.start && it.end <= body.end);
    let Some(signature) = signature else {
        return vec![Part { tokens: body, name: None }];
    };
    let mut parts = vec![Part { tokens: body.start..signature.start, name: None }];
    let first = text.blocks.partition_point(|it| it.tokens.start < signature.end);
    let blocks = &text.blocks[first..];
    let mut open: Option<Part> = None;
    for (n, block) in blocks.iter().enumerate().take_while(|(_, it)| it.tokens.start < body.end) {
        if text.tokens[block.tokens.start].is_mark('[') {
            // Notes after the signature.
            continue;
        }
        // `QUY ĐỊNH` and its title `TIÊU CHÍ …` on the next line head one attachment.
        let is_titled =
            open.as_ref().is_some_and(|it| block.tokens.start < it.tokens.start + MAX_TITLE);
        let name = heading(text, blocks, n);
        let Some(name) = name.filter(|it| !is_titled || it.starts_with("Phụ lục")) else {
            continue;
        };
        if let Some(mut before) = open.take() {
            before.tokens.end = block.tokens.start;
            parts.push(before);
        }
        open = Some(Part { tokens: block.tokens.start..body.end, name: Some(name) });
    }
    parts.extend(open);
    parts
}

/// The type word of an attachment that block `n` heads.
fn heading(text: &Text<'_>, blocks: &[Block], n: usize) -> Option<String> {
    let block = &blocks[n];
    let is_hash = |it: &usize| text.tokens[*it].is_mark('#');
    let start = block.tokens.clone().find(|it| !is_hash(it))?;
    if block.label.is_some() || text.tokens[start].case != Case::Upper {
        return None;
    }
    let (n_tokens, name) = TYPE_WORDS.longest(&text.tokens[..block.tokens.end], start)?;
    if *name == "Phụ lục" {
        let number = text.tokens[..block.tokens.end]
            .get(start + n_tokens)
            .filter(|it| crate::text::layout::is_ordinal(text.source, it))
            .map(|it| &text.source[it.start as usize..it.end as usize]);
        return Some(number.map_or((*name).to_owned(), |it| format!("{name} {it}")));
    }
    // Another type word heads an attachment if `(Kèm theo …)` follows within its title.
    let is_attached = blocks[n..].iter().take(4).any(|it| {
        it.tokens
            .clone()
            .take(90)
            .any(|at| is_word_at(text, at, word!("kèm")) && is_word_at(text, at + 1, word!("theo")))
    });
    is_attached.then(|| (*name).to_owned())
}
