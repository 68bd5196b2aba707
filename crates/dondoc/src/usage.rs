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
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!(
            "{} `{}` {} {}",
            pick(language, "giá trị", "the value"),
            context(err, ContextKind::InvalidValue),
            pick(language, "không dùng được cho", "does not fit"),
            context(err, ContextKind::InvalidArg)
        ),
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

fn context(err: &clap::Error, kind: ContextKind) -> String {
    match err.get(kind) {
        Some(ContextValue::String(it)) => it.clone(),
        Some(ContextValue::Strings(them)) => them.join(", "),
        _ => String::new(),
    }
}
