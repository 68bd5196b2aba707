//! The sentences of findings about packs.

use crate::{
    pack::{exclusion::Exclusion, fault::ItemKind, fault::PackFault},
    problem::Language,
};

/// What is wrong, and what to do about it.
pub(super) fn say(fault: &PackFault, language: Language) -> (String, String) {
    match language {
        Language::Vietnamese => vietnamese(fault),
        Language::English => english(fault),
    }
}

#[expect(clippy::too_many_lines, reason = "a catalogue: one line a fault")]
fn vietnamese(fault: &PackFault) -> (String, String) {
    let (what, remedy): (String, &str) = match fault {
        PackFault::Unreadable { detail } => {
            (format!("không đọc được tệp: {detail}"), "sửa tệp theo mô tả trong docs/packs.md")
        }
        PackFault::Head { n_heads: 0 } => (
            "không tệp nào có phần [pack]".into(),
            "thêm mã, tên, phiên bản và ngày áp dụng vào pack.toml",
        ),
        PackFault::Head { n_heads } => (
            format!("phần [pack] xuất hiện {n_heads} lần"),
            "chỉ giữ một phần [pack] trong pack.toml",
        ),
        PackFault::Excluded { why, phrase, text } => (
            format!("“{text}” chứa “{phrase}”: {}", reason_vi(*why)),
            "bỏ mục này; hệ thống không thu thập loại thông tin đó dưới bất kỳ hình thức nào",
        ),
        PackFault::Duplicate => {
            ("mã này đã dùng ở chỗ khác".into(), "đặt mã khác, mã không dùng lại")
        }
        PackFault::BadCode { wanted } => {
            (format!("mã không đúng quy cách, phải là {wanted}"), "sửa mã theo quy cách")
        }
        PackFault::NameMissing { language } => (
            format!("chưa có tên bằng ngôn ngữ “{language}”"),
            "ghi tên bằng cả tiếng Việt (vi) và tiếng Anh (en)",
        ),
        PackFault::Dangling { kind, name } => (
            format!("không có {} “{name}”", kind_vi(*kind)),
            "sửa tên cho khớp, hoặc khai báo mục còn thiếu",
        ),
        PackFault::MeasureMissing => {
            ("chưa có đơn vị tính".into(), "ghi đơn vị tính, ví dụ lớp, lượt người, %")
        }
        PackFault::NeverReported => {
            ("không báo cáo vào kỳ nào".into(), "ghi ít nhất một kỳ vào every")
        }
        PackFault::RatioWithoutParts => (
            "tỷ lệ được tổng hợp mà không có tử số và mẫu số".into(),
            "khai báo ratio với tử số và mẫu số, hoặc đặt over_units và over_time là none",
        ),
        PackFault::AverageOfPlainValue => (
            "bình quân gia quyền (wavg) chỉ dùng cho tỷ lệ".into(),
            "khai báo tử số và mẫu số, hoặc chọn cách tổng hợp khác",
        ),
        PackFault::RatioAddedUp => (
            "tỷ lệ không cộng được và không lấy số lớn nhất".into(),
            "chọn wavg (cộng tử số, cộng mẫu số), last hoặc none",
        ),
        PackFault::LastOverUnits => (
            "last chỉ tổng hợp theo thời gian, không theo đơn vị".into(),
            "chọn sum, wavg, max hoặc none cho over_units",
        ),
        PackFault::TooManyBreakdowns => {
            ("quá hai phân tổ".into(), "giữ nhiều nhất hai phân tổ cho một chỉ tiêu")
        }
        PackFault::TooManyDecimals => ("quá bốn chữ số thập phân".into(), "chọn từ 0 đến 4"),
        PackFault::OptionsMissing => (
            "không có lựa chọn nào".into(),
            "khai báo các lựa chọn, hoặc chỉ ra phân tổ trong options",
        ),
        PackFault::FormulaMisplaced => (
            "công thức chỉ dùng cho chỉ tiêu không phải tỷ lệ, không phân tổ và không tính từ sổ"
                .into(),
            "bỏ công thức, hoặc bỏ tỷ lệ, phân tổ, cách tính từ sổ",
        ),
        PackFault::BadExpression { text, detail } => (
            format!("biểu thức “{text}” không dùng được: {detail}"),
            "sửa biểu thức theo cú pháp CEL",
        ),
        PackFault::FormulaCycle { through } => (
            format!("các công thức cần đến nhau: {}", through.join(" → ")),
            "bỏ bớt một công thức để không còn vòng lặp",
        ),
        PackFault::FollowUpDays => (
            "số ngày đôn đốc không hợp lệ".into(),
            "ghi số ngày làm việc từ 1 đến 250 (nhắc trước hạn: từ 0)",
        ),
        PackFault::NoSuchDay => {
            ("không có ngày này".into(), "ghi by_month từ 1 đến 12, by_day từ 1 đến 31")
        }
        PackFault::WordsMissing => (
            "chưa có từ ngữ để nhận ra văn bản".into(),
            "ghi vào words ít nhất một cụm từ có trong trích yếu",
        ),
        PackFault::FieldKind { field, wanted } => {
            (format!("mục “{field}” phải là loại {wanted}"), "chọn mục khác, hoặc sửa loại của mục")
        }
        PackFault::CountedWithoutOptions => (
            "cách tính từ sổ chưa chỉ ra phân tổ, hoặc chỉ ra hai cách".into(),
            "ghi by cho từng phân tổ theo đúng thứ tự, hoặc ghi option cho một lựa chọn",
        ),
        PackFault::NothingToFillIn => (
            "biểu có dòng mà không có cột nào để ghi số".into(),
            "thêm cột value, numerator hoặc denominator",
        ),
        PackFault::LevelDoesNotReport { indicator } => (
            format!("cấp lập biểu không báo cáo chỉ tiêu {indicator}"),
            "bỏ dòng này, hoặc sửa level của chỉ tiêu hay của biểu",
        ),
        PackFault::PeriodDoesNotReport { indicator } => (
            format!("kỳ của biểu ngắn hơn kỳ báo cáo của chỉ tiêu {indicator}"),
            "bỏ dòng này, hoặc sửa every của chỉ tiêu hay của biểu",
        ),
        PackFault::RowOfSeparate { indicator } => (
            format!(
                "các phân tổ của {indicator} không cộng được với nhau, dòng chung không có nghĩa"
            ),
            "lập một dòng cho mỗi lựa chọn",
        ),
        PackFault::RatioWithoutColumns { indicator } => (
            format!("biểu không có cột tử số và mẫu số cho tỷ lệ {indicator}"),
            "thêm hai cột numerator và denominator",
        ),
        PackFault::EstimateAfterClosing => (
            "hạn gửi số ước sau ngày chốt số liệu".into(),
            "đặt estimate_by_day trước ngày chốt của biểu",
        ),
        PackFault::DeadlineOfNobody => (
            "hạn gửi đặt cho cấp không lập biểu này".into(),
            "sửa level của hạn gửi cho khớp với biểu",
        ),
        PackFault::EndsBeforeItBegins => ("kết thúc trước khi bắt đầu".into(), "sửa lại ngày"),
    };
    (what, remedy.to_owned())
}

