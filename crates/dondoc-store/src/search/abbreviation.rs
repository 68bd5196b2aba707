//! Short forms that everybody in the offices knows, and what they stand for.
//!
//! The stored documents define more; see [`Query::with_stored_abbreviations`](super::Query).

/// Short forms and their long ones.
///
/// # Source
///
/// Usage in published documents of provincial offices; Decree 30/2020/NĐ-CP, Annex III (types of documents).
pub(super) const GENERAL: &[(&str, &str)] = &[
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("QPTD", "quốc phòng toàn dân"),
    ("ANND", "an ninh nhân dân"),
    ("KVPT", "khu vực phòng thủ"),
    ("LLVT", "lực lượng vũ trang"),
    ("QPAN", "quốc phòng, an ninh"),
    ("QP-AN", "quốc phòng, an ninh"),
    ("QSQP", "quân sự, quốc phòng"),
    ("QSĐP", "quân sự địa phương"),
    ("DQTV", "dân quân tự vệ"),
    ("DBĐV", "dự bị động viên"),
    ("CHQS", "chỉ huy quân sự"),
    ("BCH", "ban chấp hành"),
    ("BCHQS", "Bộ Chỉ huy quân sự"),
    ("BĐBP", "Bộ đội Biên phòng"),
    ("ANTT", "an ninh trật tự"),
    ("ATXH", "an toàn xã hội"),
    ("ATGT", "an toàn giao thông"),
    ("PCCC", "phòng cháy, chữa cháy"),
    ("PCTT", "phòng, chống thiên tai"),
    ("TKCN", "tìm kiếm cứu nạn"),
    ("PTDS", "phòng thủ dân sự"),
    ("CCHC", "cải cách hành chính"),
    ("TTHC", "thủ tục hành chính"),
    ("KT-XH", "kinh tế - xã hội"),
    ("KTXH", "kinh tế - xã hội"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("GDQP", "giáo dục quốc phòng"),
    ("GDQPAN", "giáo dục quốc phòng và an ninh"),
    ("CNTT", "công nghệ thông tin"),
    ("GDĐT", "giáo dục và đào tạo"),
    ("LĐTBXH", "Lao động - Thương binh và Xã hội"),
    ("NTM", "nông thôn mới"),
    ("BVMT", "bảo vệ môi trường"),
    ("CBCC", "cán bộ, công chức"),
    ("CBCCVC", "cán bộ, công chức, viên chức"),
    ("TW", "Trung ương"),
    ("TTg", "Thủ tướng Chính phủ"),
    ("VPCP", "Văn phòng Chính phủ"),
    ("BTV", "ban thường vụ"),
    ("NSNN", "ngân sách nhà nước"),
    ("ĐBQH", "đại biểu Quốc hội"),
    ("TP", "thành phố"),
];
