//! The official types of documents and their abbreviations.

/// An official type of document (*loại văn bản*).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// As in [`reading::Document::kind`](crate::reading::Document::kind): `NQ`.
    pub code: &'static str,
    /// The type word, lower case: `nghị quyết`.
    pub name: &'static str,
    /// In English, for the second language of the screens.
    pub english: &'static str,
    /// The signs that stand for it in a number (`CTr` and `CTR` in `26-CTr/TU`).
    pub signs: &'static [&'static str],
}

const fn kind(
    code: &'static str,
    name: &'static str,
    english: &'static str,
    signs: &'static [&'static str],
) -> Kind {
    Kind { code, name, english, signs }
}

/// All types that Dondoc tells apart.
///
/// # Source
///
/// Decree 30/2020/NĐ-CP, Article 7 and Annex III (29 administrative types); Law on the promulgation of legal
/// documents (legal types); Regulation 399-QĐ/TW of 2026 (Party types). `LUAT`, `HP`, `PL`, `CL`, `QH` and `CV`
/// are ours: the law gives those types no abbreviation.
pub const KINDS: &[Kind] = &[
    kind("NQ", "nghị quyết", "resolution", &["NQ"]),
    kind("QĐ", "quyết định", "decision", &["QĐ", "QD"]),
    kind("CT", "chỉ thị", "directive", &["CT"]),
    kind("KL", "kết luận", "conclusion", &["KL"]),
    kind("CTr", "chương trình", "programme", &["CTr"]),
    kind("CTr", "chương trình hành động", "action programme", &["CTr", "CTHĐ"]),
    kind("KH", "kế hoạch", "plan", &["KH"]),
    kind("NĐ", "nghị định", "decree", &["NĐ", "ND"]),
    kind("TT", "thông tư", "circular", &["TT"]),
    kind("TTLT", "thông tư liên tịch", "joint circular", &["TTLT"]),
    kind("LUAT", "luật", "law", &[]),
    kind("LUAT", "bộ luật", "code", &[]),
    kind("PL", "pháp lệnh", "ordinance", &["PL"]),
    kind("HP", "hiến pháp", "constitution", &[]),
    kind("L", "lệnh", "order", &["L"]),
    kind("ĐA", "đề án", "scheme", &["ĐA"]),
    kind("DA", "dự án", "project", &["DA"]),
    kind("PA", "phương án", "option", &["PA"]),
    kind("QC", "quy chế", "statute", &["QC"]),
    kind("QyĐ", "quy định", "regulation", &["QyĐ", "QĐi"]),
    kind("QH", "quy hoạch", "master plan", &["QH"]),
    kind("CL", "chiến lược", "strategy", &["CL"]),
    kind("HD", "hướng dẫn", "guideline", &["HD"]),
    kind("BC", "báo cáo", "report", &["BC"]),
    kind("TB", "thông báo", "notice", &["TB"]),
    kind("TC", "thông cáo", "communiqué", &["TC"]),
    kind("TTr", "tờ trình", "submission", &["TTr"]),
    kind("CĐ", "công điện", "telegram", &["CĐ"]),
    kind("CV", "công văn", "official letter", &["CV"]),
    kind("BB", "biên bản", "minutes", &["BB"]),
    kind("HĐ", "hợp đồng", "contract", &["HĐ"]),
    kind("BGN", "bản ghi nhớ", "memorandum", &["BGN"]),
    kind("BTT", "bản thỏa thuận", "agreement", &["BTT"]),
    kind("GUQ", "giấy ủy quyền", "power of attorney", &["GUQ"]),
    kind("GM", "giấy mời", "invitation", &["GM"]),
    kind("GGT", "giấy giới thiệu", "letter of introduction", &["GGT"]),
    kind("GNP", "giấy nghỉ phép", "leave permit", &["GNP"]),
    kind("PG", "phiếu gửi", "sending slip", &["PG"]),
    kind("PC", "phiếu chuyển", "transfer slip", &["PC"]),
    kind("PB", "phiếu báo", "notice slip", &["PB"]),
    kind("TTri", "thông tri", "circular letter", &["TTri"]),
    kind("ĐL", "điều lệ", "charter", &["ĐL"]),
    kind("TBo", "tuyên bố", "declaration", &[]),
    kind("VBHN", "văn bản hợp nhất", "consolidated text", &["VBHN"]),
    kind("news", "bài viết", "article", &[]),
];

/// The type whose abbreviation this is.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|it| it.code == code)
}
