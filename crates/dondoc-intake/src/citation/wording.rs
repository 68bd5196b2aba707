//! The words around documents that are cited by name.

use std::sync::LazyLock;

use crate::text::phrase::Phrases;

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
        "cho thấy",
        "khẳng định",
        "chỉ rõ",
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
        "xây dựng, triển khai",
        "xây dựng và triển khai",
        "xây dựng tổ chức triển khai",
        "xây dựng, tổ chức triển khai",
        "xây dựng, trình",
        "nghiên cứu, xây dựng",
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
        "phê duyệt nhiệm vụ",
        "ban hành kèm theo",
        "ban hành mới",
        "trình",
        "phát động",
        "phê chuẩn",
        "chấp thuận",
        "chủ trương đầu tư",
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
