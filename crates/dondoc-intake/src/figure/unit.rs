//! Units and classifiers: what makes a number a figure.

use std::{ops::Range, sync::LazyLock};

use crate::text::{
    Text,
    lex::{Case, Gap, TokenKind},
    phrase::{Phrases, Words},
};

/// What a unit counts, as far as the rules care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitKind {
    /// A thing, a person, an event: may be paired ("thôn, bản") and announce a list.
    Noun,
    /// A measure or a currency.
    Measure,
    /// A span of time or an age in years: no figure of ours (CONTRACT 26, 53).
    Time,
    /// A word that counts the parts of the text or a level: no figure either.
    Part,
}

/// Units and classifiers. A compound whose head is a classifier ("cuộc họp", "hộ dân") is left out: the unit is the
/// shortest phrase (CONTRACT 28).
static UNITS: LazyLock<Phrases<UnitKind>> = LazyLock::new(|| {
    let list = |kind, words: &'static str| words.split(';').map(move |it| (it.trim(), kind));
    Phrases::new(
        list(UnitKind::Noun, NOUNS)
            .chain(list(UnitKind::Measure, MEASURES))
            .chain(list(UnitKind::Time, TIMES))
            .chain(list(UnitKind::Part, PARTS)),
    )
});

const NOUNS: &str = "người; lượt người; lượt; lượt hộ; lượt khách; đồng chí; đại biểu; học viên; \
    học sinh; sinh viên; giáo viên; giảng viên; cán bộ; công chức; viên chức; đảng viên; đoàn viên; \
    hội viên; thành viên; ủy viên; lao động; nhân khẩu; hộ; gia đình; công dân; thanh niên; thương binh; \
    liệt sĩ; liệt sỹ; hài cốt; bác sĩ; bác sỹ; chuyên gia; nhà khoa học; trẻ em; trẻ; phụ nữ; nạn nhân; \
    đối tượng; cử tri; khách; bệnh nhân; giường bệnh; giường; tình nguyện viên; báo cáo viên; \
    tuyên truyền viên; phó trưởng phòng; trưởng phòng; phó chủ tịch; phó giám đốc; cấp phó; biên chế; \
    chỉ tiêu; vị trí; suất; phần quà; học bổng; sổ tiết kiệm; tập thể; cá nhân; bằng khen; giấy khen; \
    huân chương; huy chương; kỷ niệm chương; cờ thi đua; giải; giải thưởng; giải pháp; sáng kiến; \
    danh hiệu; lớp; khóa; khoá; cuộc; đợt; buổi; hội nghị; hội thảo; phiên họp; kỳ họp; chuyến; vụ; \
    vụ việc; vụ án; ca; trường hợp; lần; đơn; đơn thư; ý kiến; kiến nghị; phản ánh; câu hỏi; phiếu; tin; \
    bài; tin bài; bài viết; bản tin; chuyên mục; phóng sự; tờ rơi; pa nô; áp phích; băng rôn; văn bản; \
    nghị quyết; quyết định; kế hoạch; chỉ thị; báo cáo; công điện; thông tư; nghị định; đề án; dự án; \
    công trình; chương trình; mô hình; phong trào; nhiệm vụ; tiêu chí; mục tiêu; nội dung; quy hoạch; \
    quy chế; thủ tục; TTHC; dịch vụ; hồ sơ; hợp đồng; giấy phép; bộ; bản; cuốn; quyển; tài liệu; trang; \
    mẫu; sở; ngành; địa phương; cơ quan; đơn vị; tổ chức; tổ; nhóm; đội; ban; phòng; khoa; chi bộ; \
    đảng bộ; chi hội; hội; câu lạc bộ; đoàn; điểm; trường; bệnh viện; trạm; cơ sở; trung tâm; nhà máy; \
    xí nghiệp; doanh nghiệp; hợp tác xã; HTX; trang trại; cửa hàng; chợ; siêu thị; ngân hàng; tập đoàn; \
    tổng công ty; công ty; nhà đầu tư; khu; cụm; khu vực; tỉnh; thành phố; huyện; quận; thị xã; xã; \
    phường; thị trấn; đặc khu; thôn; ấp; làng; buôn; khu phố; tổ dân phố; khu dân cư; khóm; xóm; thửa; \
    lô; mảnh; căn; căn nhà; căn hộ; ngôi nhà; nhà; nhà ở; nhà văn hóa; ngôi; chiếc; cái; con; cây; quả; \
    xe; xe ô tô; ô tô; xe máy; tàu; tàu cá; thuyền; phương tiện; máy; máy bay; máy tính; thiết bị; cầu; \
    tuyến; đoạn; cống; hồ; hồ chứa; đập; giếng; mỏ; bãi; di tích; lễ hội; cặp; sản phẩm; mặt hàng; \
    chủng loại; tài khoản; hộp thư; cổng; trang thông tin; hệ thống; phần mềm; ứng dụng; cơ sở dữ liệu; \
    thuê bao; ngày công; công; phiên; chuỗi; bước; dân tộc; tín chỉ; bài giảng; đề tài; gói thầu; \
    nhà thầu; cửa khẩu; cột mốc; quốc gia; nước; bộ phận; vườn; chuồng; đàn; loài; giống; thư; bức thư; \
    cuộc gọi; chức danh; vùng; tầng; chỗ; khối; trụ sở; thẻ; kỳ; nhà giáo; lô đất; tấm; bức; tủ; bàn; \
    đầu sách; đầu mục; chuyên đề; đoạn đường; hạng mục; phương án; tổ hợp; nhà dân; điểm bưu điện; \
    giấy chứng nhận; tiết; tờ; giờ chuẩn";

