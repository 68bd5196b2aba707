//! Letters of another language, and the Vietnamese words that they translate.

use std::{ops::Range, sync::LazyLock};

use crate::text::{
    Text,
    lex::{Case, TokenKind},
    phrase::Words,
};

/// Short forms of other languages, and how their Vietnamese long form begins.
const KNOWN: &[(&str, &[&str])] = &[
    ("FDI", &["đầu tư trực tiếp", "vốn đầu tư trực tiếp"]),
    ("FII", &["đầu tư gián tiếp"]),
    ("ODA", &["hỗ trợ phát triển", "viện trợ phát triển"]),
    ("GDP", &["tổng sản phẩm"]),
    ("GRDP", &["tổng sản phẩm", "tổng giá trị sản phẩm"]),
    ("GNI", &["tổng thu nhập"]),
    ("AI", &["trí tuệ nhân tạo"]),
    (
        "IOT",
        &["internet vạn vật", "internet kết nối", "kết nối vạn vật", "vạn vật", "internet của"],
    ),
    ("IIOT", &["iot công nghiệp", "internet vạn vật"]),
    (
        "PPP",
        &[
            "hợp tác công tư",
            "đối tác công tư",
            "công - tư",
            "hợp tác công - tư",
            "đối tác công - tư",
        ],
    ),
    ("KPI", &["tiêu chí", "chỉ số", "chỉ tiêu", "hiệu quả công việc", "bộ chỉ số"]),
    ("KPIS", &["tiêu chí", "chỉ số", "chỉ tiêu"]),
    ("ICT", &["công nghệ thông tin"]),
    ("CNTT", &[]),
    ("SME", &["doanh nghiệp nhỏ"]),
    ("SMES", &["doanh nghiệp nhỏ"]),
    ("DNNVV", &[]),
    ("WTO", &["tổ chức thương mại"]),
    ("WHO", &["tổ chức y tế"]),
    ("ILO", &["tổ chức lao động"]),
    ("IMF", &["quỹ tiền tệ"]),
    ("WB", &["ngân hàng thế giới"]),
    ("ADB", &["ngân hàng phát triển"]),
    ("ASEAN", &["hiệp hội"]),
    ("EU", &["liên minh châu âu"]),
    ("UN", &["liên hợp quốc"]),
    ("UNDP", &["chương trình phát triển"]),
    ("UNICEF", &["quỹ nhi đồng"]),
    ("UNESCO", &["tổ chức giáo dục"]),
    ("FAO", &["tổ chức nông lương", "tổ chức lương thực"]),
    ("APEC", &["diễn đàn"]),
    ("OECD", &["tổ chức hợp tác"]),
    ("ITU", &["liên minh viễn thông"]),
    ("JICA", &["cơ quan hợp tác"]),
    ("KOICA", &["cơ quan hợp tác"]),
    ("NGO", &["tổ chức phi chính phủ"]),
    ("R&D", &["nghiên cứu"]),
    ("RD", &["nghiên cứu"]),
    ("PCI", &["chỉ số năng lực", "chỉ số"]),
    ("PAPI", &["chỉ số hiệu quả", "chỉ số"]),
    ("PAR INDEX", &["chỉ số cải cách", "chỉ số"]),
    ("PARINDEX", &["chỉ số cải cách", "chỉ số"]),
    ("PAR", &["chỉ số cải cách", "cải cách hành chính"]),
    ("SIPAS", &["chỉ số hài lòng", "chỉ số"]),
    ("DDCI", &["chỉ số năng lực", "bộ chỉ số", "chỉ số"]),
    ("DTI", &["chỉ số chuyển đổi số", "chỉ số"]),
    ("PGI", &["chỉ số xanh", "chỉ số"]),
    ("PII", &["chỉ số đổi mới", "chỉ số"]),
    ("GII", &["chỉ số đổi mới", "chỉ số"]),
    ("EGDI", &["chỉ số phát triển"]),
    ("HDI", &["chỉ số phát triển"]),
    ("CPI", &["chỉ số giá"]),
    ("IIP", &["chỉ số sản xuất"]),
    ("ICOR", &["hệ số", "hiệu quả sử dụng vốn"]),
    ("TFP", &["năng suất các nhân tố", "năng suất nhân tố"]),
    ("AQI", &["chỉ số chất lượng"]),
    ("VN_AQI", &["chỉ số chất lượng"]),
    ("OCOP", &["mỗi xã", "chương trình mỗi xã"]),
    ("IUU", &["khai thác thủy sản", "khai thác hải sản", "khai thác bất hợp pháp", "đánh bắt"]),
    ("VMS", &["giám sát hành trình", "thiết bị giám sát"]),
    ("GIS", &["hệ thống thông tin", "thông tin địa lý", "bản đồ địa lý"]),
    ("GPS", &["hệ thống định vị", "định vị"]),
    ("BIM", &["mô hình thông tin"]),
    ("TOD", &["phát triển đô thị", "định hướng giao thông", "phát triển theo định hướng"]),
    ("ESG", &["môi trường, xã hội", "môi trường - xã hội"]),
    ("SDG", &["mục tiêu phát triển"]),
    ("SDGS", &["mục tiêu phát triển"]),
    (
        "UAV",
        &[
            "máy bay không người lái",
            "thiết bị bay không người lái",
            "phương tiện bay không người lái",
        ],
    ),
    ("LGSP", &["nền tảng"]),
    ("NDXP", &["nền tảng"]),
    ("NGSP", &["nền tảng"]),
    ("NDOP", &["nền tảng"]),
    ("SOC", &["trung tâm giám sát", "trung tâm điều hành"]),
    ("IOC", &["trung tâm giám sát", "trung tâm điều hành"]),
    ("API", &["giao diện lập trình", "giao diện"]),
    ("SSO", &["đăng nhập một lần", "xác thực tập trung", "hệ thống xác thực"]),
    ("CSDL", &[]),
    ("LPG", &["khí dầu mỏ", "khí hóa lỏng"]),
    ("LNG", &["khí thiên nhiên", "khí tự nhiên"]),
    ("CNG", &["khí thiên nhiên"]),
    ("BESS", &["lưu trữ năng lượng", "hệ thống lưu trữ"]),
    ("FTZ", &["khu thương mại"]),
    ("FTA", &["hiệp định thương mại"]),
    ("CFS", &["giấy chứng nhận"]),
    ("CO", &["giấy chứng nhận"]),
    ("C/O", &["giấy chứng nhận"]),
    ("CCTV", &["camera"]),
    ("HACCP", &["phân tích mối nguy"]),
    ("GMP", &["thực hành sản xuất"]),
    ("GAP", &["thực hành nông nghiệp", "thực hành sản xuất"]),
    ("HIV", &["vi rút"]),
    ("ASF", &["dịch tả lợn"]),
    ("DTLCP", &[]),
    ("BHXH", &[]),
    ("EPR", &["trách nhiệm mở rộng"]),
    ("CBAM", &["cơ chế điều chỉnh"]),
    ("REDD", &["giảm phát thải"]),
    ("ETS", &["hệ thống trao đổi", "sàn giao dịch"]),
    ("USD", &["đô la", "đồng đô la"]),
    ("VND", &["đồng việt nam", "việt nam đồng"]),
    ("EUR", &["đồng euro"]),
    ("MOU", &["bản ghi nhớ", "biên bản ghi nhớ"]),
    ("M&A", &["mua bán"]),
    ("FDA", &["cục quản lý thực phẩm"]),
    ("PMU", &["ban quản lý dự án"]),
    ("BOT", &["xây dựng - kinh doanh", "hợp đồng"]),
    ("BT", &["xây dựng - chuyển giao"]),
    ("NSIS", &["hệ thống"]),
    ("STEM", &["khoa học, công nghệ, kỹ thuật"]),
    ("MOOC", &["khóa học"]),
    ("LMS", &["hệ thống quản lý học"]),
    ("EMR", &["bệnh án điện tử", "hồ sơ bệnh án"]),
    ("HIS", &["hệ thống thông tin"]),
    ("MES", &["hệ thống điều hành", "điều hành sản xuất"]),
    ("ERP", &["hoạch định nguồn lực", "quản trị nguồn lực"]),
    ("CRM", &["quản lý quan hệ", "quản trị quan hệ"]),
    ("OTP", &["mật khẩu"]),
    ("PKI", &["hạ tầng khóa", "khóa công khai"]),
    ("CDC", &["trung tâm kiểm soát"]),
    ("EVN", &["tập đoàn điện lực"]),
    ("VNPT", &["tập đoàn bưu chính"]),
    ("PVN", &["tập đoàn dầu khí"]),
    ("ACV", &["tổng công ty cảng"]),
    ("VCCI", &["liên đoàn thương mại", "phòng thương mại"]),
    ("VTV", &["đài truyền hình"]),
    ("VOV", &["đài tiếng nói"]),
    ("VEC", &["tổng công ty đầu tư"]),
    ("BCG", &[]),
    ("WEF", &["diễn đàn kinh tế"]),
    ("RFID", &["nhận dạng"]),
    ("NFT", &["tài sản"]),
    ("VR", &["thực tế ảo"]),
    ("AR", &["thực tế tăng cường"]),
    ("XR", &["thực tế mở rộng"]),
    ("HACT", &[]),
    ("DO", &["oxy hòa tan"]),
    ("COD", &["nhu cầu oxy"]),
    ("BOD", &["nhu cầu oxy"]),
    ("SOD", &["nhu cầu sử dụng oxy"]),
];

