//! The words that citations are made of.

use std::sync::LazyLock;

use dondoc_core::kind::KINDS;

use crate::text::phrase::{Phrases, Words};

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

/// Words at which the name of a body or of a document ends.
pub(super) static STOPS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let stops = [
        "về",
        "v",
        "quy định",
        "qui định",
        "ban hành",
        "phê duyệt",
        "hướng dẫn",
        "sửa đổi",
        "bổ sung",
        "thực hiện",
        "triển khai",
        "ngày",
        "tại",
        "tiếp tục",
        "tăng cường",
        "nhằm",
        "trong",
        "cho",
        "đã",
        "là",
        "được",
        "có",
        "do",
        "đối với",
        "giao",
        "phân công",
        "phân cấp",
        "phân bổ",
        "thông qua",
        "công bố",
        "điều chỉnh",
        "kèm",
        "kèm theo",
        "để",
        "theo",
        "khi",
        "trên",
        "từ",
        "đến",
        "này",
        "nêu",
        "số",
        "năm",
        "với",
        "gắn với",
        "thay",
        "thay thế",
        "bãi bỏ",
        "chỉ đạo",
        "yêu cầu",
        "gồm",
        "bao gồm",
        "như",
        "thì",
        "cần",
        "phải",
        "không",
        "sẽ",
        "bằng",
        "qua",
        "sau",
        "trước",
        "cũng",
        "vào",
        "ra",
        "xác định",
        "nhưng",
        "hoặc",
        "cùng",
        "hiện hành",
        "liên quan",
        "khác",
        "tổ chức thực hiện",
        "chấp thuận",
        "giai đoạn",
        "thời kỳ",
        "báo cáo",
        "quyết định",
        "đề nghị",
        "đề ra",
        "đang",
        "còn",
        "mà",
        "vẫn",
        "tập trung",
        "ký",
        "gửi",
        "thống nhất",
        "cụ thể",
        "bảo đảm",
        "đảm bảo",
        "xây dựng",
        "nếu",
        "của",
        "đồng thời",
        "một số",
        "áp dụng",
        "trình",
        "giữa",
        "thành các",
        "thành lập",
        "ngay",
        "tới",
        "nói",
        "cấp",
        "chủ trì",
        "phối hợp",
        "hay",
        "lần này",
        "vừa",
        "mới",
        "và",
        "lấy",
        "cấp cho",
        "hiệu lực",
        "hết hiệu lực",
        "tổng kết",
        "sơ kết",
        "đánh giá",
        "đổi mới",
        "nâng cao",
        "đẩy mạnh",
        "phát triển",
        "giải quyết",
        "hợp nhất",
        "sắp xếp",
        "kiện toàn",
        "chuyển",
        "tạo",
        "hỗ trợ",
        "khuyến khích",
        "ủy quyền",
        "cụ thể hóa",
        "quán triệt",
    ];
    Phrases::new(stops.map(|it| (it, ())))
});

/// Words at which the title of a law, a scheme or a strategy ends; milder than [`STOPS`].
pub(super) static TITLE_STOPS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let stops = [
        "quy định",
        "ban hành kèm",
        "đã",
        "được",
        "có",
        "do",
        "của",
        "số",
        "ngày",
        "năm",
        "này",
        "nêu trên",
        "hiện hành",
        "thì",
        "nhằm",
        "để",
        "là",
        "bảo đảm",
        "đảm bảo",
        "và các",
        "theo",
        "ước",
        "trên địa bàn",
        "với",
        "gắn với",
        "đồng thời",
        "báo cáo",
        "về việc",
        "như",
        "tại",
        "phải",
        "sẽ",
        "đang",
        "kèm theo",
        "gồm",
        "bao gồm",
        "tham mưu",
        "thay",
        "cần",
        "khi",
    ];
    Phrases::new(stops.map(|it| (it, ())))
});

/// Words that a body's name begins with.
pub(super) static BODY_HEADS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let heads = [
        "bộ chính trị",
        "ban bí thư",
        "ban chấp hành",
        "bch",
        "ban thường vụ",
        "btv",
        "trung ương",
        "bộ",
        "sở",
        "ban",
        "ban chỉ đạo",
        "ủy ban",
        "ubnd",
        "hđnd",
        "hội đồng",
        "chính phủ",
        "thủ tướng",
        "quốc hội",
        "tỉnh ủy",
        "thành ủy",
        "huyện ủy",
        "quận ủy",
        "thị ủy",
        "đảng ủy",
        "đảng bộ",
        "đảng",
        "hội nghị",
        "đại hội",
        "văn phòng",
        "cục",
        "tổng cục",
        "chi cục",
        "vụ",
        "viện",
        "tòa án",
        "thanh tra",
        "kiểm toán",
        "ngân hàng",
        "bảo hiểm",
        "công an",
        "quân khu",
        "bộ tư lệnh",
        "bộ chỉ huy",
        "chủ tịch",
        "phó chủ tịch",
        "bộ trưởng",
        "giám đốc",
        "tổng giám đốc",
        "chánh văn phòng",
        "thường trực",
        "liên đoàn",
        "mặt trận",
        "hội",
        "tổng công ty",
        "tập đoàn",
        "phòng",
        "ubtvqh",
        "ttg",
        "thống đốc",
        "tổng bí thư",
        "ủy viên",
        "cơ quan",
        "quân ủy",
        "liên bộ",
        "tổng thanh tra",
        "tổng kiểm toán",
        "chánh án",
        "viện trưởng",
        "cục trưởng",
        "trường",
        "trung tâm",
        "đoàn",
        "bí thư",
        "tỉnh",
        "thành phố",
        "huyện",
        "xã",
        "phường",
        "ủy ban thường vụ",
        "ban cán sự",
        "thủ trưởng",
        "trưởng ban",
    ];
    Phrases::new(heads.map(|it| (it, ())))
});