const MEASURES: &str = "đồng; đô la; đô la Mỹ; USD; EUR; VND; VNĐ; km; km2; km²; m; m2; m²; m3; m³; cm; mm; ha; hecta; héc ta; \
    tấn; tạ; yến; kg; g; mg; lít; ml; MW; kW; kWh; MWh; GW; kV; kVA; MVA; Mbps; Gbps; Gigabit mỗi giây; Gb; GB; TB; MB; \
    độ; độ C; hải lý; tuổi; điểm phần trăm; phần trăm; công/ha; sào; tấn/ha; tạ/ha";

const TIMES: &str = "năm; tháng; ngày; ngày làm việc; tuần; giờ; giờ làm việc; phút; giây; quý; thập kỷ; thế kỷ; ngày đêm; \
    năm học; tiếng; buổi sáng; đêm; nhiệm kỳ";

const PARTS: &str = "cấp; điều; khoản; chương; mục; phần; phụ lục; bên; mặt; chiều; nhóm nhiệm vụ; nhóm giải pháp; \
    cột; dòng; tập; số; sao; kíp; ca, 4 kíp; không; tại chỗ; rõ; trụ cột; nguyên tắc; miền";

/// A unit at a place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// What it counts.
    pub(super) kind: UnitKind,
}

/// The unit at token `at`, with a rate or a second noun that belongs to it: `%`, `lượt người`, `người/xã`, `thôn, bản`.
pub(super) fn unit_at(text: &Text<'_>, at: usize) -> Option<Unit> {
    let first = text.tokens.get(at).filter(|it| it.gap <= Gap::Line)?;
    if first.is_mark('%') || first.is_mark('‰') {
        return Some(Unit { tokens: at..at + 1, kind: UnitKind::Measure });
    }
    let (mut end, kind) = noun_at(text, at)?;
    if kind == UnitKind::Noun {
        end = pair_end(text, end);
    }
    Some(Unit { tokens: at..rate_end(text, end), kind })
}

/// The lexicon's unit at `at`: where it ends, and its kind.
fn noun_at(text: &Text<'_>, at: usize) -> Option<(usize, UnitKind)> {
    let (n_tokens, kind) = UNITS.longest(&text.tokens, at)?;
    let first = text.tokens[at];
    // A capital begins a name ("Sở", "Ban Chỉ đạo"), but for units of measure it does not matter, save for those of
    // one letter: 5G is no weight.
    let is_letter = first.end - first.start == 1;
    if first.case == Case::Capital && (*kind != UnitKind::Measure || is_letter) {
        return None;
    }
    Some((at + n_tokens, *kind))
}

/// `thôn` of `19 thôn, bản khu vực …`: a second noun right after the comma counts with the first.
fn pair_end(text: &Text<'_>, end: usize) -> usize {
    let comma = text.tokens.get(end).filter(|it| it.is_mark(',') && it.gap == Gap::None);
    if comma.is_none() {
        return end;
    }
    match noun_at(text, end + 1) {
        Some((second_end, UnitKind::Noun)) => second_end,
        _ => end,
    }
}

/// `/xã` of `64 người/xã`; `/xã, phường`.
fn rate_end(text: &Text<'_>, end: usize) -> usize {
    let slash = text.tokens.get(end).filter(|it| it.is_mark('/') && it.gap == Gap::None);
    if slash.is_none() || text.tokens.get(end + 1).is_none_or(|it| it.gap != Gap::None) {
        return end;
    }
    match UNITS.longest(&text.tokens, end + 1) {
        Some((n_tokens, UnitKind::Noun)) => pair_end(text, end + 1 + n_tokens),
        Some((n_tokens, _)) => end + 1 + n_tokens,
        None if text.tokens[end + 1].is_word() => end + 2,
        None => end,
    }
}

/// An unknown noun after a number that is surely a count (`03 chốt chặn`): two small words, or the one before a mark.
pub(super) fn unknown_noun_at(text: &Text<'_>, at: usize) -> Option<Unit> {
    let is_noun = |at: usize| {
        let token = text.tokens.get(at)?;
        let is_small = token.is_word()
            && token.case == Case::Lower
            && token.gap <= Gap::Line
            && !STOPS.has(token);
        is_small.then_some(())
    };
    is_noun(at)?;
    let n_tokens = 1 + usize::from(is_noun(at + 1).is_some());
    Some(Unit { tokens: at..at + n_tokens, kind: UnitKind::Noun })
}

/// Words that follow a number without being what it counts.
static STOPS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "và hoặc của cho đến tới từ tại trong theo với về là thì mà được bị đã sẽ đang có không này đó trên dưới \
         để do bởi như khi nếu các những một mỗi mọi hơn gần nêu kèm ban thực quy thuộc đối căn giao điều khoản \
         điểm tháng năm ngày quý giờ phút lần thứ trở ở ra vào lên xuống sau trước cùng phải cần nên"
            .split_whitespace(),
    )
});

/// Whether a token is a mark that closes what was counted.
pub(super) fn is_closing(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Mark(
            '.' | ',' | ';' | ':' | '(' | ')' | '…' | '|' | '”' | '“' | '"' | '[' | '/'
        )
    )
}