/// Words at which a long form of unknown letters cannot begin or go on.
static EDGES: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "và", "của", "các", "những", "là", "với", "cho", "theo", "từ", "trong", "về", "để", "có",
        "được", "qua", "tại", "trên", "do", "như", "một", "bằng", "đến", "khi", "này", "đó",
        "hoặc", "gồm", "vào", "đã", "sẽ", "phải", "cần", "dùng", "dựng", "hiện", "khai", "dụng",
        "hành", "cường", "mạnh", "tiến", "hút",
    ])
});

/// The words that known letters of another language translate: from the nearest beginning before the bracket.
pub(super) fn long_form(
    text: &Text<'_>,
    before: Range<usize>,
    short: Range<usize>,
) -> Option<Range<usize>> {
    let letters = text.slice(short).to_uppercase();
    if let Some((_, beginnings)) = KNOWN.iter().find(|(known, _)| *known == letters) {
        // The first that occurs holds, and of that the nearest: "Internet vạn vật" before "vạn vật" alone.
        let nearest = |words: &&str| {
            before.clone().rev().find(|at| starts_with(text, *at..before.end, words))
        };
        return beginnings.iter().find_map(nearest).map(|start| start..before.end);
    }
    // Letters that Vietnamese does not use are foreign; others are if a name of the usual kind stands before them.
    let is_foreign =
        letters.chars().any(|it| matches!(it, 'F' | 'J' | 'Z')) && !letters.contains('Đ');
    let is_plain = letters.len() >= 3 && letters.bytes().all(|it| it.is_ascii_uppercase());
    let named = |words: &&'static str| {
        before.clone().rev().take(16).find(|at| starts_with(text, *at..before.end, words))
    };
    let name = is_plain.then(|| HEADS.iter().filter_map(named).max()).flatten();
    match name {
        Some(start) if before.end - start >= 3 => Some(start..before.end),
        _ => is_foreign.then(|| run_before(text, before)).flatten(),
    }
}

