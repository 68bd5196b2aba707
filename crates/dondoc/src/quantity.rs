//! Numbers and periods of figures as an office writes them.

use dondoc_core::{
    figure::{Content, Qualifier, Source, Status},
    pack::Indicator,
    period::Period,
    problem::Language,
};
use dondoc_ledger::rollup::value::{Value, percent_text};

use crate::words::pick;

/// Digits after the mark of a share.
const SHARE_DECIMALS: u8 = 2;

/// A number with points between thousands and a comma before decimals: `1.234,50`.
pub(crate) fn grouped(value: i128, decimals: u8) -> String {
    let (whole, fraction) = parts(value, decimals);
    let mut text = String::with_capacity(whole.len() * 2 + fraction.len() + 2);
    if value < 0 {
        text.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(&fraction);
    }
    text
}

/// A number for machines, exact: `-1234.50`.
pub(crate) fn plain(value: i128, decimals: u8) -> String {
    let (whole, fraction) = parts(value, decimals);
    let sign = if value < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn parts(value: i128, decimals: u8) -> (String, String) {
    let width = usize::from(decimals) + 1;
    let digits = format!("{:0width$}", value.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(decimals));
    (whole.to_owned(), fraction.to_owned())
}

/// A value with its unit of measure; of a share what it comes to and both its parts.
pub(crate) fn value(indicator: &Indicator, value: Value, language: Language) -> String {
    let Indicator { measure, decimals, .. } = indicator;
    match value {
        Value::Number(number) => format!("{} {measure}", grouped(number, *decimals)),
        Value::Ratio { numerator, denominator } => {
            let parts =
                format!("{} / {}", grouped(numerator, *decimals), grouped(denominator, *decimals));
            match share(indicator, [numerator, denominator], ',') {
                Some(share) => format!("{share} {measure} ({parts})"),
                None => format!("{} ({parts})", pick(language, "chưa rõ tỷ lệ", "share unknown")),
            }
        }
    }
}

/// What a share comes to in its unit of measure; `None` where the denominator is zero.
pub(crate) fn share(indicator: &Indicator, parts: [i128; 2], mark: char) -> Option<String> {
    if indicator.measure == "%" {
        return percent_text(parts, SHARE_DECIMALS, mark);
    }
    // A hundredth of a percent of a hundredfold denominator is the plain quotient.
    percent_text([parts[0], parts[1].checked_mul(100)?], SHARE_DECIMALS, mark)
}

/// One reported content, as a value.
pub(crate) fn content(indicator: &Indicator, it: Content, language: Language) -> String {
    match it {
        Content::Nil => pick(language, "không phát sinh", "nil").to_owned(),
        Content::NoFigure => pick(language, "không có số liệu", "no figure").to_owned(),
        Content::Value(number) => value(indicator, Value::Number(number.into()), language),
        Content::Ratio { numerator, denominator } => {
            let ratio =
                Value::Ratio { numerator: numerator.into(), denominator: denominator.into() };
            value(indicator, ratio, language)
        }
    }
}

/// How a figure is meant, in words; empty where it is exact and final.
pub(crate) fn caveats(qualifier: Qualifier, status: Status, language: Language) -> String {
    let status = match status {
        Status::Estimate => Some(pick(language, "ước", "estimate")),
        Status::Final => None,
    };
    let qualifier = match qualifier {
        Qualifier::Exact => None,
        Qualifier::About => Some(pick(language, "khoảng", "about")),
        Qualifier::AtLeast => Some(pick(language, "trên", "at least")),
        Qualifier::AtMost => Some(pick(language, "dưới", "at most")),
        Qualifier::Vague => Some(pick(language, "chỉ biết cỡ số", "an order of size only")),
    };
    status.into_iter().chain(qualifier).collect::<Vec<_>>().join(", ")
}

/// A period as it is spoken: `tháng 9/2025`, `quý III/2025`.
pub(crate) fn period(period: Period, language: Language) -> String {
    match language {
        Language::Vietnamese => period.in_vietnamese(),
        Language::English => period.to_string(),
    }
}

/// Where a figure came from, in a few words.
pub(crate) fn source(source: &Source, language: Language) -> String {
    match (source, language) {
        (Source::Form { form, row, column }, Language::Vietnamese) => {
            format!("biểu {form}, dòng {row}, cột {column}")
        }
        (Source::Form { form, row, column }, Language::English) => {
            format!("form {form}, row {row}, column {column}")
        }
        (Source::Register { register, entries }, Language::Vietnamese) => {
            format!("sổ {register}, {} bản ghi", entries.len())
        }
        (Source::Register { register, entries }, Language::English) => {
            format!("register {register}, {} entries", entries.len())
        }
        (Source::Document { document_id, .. }, _) => {
            format!("{} {document_id}", pick(language, "văn bản số lưu", "document"))
        }
        (Source::Import { file, row, column }, Language::Vietnamese) => {
            format!("tệp {file}, dòng {row}, cột {column}")
        }
        (Source::Import { file, row, column }, Language::English) => {
            format!("file {file}, row {row}, column {column}")
        }
        (Source::Derived, _) => {
            pick(language, "tính từ chỉ tiêu khác", "worked out from other indicators").to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_points_and_exact() {
        assert_eq!(grouped(1_234_567, 0), "1.234.567");
        assert_eq!(grouped(-1_234_567, 2), "-12.345,67");
        assert_eq!(grouped(5, 3), "0,005");
        assert_eq!(plain(-5, 1), "-0.5");
        assert_eq!(plain(i128::from(i64::MAX) * 3321, 0), "30630818534394710455047");
    }

    #[test]
    fn periods_are_spoken() {
        for (text, spoken) in [
            ("2025-09", "tháng 9/2025"),
            ("2025-Q3", "quý III/2025"),
            ("2025-H1", "6 tháng đầu năm 2025"),
            ("2009..", "từ năm 2009 đến nay"),
            ("2025-09-01..2025-09-05", "01/09/2025 – 05/09/2025"),
        ] {
            assert_eq!(period(text.parse().unwrap(), Language::Vietnamese), spoken);
        }
    }
}
