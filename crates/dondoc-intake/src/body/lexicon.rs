//! Words that make the name of a body.

use std::sync::LazyLock;

use super::listed;
use crate::text::phrase::Phrases;

/// What kind of name a head word begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// `Bộ`, `Sở`: a field follows, `Bộ Y tế`.
    Field,
    /// A name of its own: `UBND`, `Mặt trận Tổ quốc`.
    Named,
    /// A name of its own when a capital stands on it and after it (`Ban Quản lý`), else a generic noun.
    NamedIfCapital,
    /// An office holder: `Giám đốc`, `Chủ tịch`.
    Title,
    /// A noun for many bodies: `cơ quan`, `đơn vị`.
    Generic,
    /// A noun that is a body only after `các` or another body: `tổ chức`, `cấp`.
    Follower,
    /// A level of the State or its place: `xã`, `tỉnh`.
    Level,
}

/// Heads by their words, the longest holds; `None` for words that only look like one.
pub(super) static HEADS: LazyLock<Phrases<Option<Head>>> = LazyLock::new(|| {
    let lists = [
        (FOLLOWERS, Some(Head::Follower)),
        (NAMED_IF_CAPITAL, Some(Head::NamedIfCapital)),
        (FIELDS_OF_WORK_HEADS, Some(Head::Field)),
        (NAMED, Some(Head::Named)),
        (TITLES, Some(Head::Title)),
        (GENERIC, Some(Head::Generic)),
        (LEVELS, Some(Head::Level)),
        (NO_BODIES, None),
    ];
    Phrases::new(
        lists.into_iter().flat_map(|(words, head)| listed(words).map(move |it| (it, head))),
    )
});

/// Fields of work as they stand in the names of ministries, departments and offices, where `,` and `và` are part
/// of the name.
pub(super) static FIELDS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(listed(FIELD_NAMES).map(|it| (it, ()))));

/// Bodies named by a field of work.
const FIELDS_OF_WORK_HEADS: &str = "bộ|sở";

/// Bodies with a name of their own.
const NAMED: &str = "ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|ủy ban mặt trận|ủy ban mttq|ubmttq\
    |mặt trận tổ quốc|mttq|mặt trận|ủy ban|văn phòng|vpcp|đoàn thanh niên|đoàn tncs|trung tâm\
    |công an|quân khu|bộ chỉ huy|bộ chqs|ban chqs|bchqs|bộ tư lệnh|bộ đội biên phòng\
    |bộ tổng tham mưu|bộ chính trị|ban bí thư|đảng ủy|tỉnh ủy|thành ủy|huyện ủy|đảng đoàn\
    |ban cán sự đảng|ban thường vụ|ban chấp hành|tập đoàn|tổng công ty|công ty|ngân hàng|kho bạc\
    |bảo hiểm xã hội|tổng cục|chi cục|học viện|thanh tra|tòa án|viện kiểm sát|hải quan|liên đoàn\
    |liên minh|hiệp hội|tổ công tác|tổ giúp việc|chính phủ|quốc hội|thường trực|điện lực\
    |bệnh viện|hội đồng|ban chỉ đạo|ban chỉ huy|ban quản lý|ban tổ chức|ban tuyên giáo\
    |đoàn đại biểu|đoàn kiểm tra|thông tấn xã|bưu điện|thống kê tỉnh|thuế tỉnh|thuế thành phố\
    |đài truyền hình|đài phát thanh|đài tiếng nói|hội liên hiệp|hội nông dân|hội cựu chiến binh\
    |hội chữ thập đỏ|hội phụ nữ|hội khuyến học|hội người cao tuổi|báo và phát thanh|báo và đài\
    |phòng văn hóa|phòng kinh tế|phòng giáo dục|đoàn khối|cục thuế|cục thống kê|cục hải quan\
    |công đoàn|bộ đội|hội luật gia|hội nhà báo|cảnh sát|ngành công an|thư viện|bảo tàng\
    |nhà xuất bản|ban dân tộc|ban dân vận|ban nội chính|kiểm toán nhà nước|đoàn luật sư\
    |sở chỉ huy|ban công tác|ban giám hiệu|ban giám đốc|trường chính trị|ban thanh tra\
    |cổng thông tin|trang thông tin|tạp chí|báo và phát thanh, truyền hình\
    |báo và phát thanh - truyền hình|báo và đài phát thanh|văn phòng đoàn|ban vận động\
    |ban đại diện|ban thi đua|cơ quan ubkt|ủy ban kiểm tra|cục an toàn|hội đồng thi đua\
    |cơ quan thường trực|đội quản lý thị trường|quản lý thị trường|trạm y tế|phòng người có công\
    |phòng kinh tế, hạ tầng và đô thị|phòng văn hóa - xã hội|văn phòng hđnd và ubnd\
    |văn phòng hội đồng nhân dân và ủy ban nhân dân|văn phòng đoàn đbqh và hđnd\
    |văn phòng đoàn đại biểu quốc hội và hội đồng nhân dân";

