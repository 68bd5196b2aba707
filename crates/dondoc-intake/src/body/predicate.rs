//! What stands after the name of a body: the verb of an order, words on the way to it, or a report of results.

use std::sync::LazyLock;

use super::listed;
use crate::text::{
    lex::{Case, Token},
    phrase::Phrases,
};

/// What the word after a body begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// `cần`, `phải`, `có trách nhiệm`.
    Modal,
    /// A verb of administration: `chủ trì`, `rà soát`.
    Verb,
    /// An adverb or phrase before the verb: `khẩn trương`, `căn cứ`.
    Before,
    /// Not an order: `đã`, `được`, `là`.
    Result,
}

/// What a predicate begins with at token `at`, and how many tokens the phrase has.
///
/// Only small letters count: `Chỉ đạo` in `Ban Chỉ đạo` is part of a name.
#[must_use]
pub fn predicate_at(tokens: &[Token], at: usize) -> Option<(Predicate, usize)> {
    tokens.get(at).filter(|it| it.case == Case::Lower && it.is_word())?;
    let (n_tokens, it) = PREDICATES.longest(tokens, at)?;
    let is_in_word = n_tokens == 1
        && at > 0
        && COMPOUNDS.longest(tokens, at - 1).is_some_and(|(n_tokens, ())| n_tokens > 1);
    (*it).filter(|_| !is_in_word).map(|it| (it, n_tokens))
}

/// The verb at the head of an order without a subject (`Tiếp tục rà soát …`), in any case of letters.
#[must_use]
pub fn imperative_at(tokens: &[Token], at: usize) -> Option<(Predicate, usize)> {
    let (n_tokens, it) = PREDICATES.longest(tokens, at)?;
    (*it).filter(|it| *it != Predicate::Result).map(|it| (it, n_tokens))
}

/// Whether no name of a body goes on with the word at token `at`.
pub(super) fn ends_name(tokens: &[Token], at: usize) -> bool {
    tokens[at].case == Case::Lower && ENDS_NAME.longest(tokens, at).is_some()
}

/// Phrases by what they begin; `None` for nouns that only look like a verb.
static PREDICATES: LazyLock<Phrases<Option<Predicate>>> = LazyLock::new(|| {
    let lists = [
        (VERBS, Some(Predicate::Verb)),
        (PREPARES, Some(Predicate::Before)),
        (RESULTS, Some(Predicate::Result)),
        (MODALS, Some(Predicate::Modal)),
        (NOUNS, None),
    ];
    Phrases::new(
        lists.into_iter().flat_map(|(words, it)| listed(words).map(move |word| (word, it))),
    )
});

/// Words whose second syllable is a verb elsewhere: `công trình`.
static COMPOUNDS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(listed(WORDS).map(|it| (it, ()))));

static ENDS_NAME: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(listed(ENDS).map(|it| (it, ()))));

/// Words that charge someone.
const MODALS: &str = "cần|phải|thì cần|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|có nghĩa vụ|có kế hoạch\
    |có giải pháp|có biện pháp|có phương án|phải có|chịu sự|cần phải";

/// Words that stand between a body and its verb.
const PREPARES: &str = "căn cứ|trên cơ sở|theo chức năng|trong phạm vi|theo thẩm quyền|theo nhiệm vụ|định kỳ\
    |hằng năm|hàng năm|hằng tháng|hàng tháng|hằng quý|hàng quý|đồng thời|quyết liệt|nhanh chóng\
    |sớm|nghiêm túc|tích cực|thường xuyên|kịp thời|khẩn trương|chủ động|tiếp tục|trực tiếp\
    |tập trung|tùy theo|tự|tùy tình hình|cùng|thống nhất|hết sức|đặc biệt|chung tay|ngay\
    |kiên quyết|tăng tốc|thật sự|gương mẫu|cùng với";

