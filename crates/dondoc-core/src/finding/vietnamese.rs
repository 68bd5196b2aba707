//! The sentences of findings in Vietnamese.

use crate::{finding::Fault, pack::FieldKind, period::Period};

/// What is wrong, and what to do about it.
#[expect(clippy::too_many_lines, reason = "a catalogue: one line a fault")]
pub(super) fn say(fault: &Fault) -> (String, String) {
    let (what, remedy): (String, &str) = match fault {
        Fault::UnknownUnit { unit } => (
            format!("không có đơn vị nào tên hoặc mã “{unit}” vào thời điểm này"),
            "chọn lại đơn vị trong danh mục; nếu đơn vị đã sáp nhập hoặc đổi tên thì dùng tên của kỳ báo cáo",
        ),
        Fault::UnknownIndicator { indicator } => (
            format!("gói chương trình không có chỉ tiêu “{indicator}”"),
            "kiểm tra mã chỉ tiêu, hoặc nạp đúng phiên bản gói chương trình",
        ),
        Fault::UnknownOption { option } => (
            format!("phân tổ của chỉ tiêu không có lựa chọn “{option}”"),
            "chọn một lựa chọn trong danh mục phân tổ của chỉ tiêu",
        ),
        Fault::UnknownPeriod { period } => (
            format!("“{period}” không phải kỳ báo cáo của biểu này"),
            "ghi kỳ theo mẫu 2025-09 (tháng), 2025-Q3 (quý), 2025-H1 (6 tháng), 2025-9M (9 tháng) hoặc 2025 (năm)",
        ),
        Fault::PeriodNotOpen { period } => {
            (format!("kỳ {} chưa mở", spoken(period)), "chờ đến khi mở kỳ, hoặc chọn kỳ trước đó")
        }
        Fault::PeriodLocked { period } => (
            format!("kỳ {} đã khóa sổ", spoken(period)),
            "gửi đề nghị điều chỉnh, nêu lý do và số liệu đúng",
        ),
        Fault::NotANumber { text } => (
            format!("“{text}” không phải là số"),
            "chỉ ghi con số; không phát sinh thì chọn “không phát sinh”, lời giải thích ghi vào cột ghi chú",
        ),
        Fault::AmbiguousNumber { text, one, other } => (
            format!("“{text}” có thể hiểu là {one} hoặc {other}"),
            "ghi rõ: dấu chấm để tách hàng nghìn, dấu phẩy cho phần thập phân",
        ),
        Fault::TooManyDecimals { text, decimals: 0 } => (
            format!("“{text}” có phần thập phân, chỉ tiêu này chỉ nhận số nguyên"),
            "ghi số nguyên",
        ),
        Fault::TooManyDecimals { text, decimals } => (
            format!("“{text}” có quá {decimals} chữ số sau dấu phẩy"),
            "làm tròn theo quy định của chỉ tiêu rồi ghi lại",
        ),
        Fault::NumberTooLarge { text } => (
            format!("“{text}” lớn hơn mức lưu được"),
            "kiểm tra lại đơn vị tính, có thể đã ghi đồng thay cho triệu đồng",
        ),
        Fault::RatioWithoutParts => (
            "tỷ lệ không có tử số hoặc mẫu số".into(),
            "ghi cả hai: số đạt và tổng số; phần mềm tự tính tỷ lệ",
        ),
        Fault::NumeratorOverDenominator => {
            let remedy = "kiểm tra lại hai số, có thể đã ghi đổi chỗ cho nhau; nếu đúng là vượt thì nêu lý do";
            ("số đạt lớn hơn tổng số".into(), remedy)
        }
        Fault::Negative => ("số âm ở chỗ chỉ có thể đếm từ 0 trở lên".into(), "ghi lại số đúng"),
        Fault::Duplicate { first } => {
            (format!("ô này đã có số liệu ở {first}"), "bỏ một trong hai dòng, chỉ giữ số đúng")
        }
        Fault::Formula => (
            "ô chứa công thức; giá trị đang hiện có thể đã cũ".into(),
            "sao chép ô rồi dán lại dạng giá trị",
        ),
        Fault::MergedCells { range } => (
            format!("các ô {range} bị gộp, không rõ số liệu thuộc ô nào"),
            "bỏ gộp ô và ghi số vào từng ô",
        ),
        Fault::TooManyRows { limit } => (
            format!("trang tính dài quá {limit} dòng"),
            "xóa các dòng trống ở cuối, hoặc chia thành nhiều tệp",
        ),
        Fault::WrongForm { expected, found } => (
            format!("tệp là của {found}, không phải của {expected}"),
            "tải lại biểu mẫu đúng của kỳ này rồi chuyển số liệu sang",
        ),
        Fault::NotThere { wanted } => (
            format!("không tìm thấy “{wanted}”"),
            "dùng biểu mẫu do phần mềm phát hành, không đổi tên trang tính và tiêu đề cột",
        ),
        Fault::UnknownRow { text } => (
            format!("dòng “{text}” không thuộc dòng nào của biểu"),
            "chuyển số liệu vào dòng tương ứng của biểu, hoặc xóa dòng này",
        ),
        Fault::NotReportedHere => (
            "cấp này không báo cáo chỉ tiêu này".into(),
            "để trống ô này; chỉ tiêu do cấp khác báo cáo",
        ),
        Fault::SeriesClosed { on } => (
            format!("chỉ tiêu ngừng thu thập từ sau ngày {on}"),
            "dùng chỉ tiêu thay thế; số liệu cũ vẫn được giữ để tra cứu",
        ),
        Fault::NotCleared => (
            "chỉ tiêu chưa được cơ quan chủ quản xác nhận là không thuộc danh mục bí mật nhà nước"
                .into(),
            "không nhập số liệu này; đề nghị cơ quan chủ quản xác nhận bằng văn bản trước",
        ),
        Fault::OverridesRegister { counted } => (
            format!("sổ theo dõi tính được {counted}, khác với số vừa ghi"),
            "sửa sổ theo dõi cho đúng, hoặc nêu lý do ghi khác",
        ),
        Fault::OtherwiseElsewhere { form, told } => (
            format!("biểu {form} đã gửi ghi {told} cho cùng chỉ tiêu này"),
            "sửa một trong hai biểu cho khớp, hoặc nêu lý do ghi khác",
        ),
        Fault::ApprovedElsewhere { form, told } => (
            format!("biểu {form} đã duyệt ghi {told} cho cùng chỉ tiêu này"),
            "ghi đúng số đã duyệt; nếu số đó sai thì đề nghị điều chỉnh ở biểu đã duyệt",
        ),
        Fault::OtherwiseInForce { said, told } => (
            format!("báo cáo này ghi {said}; số đang có hiệu lực, hiện trong ô, là {told}"),
            "bấm vào ô để xem số đang có hiệu lực từ đâu mà có",
        ),
        Fault::OptionsDoNotAddUp { sum } => (
            format!("các phân tổ cộng lại bằng {sum}, khác với số tổng"),
            "kiểm tra từng phân tổ và số tổng, hoặc chỉ ghi phân tổ để phần mềm tự cộng",
        ),
        Fault::EstimateAfterFinal => (
            "ô này đã có số chính thức, không nhận số ước".into(),
            "nếu số chính thức sai thì gửi số chính thức mới kèm lý do",
        ),
        Fault::ReasonMissing => (
            "cảnh báo chưa được giải trình".into(),
            "ghi lý do vào ô giải trình, hoặc sửa lại số liệu",
        ),
        Fault::UnknownRegister { register } => (
            format!("gói chương trình không có sổ “{register}”"),
            "chọn một sổ theo dõi có trong gói chương trình",
        ),
        Fault::UnknownField { field } => {
            (format!("sổ không có mục “{field}”"), "bỏ mục này, hoặc ghi vào mục tương ứng của sổ")
        }
        Fault::FieldMissing { field } => {
            (format!("mục “{field}” bắt buộc mà chưa ghi"), "bổ sung mục này rồi lưu lại")
        }
        Fault::WrongKind { field, wanted } => (
            format!("mục “{field}” phải là {}", kind(*wanted)),
            "ghi lại đúng loại nội dung của mục",
        ),
        Fault::Overflow { rule } => (
            format!("phép tính của {rule} vượt quá mức tính được"),
            "kiểm tra các số liệu có liên quan, có thể một số ghi thừa chữ số",
        ),
        Fault::RuleUnusable { rule, detail } => (
            format!("không tính được {rule}: {detail}"),
            "báo cho người quản trị gói chương trình sửa biểu thức",
        ),
        Fault::Broken { detail } => (
            format!("tệp bị hỏng: {detail}"),
            "mở bằng phần mềm bảng tính và lưu lại, hoặc xuất lại tệp từ hệ thống nguồn",
        ),
        Fault::Rule { message, remedy, .. } => return (message.vi.clone(), remedy.vi.clone()),
    };
    (what, remedy.to_owned())
}

fn kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "chữ",
        FieldKind::Number => "số",
        FieldKind::Day => "ngày, viết theo mẫu 14/09/2025",
        FieldKind::YesNo => "có hoặc không",
        FieldKind::Choice => "một lựa chọn trong danh mục",
        FieldKind::Choices => "những lựa chọn trong danh mục",
        FieldKind::Unit => "một đơn vị",
        FieldKind::Units => "những đơn vị",
        FieldKind::Document => "một văn bản trong kho",
    }
}

/// A period that is kept as a code.
fn spoken(code: &str) -> String {
    code.parse().map_or_else(|_| code.to_owned(), |it: Period| it.in_vietnamese())
}