/// Bodies with a name of their own, if it is written so.
const NAMED_IF_CAPITAL: &str = "ban|hội|đoàn|đội|đài|báo|phòng|viện|cục|vụ|quỹ|tổ|trường|đại học|chi nhánh|lữ đoàn|sư đoàn\
    |trung đoàn|trạm|thuế|nhà máy|khu|cảng";

/// Office holders.
const TITLES: &str = "bộ trưởng|thứ trưởng|thủ trưởng|giám đốc|phó giám đốc|tổng giám đốc|chủ tịch|phó chủ tịch\
    |chủ nhiệm|bí thư|phó bí thư|chánh văn phòng|chánh thanh tra|chánh án|viện trưởng|cục trưởng\
    |vụ trưởng|trưởng ban|trưởng phòng|hiệu trưởng|tổng biên tập|thủ tướng|phó thủ tướng|tư lệnh\
    |chính ủy|chỉ huy trưởng|trưởng các|người đứng đầu|tổ trưởng|thống đốc|tổng thanh tra\
    |tổng kiểm toán|chi cục trưởng|thành viên ban chỉ đạo|cấp trưởng|lãnh đạo các|lãnh đạo bộ\
    |lãnh đạo sở|lãnh đạo ubnd|lãnh đạo ủy ban|lãnh đạo tỉnh";

/// Nouns for many bodies.
const GENERIC: &str = "cơ quan|đơn vị|địa phương|doanh nghiệp|hợp tác xã|đoàn thể|sở ngành|ban ngành|bộ ngành\
    |chính quyền|cấp ủy|cấp ủy đảng|lực lượng|llvt|nhà trường|nhà đầu tư|nhà thầu|nhà cung cấp\
    |chủ đầu tư|chủ dự án|chủ rừng|cơ sở y tế|cơ sở giáo dục|cơ sở đào tạo|quân đội\
    |tổ chức chính trị|tổ chức tín dụng|tổ chức đảng|tổ chức xã hội|hộ gia đình|tổ dân phố\
    |cơ sở khám bệnh|hội đoàn thể|lực lượng vũ trang|cơ quan đăng ký|cơ quan chủ trì\
    |cơ quan phối hợp|cơ quan quản lý|cơ quan thông tin|cơ quan truyền thông|cơ quan báo chí\
    |cơ quan thẩm định|cơ quan tiếp nhận|cơ quan chủ quản|cơ quan tham mưu|cơ quan soạn thảo\
    |cơ quan giải quyết|cơ quan ban hành|cơ quan điều tra|cơ quan cấp|cơ quan trình|cơ quan lập\
    |cơ quan kiểm tra|cơ quan thanh tra|cơ quan thực hiện|cơ quan tổ chức|cơ quan sử dụng\
    |đơn vị cấp nước|đơn vị quản lý|đơn vị vận hành|đơn vị tư vấn|đơn vị thi công\
    |đơn vị cung cấp|đơn vị sử dụng|lực lượng tham gia|tổ chức cung cấp|tổ chức tư vấn\
    |doanh nghiệp kinh doanh|doanh nghiệp cung cấp|doanh nghiệp khai thác|cơ sở sản xuất\
    |cơ sở kinh doanh|cơ sở chăn nuôi|cơ sở lưu trú|chủ cơ sở|chủ phương tiện|chủ sở hữu\
    |người sử dụng lao động|tổ chức, cá nhân|tổ chức và cá nhân|cá nhân, tổ chức\
    |cá nhân và tổ chức|hộ gia đình, cá nhân|tổ chức, doanh nghiệp|tổ chức, hộ gia đình";

/// Nouns that are bodies in company only.
const FOLLOWERS: &str = "tổ chức|cấp|cá nhân|cơ sở|tập thể|ngành|hội|hội viên|ban|phòng|trường|viện|đoàn|tổ|đội\
    |thành viên|bộ phận|trạm|người dân|nhân dân|cộng đồng|khối|cụm|bệnh viện|đảng bộ|chi bộ|cục\
    |vụ|tổng cục|báo|đài|thôn|ấp|bản|khu phố|hiệp hội|tập đoàn|trang trại|chuyên gia\
    |nhà khoa học|viện nghiên cứu|trường đại học|bên|nhóm";