/// Verbs of administration.
const VERBS: &str = "chủ trì|phối hợp|chỉ đạo|tổ chức|triển khai|thực hiện|xây dựng|rà soát|hướng dẫn|kiểm tra\
    |đôn đốc|theo dõi|giám sát|đánh giá|tổng hợp|báo cáo|tham mưu|đề xuất|trình|bố trí|bảo đảm\
    |đảm bảo|huy động|vận động|tuyên truyền|phổ biến|quán triệt|ban hành|phê duyệt|thẩm định\
    |quyết định|xem xét|nghiên cứu|cung cấp|cập nhật|công bố|công khai|lập|gửi|xác định|xác nhận\
    |tiếp nhận|xử lý|giải quyết|vận hành|duy trì|khắc phục|hoàn thành|hoàn thiện|hỗ trợ\
    |tạo điều kiện|tạo|khuyến khích|thông báo|phân công|giao|thành lập|kiện toàn|đào tạo\
    |bồi dưỡng|tập huấn|khảo sát|điều tra|thống kê|cân đối|phân bổ|lồng ghép|sử dụng|khai thác\
    |đăng ký|thu thập|tiến hành|cụ thể hóa|tham gia|phát động|lãnh đạo|thẩm tra|chấp hành\
    |tuân thủ|nỗ lực|phấn đấu|quyết tâm|chú trọng|quan tâm|ưu tiên|đẩy mạnh|tăng cường|nâng cao\
    |phát huy|kiểm soát|quản lý|làm|đưa|nắm|lấy|mở|rút|điều chỉnh|điều tiết|điều phối|kết nối\
    |tích hợp|phát hiện|ngăn chặn|phòng ngừa|đấu tranh|siết chặt|chấn chỉnh|thanh tra|xử phạt\
    |xuất cấp|cấp|hạn chế|khuyến cáo|dự báo|theo sát|bám sát|ứng phó|thu gom|tiêu hủy|vệ sinh\
    |đổi mới|cải cách|cải thiện|cắt giảm|đơn giản hóa|số hóa|chuẩn hóa|đề nghị|yêu cầu|kiến nghị\
    |phản ánh|góp ý|cho ý kiến|trao đổi|làm việc|ký kết|ký|đặt hàng|đấu thầu|đầu tư|đẩy nhanh\
    |giải ngân|thanh toán|quyết toán|chi trả|nộp|lưu trữ|bàn giao|tiếp thu|giải trình|kê khai\
    |kiểm kê|khẩn cấp|thúc đẩy|xúc tiến|quảng bá|giới thiệu|phát triển|phát hành|đăng tải|đăng\
    |truyền hình|phát sóng|đưa tin|thông tin|bảo vệ|bảo quản|bảo trì|sửa chữa|duy tu|chăm lo\
    |chăm sóc|khám|điều trị|chuẩn bị|sẵn sàng|đề ra|xác minh|nhân rộng|biểu dương|khen thưởng\
    |tặng|xét|đề cử|lựa chọn|tuyển chọn|tuyển dụng|bổ nhiệm|luân chuyển|sắp xếp|bổ sung|tổng kết\
    |sơ kết|mời|dự|chia sẻ|liên kết|hợp tác|đàm phán|ứng dụng|áp dụng|thí điểm|vận dụng|lưu ý\
    |nhận thức|tìm|thay thế|thu hồi|cưỡng chế|di dời|sơ tán|tiếp cận|tiếp tế|cứu trợ|thăm\
    |động viên|giúp|giúp đỡ|đỡ đầu|phân loại|phân tích|dự toán|thẩm duyệt|chấm|thu hút|kêu gọi\
    |tôn tạo|tu bổ|trồng|chăn nuôi|quy định|hình thành|gắn|gắn kết|kết hợp|tận dụng|giữ vững|giữ\
    |củng cố|tăng|giảm|xóa|hạ tầng hóa|rút ngắn|lấy ý kiến|tháo gỡ|đề cao|nêu cao|nêu gương\
    |gương mẫu|xem|nghiêm cấm|ngăn ngừa|truy quét|triệt phá|đấu nối|vận chuyển|tiêm|phun|giãn\
    |miễn|cho phép|trả|tiếp|kích hoạt|hưởng ứng|chỉnh trang|cải tạo|nạo vét|bốc dỡ|lắp đặt\
    |trang bị|mua sắm|mua|kết luận|kiểm định|kiểm nghiệm|quan trắc|đo đạc|lên kế hoạch\
    |truyền thông|nghiệm thu|khởi công|khánh thành|dành|dựng|thay mặt|trích|vay|bán|chuyển\
    |chuyển giao|chuyển đổi|ủng hộ|điều động|tác chiến|hiệp đồng|tiêu độc|khử trùng|tổng vệ sinh\
    |thẩm định, phê duyệt|tính toán|hạch toán|kiểm toán|đánh bắt|gia cố|tuần tra|canh gác\
    |cảnh báo|thông tin, tuyên truyền|hiệu chỉnh|tổ chức, triển khai|kiểm đếm|chứng thực\
    |công nhận|cho thuê|thuê|niêm yết|tổng rà soát|xử trí|vớt|dọn|tháo dỡ|tái định cư|phân cấp\
    |ủy quyền|trả lời|đối thoại|tiếp công dân|tiếp xúc|đề bạt|quy hoạch|tập hợp|tổ chức lễ\
    |tăng gia|bắt giữ|khởi tố|khẩn trương|trực ban|trực chỉ huy|thu nộp|ra|ra quyết định\
    |phúc tra|cử|sơ tuyển|tuyển\
    |họp|dừng|tạm dừng|ngừng|công tác phối hợp";