/// Bodies that are named after a document: what follows is part of their name.
pub(super) static BODIES_BY_DOCUMENT: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let heads = [
        "ban chỉ đạo",
        "bcđ",
        "văn phòng điều phối",
        "vpđp",
        "ban quản lý",
        "tổ công tác",
        "tổ giúp việc",
        "hội đồng điều phối",
        "hội đồng thẩm định",
        "cơ quan thường trực",
        "văn phòng thường trực",
        "ban điều hành",
        "ban điều phối",
        "tổ soạn thảo",
        "ban soạn thảo",
        "tổ biên tập",
    ];
    Phrases::new(heads.map(|it| (it, ())))
});

/// What may stand between such a body and the document in its name.
pub(super) static BODY_LINKS: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "thực",
        "hiện",
        "triển",
        "khai",
        "các",
        "về",
        "quốc",
        "gia",
        "trung",
        "ương",
        "tỉnh",
        "thành",
        "phố",
        "cấp",
        "xã",
        "huyện",
        "ban",
        "xây",
        "dựng",
        "tổ",
        "chức",
        "nhà",
        "nước",
        "phường",
        "số",
    ])
});

/// Divisions whose name is one subject: `Sở Quy hoạch`, `Vụ Kế hoạch`, `Đại học Luật`.
pub(super) static DIVISIONS: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "sở",
        "bộ",
        "vụ",
        "cục",
        "phòng",
        "viện",
        "khoa",
        "trường",
        "hội",
        "ban",
        "đoàn",
        "ngành",
        "học",
    ])
});

/// Words before a document that does not exist yet, or is only now being made.
pub(super) static MAKING: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = [
        "dự thảo",
        "dự án",
        "xây dựng",
        "hoàn thiện",
        "soạn thảo",
        "nghiên cứu ban hành",
        "hồ sơ",
        "tham mưu ban hành",
        "trình ban hành",
        "ban hành mới",
        "góp ý",
        "đề nghị xây dựng",
        "lập",
        "xây dựng, ban hành",
    ];
    Phrases::new(words.map(|it| (it, ())))
});

/// Words before what a document itself issues, approves or lays down, and before the own title.
pub(super) static ISSUING: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = [
        "ban hành",
        "phê duyệt",
        "phê duyệt điều chỉnh",
        "thông qua",
        "công bố",
        "đây là",
        "quy định",
        "gọi là",
        "gọi tắt là",
        "phê duyệt nhiệm vụ",
        "ban hành kèm theo",
        "viết tắt là",
        "ban hành mới",
        "trình",
        "phát động",
        "phê chuẩn",
        "chấp thuận",
    ];
    Phrases::new(words.map(|it| (it, ())))
});

/// Titles that are names although their words have no capitals, with their type word.
pub(super) static FIXED_TITLES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let titles = [
        "chương trình mục tiêu quốc gia",
        "chương trình mtqg",
        "chương trình quốc gia",
        "chương trình hành động quốc gia",
        "chương trình mỗi xã một sản phẩm",
        "chương trình mỗi xã, phường một sản phẩm",
        "chương trình ocop",
        "chương trình giảm nghèo bền vững",
        "chương trình xây dựng nông thôn mới",
        "kế hoạch đầu tư công trung hạn",
        "kế hoạch tài chính quốc gia",
        "kế hoạch tài chính 5 năm",
        "kế hoạch tài chính 05 năm",
        "kế hoạch phát triển kinh tế - xã hội 5 năm",
        "kế hoạch phát triển kinh tế - xã hội 05 năm",
        "kế hoạch sử dụng đất quốc gia",
        "kế hoạch hành động quốc gia",
        "kế hoạch quốc gia",
        "quy hoạch mạng lưới",
        "quy hoạch tổng thể",
        "quy hoạch không gian biển quốc gia",
        "quy hoạch sử dụng đất quốc gia",
        "quy hoạch hạ tầng",
        "quy hoạch điện",
        "quy hoạch phát triển điện lực",
        "quy hoạch vùng",
        "quy hoạch tỉnh",
        "quy hoạch thành phố",
        "quy hoạch thủ đô",
        "quy hoạch chung",
        "quy hoạch hệ thống",
        "quy hoạch năng lượng quốc gia",
        "quy chế dân chủ",
        "quy chế thực hiện dân chủ",
        "điều lệ đảng",
        "điều lệ công đoàn",
        "điều lệ mặt trận",
    ];
    Phrases::new(titles.map(|it| (it, ())))
});
