//! What a section is about, from its heading: whether its items are tasks.

use std::{ops::Range, sync::LazyLock};

use crate::text::lex::word;
use crate::{
    body::{is_word_at, listed},
    text::{Text, phrase::Phrases},
};
use dondoc_core::fold::SyllableKey;

/// What the items of a section are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Tasks, each of them.
    Tasks,
    /// Never tasks: purpose, requirements, scope, funding, criteria.
    Closed,
    /// Past results; only `X cần …` is a task.
    Results,
    /// Anything else: what a body is told to do is a task.
    Plain,
}

static WORDS: LazyLock<Phrases<Section>> = LazyLock::new(|| {
    let tasks = listed(
        "nhiệm vụ|giải pháp|tổ chức thực hiện|tổ chức triển khai|trách nhiệm|phân công\
         |nội dung triển khai|nội dung hoạt động|nội dung thực hiện|nội dung công việc|biện pháp\
         |kiến nghị|triển khai thực hiện|công việc|các hoạt động|hoạt động triển khai\
         |nội dung chủ yếu|nội dung trọng tâm|nội dung và giải pháp|tổ chức thi hành|phương hướng\
         |nội dung, tiến độ|nội dung và tiến độ|nội dung cụ thể|nội dung và phân công\
         |điều khoản thi hành|nội dung, nhiệm vụ|nội dung kế hoạch|chế độ báo cáo\
         |chế độ thông tin, báo cáo|điều khoản chuyển tiếp|nội dung, giải pháp|đề xuất, kiến nghị\
         |tổ chức chỉ đạo",
    );
    let closed = listed(
        "mục đích|yêu cầu|mục tiêu|quan điểm|nguyên tắc|phạm vi|đối tượng|kinh phí|nguồn vốn\
         |nguồn lực tài chính|tiêu chí|tiêu chuẩn|khen thưởng|thẩm quyền|giải thích từ ngữ|căn cứ\
         |sự cần thiết|chỉ tiêu|thời gian|địa điểm|thành phần|chủ đề|hình thức|cơ cấu|định nghĩa\
         |giải thưởng|thể lệ|quyền hạn|chức năng|cơ sở pháp lý|vị trí|hiệu lực|dự toán\
         |nguồn tài chính|nguồn ngân sách|thông điệp|khẩu hiệu|phụ cấp|mức chi|mức thu|mức hỗ trợ\
         |hồ sơ gồm|quyền lợi|quyền của|cách tính",
    );
    let results = listed(
        "đánh giá|tình hình|kết quả|tồn tại|hạn chế|nguyên nhân|thực trạng|bối cảnh|thuận lợi\
         |khó khăn|ưu điểm|khuyết điểm|dự báo|nguy cơ|ghi nhận|đặc điểm|hiện trạng",
    );
    let none = listed(
        "tổ chức đánh giá|nội dung đánh giá|nội dung giám sát|các bước|phương pháp|trình tự|quy trình\
         |tổ chức giám sát",
    );
    Phrases::new(
        tasks
            .map(|it| (it, Section::Tasks))
            .chain(closed.map(|it| (it, Section::Closed)))
            .chain(results.map(|it| (it, Section::Results)))
            .chain(none.map(|it| (it, Section::Plain))),
    )
});

/// How many tokens of a heading are looked at.
const MAX_TOKENS: usize = 40;

/// What a section with this heading is.
pub(super) fn section_of(text: &Text<'_>, heading: Range<usize>) -> Section {
    let end = heading.end.min(heading.start + MAX_TOKENS);
    let tokens = &text.tokens[..end];
    // `NỘI DUNG` alone heads what is to be done.
    if is_word_at(text, heading.start, word!("nội"))
        && is_word_at(text, heading.start + 1, word!("dung"))
        && (heading.start + 2..end).all(|it| !text.tokens[it].is_word())
    {
        return Section::Tasks;
    }
    let mut first: Option<(Section, bool)> = None;
    let mut at = heading.start;
    let mut is_listed = false;
    while at < end {
        let Some((n_tokens, section)) = WORDS.longest(tokens, at) else {
            let token = &tokens[at];
            is_listed |= token.is_mark(',') || token.is_dash() || is_word_at(text, at, word!("và"));
            at += 1;
            continue;
        };
        match first {
            None => {
                first = Some((*section, at < heading.start + 3));
                is_listed = false;
            }
            // `MỤC TIÊU, NHIỆM VỤ`, but not `NGUYÊN TẮC THỰC HIỆN NHIỆM VỤ`
            Some((Section::Closed | Section::Results, _))
                if *section == Section::Tasks && is_listed =>
            {
                return Section::Tasks;
            }
            // `Thẩm quyền, trình tự` is of both.
            Some((Section::Closed, _)) if *section == Section::Plain => return Section::Plain,
            // `Nhiệm vụ, quyền hạn` is competence.
            Some((Section::Tasks, _)) if *section == Section::Closed && is_competence(text, at) => {
                return Section::Closed;
            }
            _ => {}
        }
        at += n_tokens;
    }
    // Some words close a section wherever they stand: `Số lượng đề nghị khen thưởng`.
    let closes = (heading.start..end).any(|it| {
        let pair = |first: SyllableKey, second: SyllableKey| {
            is_word_at(text, it, first) && is_word_at(text, it + 1, second)
        };
        pair(word!("khen"), word!("thưởng"))
            || pair(word!("kinh"), word!("phí"))
            || pair(word!("giải"), word!("thưởng"))
    });
    match first {
        Some((Section::Plain | Section::Closed, _)) | None if closes => Section::Closed,
        Some((Section::Closed | Section::Results, false)) => Section::Plain,
        Some((section, _)) => section,
        None => Section::Plain,
    }
}

fn is_competence(text: &Text<'_>, at: usize) -> bool {
    is_word_at(text, at, word!("quyền")) || is_word_at(text, at, word!("thẩm"))
}

/// Whether a numbered item inside a section of tasks is none after all: `Mục tiêu …`, `Kinh phí …`.
pub(super) fn is_closed_item(text: &Text<'_>, heading: Range<usize>) -> bool {
    let end = heading.end.min(heading.start + MAX_TOKENS);
    matches!(WORDS.longest(&text.tokens[..end], heading.start), Some((_, Section::Closed)))
        && section_of(text, heading) == Section::Closed
}