#[expect(clippy::too_many_lines, reason = "a catalogue: one line a fault")]
fn english(fault: &PackFault) -> (String, String) {
    let (what, remedy): (String, &str) = match fault {
        PackFault::Unreadable { detail } => {
            (format!("the file can't be read: {detail}"), "write it as docs/packs.md describes")
        }
        PackFault::Head { n_heads: 0 } => {
            ("no file has the part [pack]".into(), "put code, name, version and valid_from into pack.toml")
        }
        PackFault::Head { n_heads } => {
            (format!("the part [pack] is there {n_heads} times"), "keep one of them, in pack.toml")
        }
        PackFault::Excluded { why, phrase, text } => (
            format!("`{text}` has `{phrase}`: {}", reason_en(*why)),
            "remove it; this is collected in no form",
        ),
        PackFault::Duplicate => ("the code is used elsewhere".into(), "give it another; codes are never reused"),
        PackFault::BadCode { wanted } => {
            (format!("the code is not spelled as codes are: {wanted}"), "spell it so")
        }
        PackFault::NameMissing { language } => {
            (format!("there is no name in `{language}`"), "name it in Vietnamese (vi) and in English (en)")
        }
        PackFault::Dangling { kind, name } => {
            (format!("there is no {} `{name}`", kind_en(*kind)), "correct the name, or declare what is missing")
        }
        PackFault::MeasureMissing => ("no unit of measure".into(), "give one, such as lớp, lượt người, %"),
        PackFault::NeverReported => ("reported at no time".into(), "name at least one frequency in `every`"),
        PackFault::RatioWithoutParts => (
            "a percentage is aggregated without its parts".into(),
            "declare `ratio` with both parts, or set over_units and over_time to none",
        ),
        PackFault::AverageOfPlainValue => {
            ("a weighted average is for ratios only".into(), "declare its parts, or choose another rule")
        }
        PackFault::RatioAddedUp => (
            "ratios are not added up, and their maximum means nothing".into(),
            "choose wavg (numerators over denominators), last or none",
        ),
        PackFault::LastOverUnits => {
            ("`last` is a rule over time, not over units".into(), "choose sum, wavg, max or none for over_units")
        }
        PackFault::TooManyBreakdowns => ("more than two breakdowns".into(), "keep two at most"),
        PackFault::TooManyDecimals => ("more than four decimals".into(), "choose 0 to 4"),
        PackFault::OptionsMissing => ("there are no options".into(), "declare them, or name a breakdown in `options`"),
        PackFault::FormulaMisplaced => (
            "formulas are for indicators that are no ratio, not divided and not counted from registers".into(),
            "remove the formula, or what stands against it",
        ),
        PackFault::BadExpression { text, detail } => {
            (format!("`{text}` can't be used: {detail}"), "write it in CEL")
        }
        PackFault::FormulaCycle { through } => {
            (format!("formulas need each other: {}", through.join(" → ")), "remove one of them")
        }
        PackFault::FollowUpDays => (
            "days of follow-up that can't be".into(),
            "give working days from 1 to 250 (before the deadline: from 0)",
        ),
        PackFault::NoSuchDay => {
            ("there is no such day".into(), "give by_month from 1 to 12, by_day from 1 to 31")
        }
        PackFault::WordsMissing => (
            "no words to know the document by".into(),
            "put at least one phrase of its subject into words",
        ),
        PackFault::FieldKind { field, wanted } => {
            (format!("the field `{field}` must be {wanted}"), "use another field, or change its kind")
        }
        PackFault::CountedWithoutOptions => (
            "counting names no option, or names it in two ways".into(),
            "give `by` for each breakdown in its order, or one `option`",
        ),
        PackFault::NothingToFillIn => {
            ("the form has rows, but no column to fill in".into(), "add a column of value, numerator or denominator")
        }
        PackFault::LevelDoesNotReport { indicator } => (
            format!("the level of the form does not report {indicator}"),
            "remove the row, or change the level of one of them",
        ),
        PackFault::PeriodDoesNotReport { indicator } => (
            format!("{indicator} is reported less often than the form"),
            "remove the row, or change `every` of one of them",
        ),
        PackFault::RowOfSeparate { indicator } => (
            format!("the options of {indicator} are never added up, so a row for all of them means nothing"),
            "make a row for each option",
        ),
        PackFault::RatioWithoutColumns { indicator } => (
            format!("the form has no columns for the parts of the ratio {indicator}"),
            "add columns of numerator and denominator",
        ),
        PackFault::EstimateAfterClosing => {
            ("the estimate is due after the closing day".into(), "set estimate_by_day before the closing of the form")
        }
        PackFault::DeadlineOfNobody => {
            ("the deadline is of a level that does not report".into(), "make its level fit the form")
        }
        PackFault::EndsBeforeItBegins => ("it ends before it begins".into(), "correct the days"),
    };
    (what, remedy.to_owned())
}

