//! The words of the command line, Vietnamese first.

use std::io::{self, Write};
use std::path::Path;

use dondoc_core::problem::{Language, Problem};

/// One of two sentences, by language.
pub(crate) fn pick<'a>(language: Language, vietnamese: &'a str, english: &'a str) -> &'a str {
    match language {
        Language::Vietnamese => vietnamese,
        Language::English => english,
    }
}

/// Writes a line to standard error; a closed one is no reason to stop.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(line));
}

/// Tells of a refusal: place, what, remedy.
pub(crate) fn tell_problem(language: Language, place: &str, problem: &Problem) {
    let (what, remedy) = problem.say(language);
    let error = pick(language, "lỗi", "error");
    let remedy_word = pick(language, "cách xử lý", "remedy");
    tell(&format!("{error}: {place}: {what}\n  {remedy_word}: {remedy}"));
}

/// Tells of something that was put right without the user.
pub(crate) fn tell_warning(language: Language, place: &str, problem: &Problem) {
    let (what, remedy) = problem.say(language);
    let warning = pick(language, "lưu ý", "note");
    tell(&format!("{warning}: {place}: {what}; {remedy}"));
}

/// A path as its reader knows it.
pub(crate) fn place(path: &Path) -> String {
    path.display().to_string()
}

/// Text that can't drive a terminal: control characters become spaces, line ends stay.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|it| if it.is_control() && it != '\n' { ' ' } else { it }).collect()
}

/// The refusal of a file that the system does not give.
pub(crate) fn refusal(err: &io::Error, language: Language) -> Problem {
    let detail = match err.kind() {
        io::ErrorKind::NotFound => return Problem::NotFound,
        io::ErrorKind::PermissionDenied => {
            pick(language, "không có quyền đọc", "permission denied").to_owned()
        }
        _ => err.to_string(),
    };
    Problem::Unreadable { detail }
}

/// All bytes of a file that a command was given.
///
/// # Errors
///
/// The system does not give it: said with its path, and what to do.
pub(crate) fn file_bytes(path: &Path, language: Language) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).map_err(|err| unreadable(path, &err, language))
}

/// That the system does not give a file, with its path, and what to do.
pub(crate) fn unreadable(path: &Path, err: &io::Error, language: Language) -> anyhow::Error {
    let (what, remedy) = refusal(err, language).say(language);
    let remedy_word = pick(language, "cách xử lý", "remedy");
    anyhow::anyhow!("{}: {what}\n  {remedy_word}: {remedy}", place(path))
}
