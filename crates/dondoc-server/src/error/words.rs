//! What is said of a refusal: what was refused, and what to do about it.

use crate::error::ApiError;

impl ApiError {
    /// Message and remedy, in Vietnamese.
    pub(super) fn in_vietnamese(&self) -> (String, &'static str) {
        let (message, remedy) = match self {
            Self::Denied(denial) => denial.in_vietnamese(),
            Self::OpenId(refusal) => refusal.in_vietnamese(),
            Self::NotFound => ("không có mục này", "quay lại danh sách và tìm lại"),
            Self::MethodNotAllowed => ("không có thao tác này", "xem tài liệu API"),
            Self::Stale => {
                ("người khác vừa sửa mục này", "xem lại nội dung mới rồi quyết định lại")
            }
            Self::WrongState => ("mục này đã bị bác bỏ", "mở lại mục rồi mới chấp nhận hoặc sửa"),
            Self::BadRequest { detail } => {
                return (format!("yêu cầu không hợp lệ: {detail}"), "sửa lại yêu cầu rồi gửi lại");
            }
            Self::BadValue { detail } => {
                return (
                    format!("nội dung không hợp lệ: {detail}"),
                    "sửa lại nội dung rồi gửi lại",
                );
            }
            Self::BadSpan => {
                ("đoạn chọn rỗng hoặc nằm ngoài văn bản", "chọn lại đoạn chữ trong văn bản")
            }
            Self::BadMap { vi, .. } => {
                return (
                    format!("bản đồ không dùng được: {vi}"),
                    "sửa lại tệp GeoJSON rồi nạp lại",
                );
            }
            Self::TooLarge => ("dữ liệu gửi lên quá lớn", "gửi ít tệp hơn trong một lần"),
            Self::UnsupportedType => {
                ("kiểu dữ liệu gửi lên không đúng", "gửi tệp bằng biểu mẫu, còn lại gửi JSON")
            }
            Self::ForeignSite => {
                ("yêu cầu đến từ một trang khác", "mở trang Dondoc rồi làm lại ở đó")
            }
            Self::ForeignHost => {
                ("địa chỉ không phải của máy này", "mở http://localhost với cổng của Dondoc")
            }
            Self::TimedOut => ("xử lý quá lâu", "thử lại sau ít phút"),
            Self::Internal => ("có lỗi trong máy chủ Dondoc", "thử lại; nếu vẫn lỗi, báo quản trị"),
            _ => return self.of_figures_in_vietnamese(),
        };
        (message.to_owned(), remedy)
    }

    /// Message and remedy, in English.
    pub(super) fn in_english(&self) -> (String, &'static str) {
        let (message, remedy) = match self {
            Self::Denied(denial) => denial.in_english(),
            Self::OpenId(refusal) => refusal.in_english(),
            Self::NotFound => ("there is no such thing", "go back to the list and look again"),
            Self::MethodNotAllowed => ("this can't be done here", "see the description of the API"),
            Self::Stale => ("someone has just changed this", "look at it again, then decide again"),
            Self::WrongState => {
                ("this was rejected", "reopen it before accepting or correcting it")
            }
            Self::BadRequest { detail } => {
                return (format!("the request is wrong: {detail}"), "correct it and send it again");
            }
            Self::BadValue { detail } => {
                return (format!("the value is wrong: {detail}"), "correct it and send it again");
            }
            Self::BadSpan => {
                ("the place is empty or outside of the document", "select words of the document")
            }
            Self::BadMap { en, .. } => {
                return (
                    format!("this map cannot be used: {en}"),
                    "mend the GeoJSON file and load it again",
                );
            }
            Self::TooLarge => ("the request is too large", "send fewer files at a time"),
            Self::UnsupportedType => {
                ("the body is of the wrong type", "send files as a form, all else as JSON")
            }
            Self::ForeignSite => {
                ("the request comes from another site", "open the Dondoc page and do it there")
            }
            Self::ForeignHost => {
                ("the address is not this machine's", "open http://localhost with Dondoc's port")
            }
            Self::TimedOut => ("it took too long", "try again in a few minutes"),
            Self::Internal => {
                ("something failed in the Dondoc server", "try again, then tell the administrator")
            }
            _ => return self.of_figures_in_english(),
        };
        (message.to_owned(), remedy)
    }

