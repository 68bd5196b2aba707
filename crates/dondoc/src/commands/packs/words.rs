//! The words of packs on the screen.

use dondoc_core::aggregation::Aggregation;
use dondoc_core::pack::{Clearing, FieldKind, Frequency, Indicator, Level};
use dondoc_core::problem::Language;

use crate::words::pick;

pub(super) fn aggregation(it: Aggregation, language: Language) -> &'static str {
    match it {
        Aggregation::Sum => pick(language, "cộng dồn", "sum"),
        Aggregation::WeightedAverage => {
            pick(language, "tổng tử số chia tổng mẫu số", "numerators over denominators")
        }
        Aggregation::Last => pick(language, "lấy kỳ cuối", "last"),
        Aggregation::Max => pick(language, "lấy số lớn nhất", "largest"),
        Aggregation::None => pick(language, "không cộng", "none"),
    }
}

pub(super) fn frequencies(all: &[Frequency], language: Language) -> String {
    let words = all.iter().map(|it| match it {
        Frequency::Month => pick(language, "tháng", "month"),
        Frequency::Quarter => pick(language, "quý", "quarter"),
        Frequency::Half => pick(language, "6 tháng", "half-year"),
        Frequency::NineMonths => pick(language, "9 tháng", "nine months"),
        Frequency::Year => pick(language, "năm", "year"),
        Frequency::Term => pick(language, "nhiệm kỳ", "term"),
        Frequency::Event => pick(language, "theo đợt", "event"),
    });
    words.collect::<Vec<_>>().join(", ")
}

pub(super) fn level(it: Level, language: Language) -> &'static str {
    match it {
        Level::Commune => pick(language, "xã", "commune"),
        Level::Province => pick(language, "tỉnh", "province"),
        Level::Both => pick(language, "xã và tỉnh", "commune and province"),
        Level::Above => pick(language, "cấp trên giao", "from above"),
    }
}

pub(super) fn kind(it: FieldKind, language: Language) -> &'static str {
    match it {
        FieldKind::Text => pick(language, "chữ", "words"),
        FieldKind::Number => pick(language, "số", "number"),
        FieldKind::Day => pick(language, "ngày", "day"),
        FieldKind::YesNo => pick(language, "có/không", "yes or no"),
        FieldKind::Choice => pick(language, "một lựa chọn", "choice"),
        FieldKind::Choices => pick(language, "nhiều lựa chọn", "choices"),
        FieldKind::Unit => pick(language, "đơn vị", "unit"),
        FieldKind::Units => pick(language, "nhiều đơn vị", "units"),
        FieldKind::Document => pick(language, "văn bản", "document"),
    }
}

/// What to mind about an indicator: not cleared, closed, computed.
pub(super) fn marks(it: &Indicator, language: Language) -> String {
    let mut marks = String::new();
    if it.clearing == Clearing::Clear {
        marks.push_str(pick(language, " [chờ xác nhận]", " [needs clearing]"));
    }
    if let Some(day) = it.closed_on {
        let until = pick(language, "đến hết", "until");
        marks.push_str(&format!(" [{until} {}]", day.strftime("%d/%m/%Y")));
    }
    if !it.counted.is_empty() {
        marks.push_str(pick(language, " [tính từ sổ]", " [from a register]"));
    }
    if it.formula.is_some() {
        marks.push_str(pick(language, " [công thức]", " [formula]"));
    }
    marks
}