/// How names begin that are shortened by letters of another language.
const HEADS: &[&str] = &[
    "tổ chức",
    "quỹ",
    "hiệp định",
    "liên minh",
    "hiệp hội",
    "chỉ số",
    "bộ chỉ số",
    "hệ thống",
    "nền tảng",
    "tập đoàn",
    "tổng công ty",
    "công ty",
    "mô hình",
    "giấy chứng nhận",
    "diễn đàn",
];

fn starts_with(text: &Text<'_>, tokens: Range<usize>, words: &str) -> bool {
    let mut at = tokens.start;
    for word in words.split([' ', ',']).filter(|it| !it.is_empty() && *it != "-") {
        while at < tokens.end
            && (text.tokens[at].is_dash() || text.tokens[at].is_mark(','))
            && at > tokens.start
        {
            at += 1;
        }
        let is_same =
            at < tokens.end && text.tokens[at].key == dondoc_core::fold::syllable_key(word);
        if !is_same {
            return false;
        }
        at += 1;
    }
    true
}

/// Two to eight words without a word that parts phrases; a name begins with its capital.
fn run_before(text: &Text<'_>, before: Range<usize>) -> Option<Range<usize>> {
    let mut start = before.end;
    while start > before.start && before.end - start < 8 {
        let token = &text.tokens[start - 1];
        if token.kind != TokenKind::Word || EDGES.has(token) {
            break;
        }
        start -= 1;
    }
    let capital =
        (start..before.end.saturating_sub(2)).find(|it| text.tokens[*it].case == Case::Capital);
    let start = capital.unwrap_or(start);
    (before.end - start >= 2).then_some(start..before.end)
}
