//! What is said about wrong arguments.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use dondoc_core::problem::Language;

use crate::words::pick;

/// What is wrong with the arguments, and what to do about it.
pub(crate) fn say(err: &clap::Error, language: Language) -> String {
    let what = match err.kind() {
        ErrorKind::UnknownArgument => format!(
            "{} `{}`",
            pick(language, "không có tùy chọn", "no such option:"),
            context(err, ContextKind::InvalidArg)
        ),
        ErrorKind::InvalidSubcommand => format!(
            "{} `{}`",
            pick(language, "không có lệnh", "no such command:"),
            context(err, ContextKind::InvalidSubcommand)
        ),
        ErrorKind::MissingRequiredArgument => format!(
            "{} {}",
            pick(language, "thiếu", "missing:"),
            context(err, ContextKind::InvalidArg)
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!(
                "{} `{}` {} {}",
                pick(language, "giá trị", "the value"),
                context(err, ContextKind::InvalidValue),
                pick(language, "không dùng được cho", "does not fit"),
                context(err, ContextKind::InvalidArg)
            ) + &wanted(err, language)
        }
        ErrorKind::ArgumentConflict => format!(
            "{} {}",
            pick(
                language,
                "chỉ nêu một lần hoặc không dùng cùng nhau:",
                "named twice or in conflict:"
            ),
            context(err, ContextKind::InvalidArg)
        ),
        _ => err.kind().to_string(),
    };
    let suggestion = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand]
        .into_iter()
        .map(|it| context(err, it))
        .find(|it| !it.is_empty())
        .map(|it| {
            let words = pick(language, "có phải ý bạn là", "did you mean");
            format!("\n  {words} `{it}`?")
        })
        .unwrap_or_default();
    let error = pick(language, "lỗi", "error");
    let help = pick(language, "xem trợ giúp: dondoc --help", "for help: dondoc --help");
    format!("{error}: {what}{suggestion}\n  {help}")
}

/// What would fit instead, if that can be said: `: vi, en`.
fn wanted(err: &clap::Error, language: Language) -> String {
    let values = context(err, ContextKind::ValidValue);
    if !values.is_empty() {
        return format!(": {values}");
    }
    if context(err, ContextKind::InvalidArg).contains("NGÀY") {
        let words = pick(language, "ngày viết như", "write days as");
        return format!(": {words} 01/07/2025");
    }
    // As clap says it of ranges: `400 is not in 1..=366`.
    let said = std::error::Error::source(err).map(ToString::to_string).unwrap_or_default();
    let range = said.split_once(" is not in ").and_then(|it| it.1.split_once("..="));
    let (from, to) = (pick(language, "từ", "from"), pick(language, "đến", "to"));
    range.map(|(least, most)| format!(": {from} {least} {to} {most}")).unwrap_or_default()
}

fn context(err: &clap::Error, kind: ContextKind) -> String {
    match err.get(kind) {
        Some(ContextValue::String(it)) => it.clone(),
        Some(ContextValue::Strings(them)) => them.join(", "),
        _ => String::new(),
    }
}
