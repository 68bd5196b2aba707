//! The words that types of documents are named by.

use std::sync::LazyLock;

use dondoc_core::kind::KINDS;

use crate::text::phrase::Phrases;

/// How a type of document can be named without a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// By session, congress or quoted title: `Nghị quyết Trung ương 8`.
    Session,
    /// By its subject, capitalised: `Luật Đất đai`.
    Law,
    /// By a fixed title: `Chiến lược an ninh mạng quốc gia`.
    Title,
    /// By number only.
    Number,
}

/// What a type word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeWord {
    /// The abbreviation of the type; `None` for `văn bản`, which takes that of its number.
    pub(super) kind: Option<&'static str>,
    pub(super) naming: Naming,
    /// An abbreviation, which counts in capitals only.
    pub(super) is_short: bool,
}

/// Type words, spelt out and abbreviated.
pub(super) static TYPE_WORDS: LazyLock<Phrases<TypeWord>> = LazyLock::new(|| {
    let spelt = KINDS.iter().filter(|it| it.code != "news").map(|it| {
        (it.name, TypeWord { kind: Some(it.code), naming: naming(it.code), is_short: false })
    });
    let aliases = [
        ("chương trình hành động", Some("CTr")),
        ("nghị quyết liên tịch", Some("NQ")),
        ("thông báo kết luận", Some("TB")),
        ("kết luận thanh tra", Some("KL")),
        ("quyết nghị", Some("NQ")),
        ("văn bản", None),
    ]
    .map(|(name, kind)| {
        (name, TypeWord { kind, naming: kind.map_or(Naming::Number, naming), is_short: false })
    });
    let short = SHORT_TYPES.iter().map(|(name, kind)| {
        (*name, TypeWord { kind: Some(kind), naming: naming(kind), is_short: true })
    });
    Phrases::new(spelt.chain(aliases).chain(short))
});

/// Abbreviations that stand before a number as a type word would.
const SHORT_TYPES: &[(&str, &str)] = &[
    ("NQ", "NQ"),
    ("QĐ", "QĐ"),
    ("CT", "CT"),
    ("KL", "KL"),
    ("CTr", "CTr"),
    ("CTHĐ", "CTr"),
    ("KH", "KH"),
    ("NĐ", "NĐ"),
    ("TT", "TT"),
    ("TTLT", "TTLT"),
    ("ĐA", "ĐA"),
    ("HD", "HD"),
    ("BC", "BC"),
    ("TB", "TB"),
    ("TTr", "TTr"),
    ("CĐ", "CĐ"),
    ("CV", "CV"),
    ("NQTW", "NQ"),
];

fn naming(code: &str) -> Naming {
    match code {
        "NQ" | "KL" | "CT" => Naming::Session,
        "LUAT" | "PL" | "HP" => Naming::Law,
        "CTr" | "ĐA" | "KH" | "CL" | "QH" | "QC" | "PA" | "QyĐ" | "HD" | "ĐL" => Naming::Title,
        _ => Naming::Number,
    }
}

/// The signs of a number and the types that they stand for: `NQ` of `57-NQ/TW`.
pub(super) static SIGNS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    let signs = KINDS.iter().flat_map(|it| it.signs.iter().map(|sign| (*sign, it.code)));
    Phrases::new(signs.chain([("QCPH", "QC"), ("CTHĐ", "CTr"), ("NQLT", "NQ"), ("TTR", "TTr")]))
});