    /// Those that only figures are refused with.
    fn of_figures_in_vietnamese(&self) -> (String, &'static str) {
        let (message, remedy) = match self {
            Self::Findings { findings } => {
                let message =
                    format!("số liệu có {} điểm cần xem lại; chưa lưu gì", findings.len());
                return (message, "sửa hoặc giải trình từng điểm rồi gửi lại");
            }
            Self::Locked { .. } => {
                ("kỳ báo cáo đã khóa sổ; chưa lưu gì", "gửi đề nghị điều chỉnh kèm lý do")
            }
            Self::WrongStep { detail } => {
                let message = format!("không làm được bước này: {detail}");
                return (message, "mở lại báo cáo, xem đang ở bước nào");
            }
            Self::PackReread { code, version } => {
                let message = format!(
                    "{code} đổi số chữ số thập phân, hoặc đổi giữa số và tỷ lệ, so với phiên bản {version}: số liệu đã lưu sẽ bị đọc thành số khác"
                );
                return (message, "đặt mã mới cho chỉ tiêu hoặc trường này trong gói");
            }
            Self::OwnWork => {
                ("không được tự duyệt phần của chính mình", "nhờ người khác xem và duyệt")
            }
            Self::NoReason => ("chưa ghi lý do", "ghi lý do rồi gửi lại"),
            Self::KeyReused => {
                ("khóa của yêu cầu đã dùng cho nội dung khác", "gửi lại với khóa mới")
            }
            Self::Damaged { block } => {
                let message = format!("khối số liệu {block} bị hỏng; không đưa số liệu ra");
                return (message, "báo quản trị chạy `dondoc fsck` và khôi phục bản sao lưu");
            }
            Self::Unfit => {
                ("gói chương trình và đơn vị không khớp nhau", "báo quản trị kiểm tra gói, đơn vị")
            }
            Self::Unsure => {
                ("không rõ đã lưu hay chưa", "gửi lại với cùng khóa: lưu rồi thì không lưu thêm")
            }
            _ => ("", ""),
        };
        (message.to_owned(), remedy)
    }

    /// Those that only figures are refused with.
    fn of_figures_in_english(&self) -> (String, &'static str) {
        let (message, remedy) = match self {
            Self::Findings { findings } => {
                let message = format!("{} things to look at; nothing was kept", findings.len());
                return (message, "correct or explain each of them and send it again");
            }
            Self::Locked { .. } => {
                ("the period is locked; nothing was kept", "ask for a correction, with a reason")
            }
            Self::WrongStep { detail } => {
                let message = format!("the step can't be taken: {detail}");
                return (message, "open it again and see where it stands");
            }
            Self::PackReread { code, version } => {
                let message = format!(
                    "{code} has other decimals, or turns between number and share, since version {version}: what is kept would be read as other numbers"
                );
                return (message, "give the indicator or field a new code in the pack");
            }
            Self::OwnWork => {
                ("nobody approves what is his own", "have somebody else look at it and decide")
            }
            Self::NoReason => ("no reason is given", "say why and send it again"),
            Self::KeyReused => {
                ("the key was used for another request", "send it again with a new key")
            }
            Self::Damaged { block } => {
                let message = format!("block {block} of figures is damaged; none are given");
                return (message, "have `dondoc fsck` run and a backup restored");
            }
            Self::Unfit => {
                ("packs and units do not fit together", "have the administrator check both")
            }
            Self::Unsure => {
                ("nobody can say whether it was kept", "send it again with the same key")
            }
            _ => ("", ""),
        };
        (message.to_owned(), remedy)
    }
}