/// Words that tell of what is, or what was done.
const RESULTS: &str = "đã|được|bị|là|có|đang|sẽ|vẫn|đều|gồm|bao gồm|còn|không|chưa|trở thành";

/// Words that no name of a body goes on with.
const ENDS: &str = "để|nhằm|theo|như|về|tại|nếu|khi|mà|thì|với|cho|bằng|từ|sau|trước|nhưng|do|qua|vào|rồi|nên|vì\
    |hoặc|trong việc|trong quá trình|trong thời gian|trong công tác|trong lĩnh vực|trong năm\
    |trong tháng|trong quý|trong phạm vi|trong đó|trong trường hợp|trong tổ chức|biết|ngoài\
    |trong khi|trong vòng|khoảng|nhất là|đặc biệt là|bao gồm|gồm";

/// Words whose second syllable is a verb elsewhere.
const WORDS: &str = "công trình|chương trình|quy trình|quá trình|lộ trình|tiến trình|phát trình|công lập|độc lập\
    |việc làm|nơi làm|liên tiếp|trực tiếp|gián tiếp|hợp xét|trung cấp|sơ cấp|cao cấp|đồng cấp\
    |hành trình|truyền hình|loa đài\
    |sáng tạo|kiến tạo|chế tạo|tái tạo|đào tạo";

/// Nouns whose first syllable is a verb elsewhere.
const NOUNS: &str = "dự án|dự toán|dự thảo|dự trữ|dự bị|dự phòng|dự kiến|chi nhánh|chi cục|chi hội|chi đoàn\
    |chi bộ|giao thông|giao dịch|giao thương|thu nhập|cấp xã|cấp tỉnh|cấp huyện|cấp ủy|cấp cơ sở\
    |cấp trên|cấp dưới|cấp phó|cấp nước|cấp nước sạch|làm nghề|bán lẻ|bán buôn|bán đấu giá\
    |thuê bao|chuyển phát|xét nghiệm|xét xử|trồng trọt|chăn nuôi|thu gom rác|giữ trẻ|khám bệnh\
    |khám chữa bệnh|quản lý nhà nước|mua bán|vay vốn|trích lục|bảo vệ thực vật|bảo vệ môi trường\
    |bảo vệ rừng|kiểm soát bệnh tật|phát triển nông thôn|thông tin cơ sở|thông tin đại chúng\
    |thông tin và truyền thông|truyền thông đại chúng|tổ chức đảng|tổ chức đoàn|tổ chức tín dụng\
    |tổ chức chính trị|tổ chức xã hội|tổ chức hội|tổ chức tôn giáo|tổ chức khoa học\
    |tổ chức, cá nhân|đầu tư nước ngoài|hợp tác xã|xúc tiến đầu tư|xúc tiến thương mại\
    |phục vụ hành chính công|dịch vụ việc làm|giới thiệu việc làm|có công";