fn reason_vi(why: Exclusion) -> &'static str {
    match why {
        Exclusion::Strength => "quân số, biên chế lực lượng vũ trang",
        Exclusion::Weapon => "vũ khí, trang bị quân sự",
        Exclusion::Position => "vị trí lực lượng, công trình, mục tiêu",
        Exclusion::Readiness => "trạng thái sẵn sàng của lực lượng",
        Exclusion::BattlePlan => "kế hoạch, phương án, kịch bản quân sự",
        Exclusion::Secret => "nội dung bí mật nhà nước",
        Exclusion::Person => "thông tin cá nhân",
        Exclusion::Opinion => "dư luận, tư tưởng, tuyên truyền",
    }
}

fn reason_en(why: Exclusion) -> &'static str {
    match why {
        Exclusion::Strength => "the strength of armed forces",
        Exclusion::Weapon => "weapons and military equipment",
        Exclusion::Position => "where forces, works and targets are",
        Exclusion::Readiness => "how ready forces are",
        Exclusion::BattlePlan => "military plans and scenarios",
        Exclusion::Secret => "state secrets",
        Exclusion::Person => "personal data",
        Exclusion::Opinion => "opinion and propaganda",
    }
}

fn kind_vi(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Pack => "gói chương trình",
        ItemKind::Component => "thành tố",
        ItemKind::Source => "căn cứ",
        ItemKind::Breakdown => "phân tổ",
        ItemKind::Option => "lựa chọn",
        ItemKind::Indicator => "chỉ tiêu",
        ItemKind::Register => "sổ",
        ItemKind::Field => "mục",
        ItemKind::Form => "biểu",
        ItemKind::Row => "dòng",
        ItemKind::Column => "cột",
        ItemKind::Rule => "quy tắc",
        ItemKind::Section => "phần",
        ItemKind::FollowUp => "quy tắc đôn đốc",
        ItemKind::Document => "văn bản hằng năm",
    }
}

fn kind_en(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Pack => "pack",
        ItemKind::Component => "component",
        ItemKind::Source => "source",
        ItemKind::Breakdown => "breakdown",
        ItemKind::Option => "option",
        ItemKind::Indicator => "indicator",
        ItemKind::Register => "register",
        ItemKind::Field => "field",
        ItemKind::Form => "form",
        ItemKind::Row => "row",
        ItemKind::Column => "column",
        ItemKind::Rule => "rule",
        ItemKind::Section => "section",
        ItemKind::FollowUp => "follow-up",
        ItemKind::Document => "yearly document",
    }
}