/// Levels of the State.
const LEVELS: &str = "tỉnh|thành phố|tp|xã|phường|đặc khu|huyện|thị xã|thị trấn|quận";

/// What only begins like a body.
const NO_BODIES: &str = "bộ phận|bộ máy|bộ tiêu chí|bộ chỉ số|bộ luật|bộ mặt|bộ dữ liệu|bộ thủ tục|bộ quy tắc\
    |bộ câu hỏi|bộ tài liệu|bộ nhận diện|ban hành|ban bố|ban đầu|hội nghị|hội thảo|hội nhập\
    |hội thi|hội chợ|hội chứng|hội thao|hội diễn|hội trường|hội họp|đoàn kết|đoàn viên|đội ngũ\
    |báo cáo|báo chí|phòng chống|phòng, chống|phòng ngừa|phòng cháy|phòng thủ|phòng bệnh\
    |phòng dịch|cơ sở dữ liệu|cơ sở hạ tầng|cơ sở vật chất|cơ sở pháp lý|trường hợp|xã hội\
    |tỉnh táo|cấp phép|cấp giấy|cấp phát|cấp nước|cấp mới|cấp đổi|cấp lại|khu vực\
    |khu công nghiệp|khu dân cư|vụ việc|vụ án|tổ chức thực hiện|tổ chức triển khai|viện trợ\
    |viện dẫn|xã hội hóa|thành phố thông minh|quỹ đất|quỹ nhà|thuế suất|thuế thu nhập\
    |thuế giá trị|ngành nghề|trung tâm thương mại|tổ chức hội nghị|người dân tộc|ban sơ\
    |tập thể lãnh đạo|cơ sở đề nghị|bản sao|bản chính|bản cam kết|bản thân|báo giá\
    |hội đồng thẩm định giá|thuế đất|khối lượng|cụm từ|cụm công nghiệp|viện phí|cá nhân hóa\
    |đoàn tàu|trường học|xã hội chủ nghĩa|bộ hồ sơ|tổ hợp|tổ quốc|cấp bách|cấp thiết|cấp cứu\
    |quận huyện ủy|ban ngày|ban đêm|hội tụ|cảng biển|cảng hàng không|khu đô thị|khu kinh tế\
    |khu du lịch|khu phố|quỹ tiền|báo động|phòng học|phòng họp|phòng khám|đội hình\
    |cơ quan, tổ chức, cá nhân có nhu cầu|hội đồng nghiệm thu|tổ chức lễ|tổ chức hội thi\
    |tổ chức thi hành|tổ chức bộ máy|tổ chức kiểm tra|đơn vị hành chính|đơn vị tính|đơn vị đo\
    |cấp độ|cấp tín dụng|cấp vốn|cấp kinh phí|cấp thẩm quyền|bản đồ|bản tin|bản vẽ|bản đăng ký\
    |bên cạnh|bên trong|bên ngoài|nhóm nhiệm vụ|nhóm giải pháp|nhóm nội dung";

/// Names of fields of work.
const FIELD_NAMES: &str = "nông nghiệp và môi trường|nông nghiệp và phát triển nông thôn|tài nguyên và môi trường\
    |khoa học và công nghệ|giáo dục và đào tạo|văn hóa, thể thao và du lịch|văn hóa và thể thao\
    |văn hóa - thể thao|dân tộc và tôn giáo|lao động - thương binh và xã hội\
    |lao động, thương binh và xã hội|thông tin và truyền thông|kế hoạch và đầu tư\
    |tuyên giáo và dân vận|thi đua - khen thưởng|thi đua, khen thưởng|phát thanh và truyền hình\
    |phát thanh - truyền hình|phát thanh, truyền hình|báo và phát thanh, truyền hình|quốc phòng\
    |công an|nội vụ|ngoại giao|tư pháp|tài chính|công thương|xây dựng|y tế|giao thông vận tải\
    |du lịch|ngoại vụ|quy hoạch - kiến trúc|quy hoạch và kiến trúc|an toàn thực phẩm|văn hóa\
    |an toàn giao thông|phòng cháy, chữa cháy|phòng cháy, chữa cháy và cứu nạn, cứu hộ\
    |phòng, chống thiên tai|phòng, chống thiên tai và tìm kiếm cứu nạn|phòng thủ dân sự\
    |đổi mới và phát triển doanh nghiệp|nội chính và cải cách tư pháp\
    |pháp chế và cải cách hành chính|kinh tế và hạ tầng|kinh tế, hạ tầng và đô thị\
    |văn hóa - xã hội|kinh tế - ngân sách|bảo trợ xã hội và bảo vệ, chăm sóc trẻ em";
