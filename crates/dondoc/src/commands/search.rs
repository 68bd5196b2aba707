//! `dondoc search`: finds documents by words.

use std::io::{self, IsTerminal, Write};

use dondoc_core::problem::Language;
use dondoc_core::reading::Span;
use dondoc_store::documents::{self, Filter, Slice, Sort, Summary};
use dondoc_store::search::Snippet;
use serde_json::json;

use crate::Done;
use crate::library::LibraryArgs;
use crate::table::heading_line;
use crate::words::{pick, printable, tell};

/// The arguments of `dondoc search`.
#[derive(Debug, clap::Args)]
pub(crate) struct SearchArgs {
    /// Các từ cần tìm; không cần dấu, viết tắt hay viết đủ đều được
    #[arg(value_name = "TỪ", required = true, help_heading = "Đối số")]
    words: Vec<String>,
    /// Số kết quả nhiều nhất (mặc định 20)
    #[arg(
        long,
        value_name = "SỐ",
        default_value_t = 20,
        hide_default_value = true,
        help_heading = "Tùy chọn"
    )]
    limit: usize,
    /// In mỗi kết quả một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Prints the documents that have the words, best first, each with a sentence that has them.
///
/// Finding nothing is an answer, not a failure.
///
/// # Errors
///
/// The library can't be opened or read.
pub(crate) fn run(args: &SearchArgs, language: Language) -> anyhow::Result<Done> {
    let store = args.library.open()?;
    let filter = Filter { words: Some(args.words.join(" ")), ..Filter::default() };
    let slice = Slice { skip: 0, take: args.limit };
    let page = documents::list(&store, &filter, Sort::Relevance, slice)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let marks = if io::stdout().is_terminal() { ("\u{1b}[1m", "\u{1b}[0m") } else { ("«", "»") };
    for (rank, summary) in page.items.iter().enumerate() {
        if args.json {
            writeln!(out, "{}", as_json(summary))?;
        } else {
            writeln!(out, "{}. {}", rank + 1, heading_line(summary, language))?;
            if let Some(snippet) = &summary.snippet {
                writeln!(out, "   {}", with_marks(snippet, marks))?;
            }
            writeln!(out, "   {}", printable(&summary.source))?;
        }
    }
    out.flush()?;
    let words = pick(language, "văn bản có các từ này", "documents have these words");
    tell(&format!("{} {words}", page.total));
    Ok(Done::All)
}

/// The shape of the API's summaries, but that marks count characters.
fn as_json(summary: &Summary) -> serde_json::Value {
    let snippet = summary.snippet.as_ref().map(|it| json!({"text": it.text, "marks": it.marks}));
    json!({
        "id": summary.id,
        "file_id": summary.file_id,
        "source": summary.source,
        "title": summary.title,
        "kind": summary.kind,
        "number": summary.number,
        "issued_on": summary.issued_on,
        "issuer": summary.issuer,
        "place": summary.place,
        "added_at": summary.added_at,
        "n_tasks": summary.n_tasks,
        "n_figures": summary.n_figures,
        "n_citations": summary.n_citations,
        "n_open_citations": summary.n_open_citations,
        "n_undecided": summary.n_undecided,
        "snippet": snippet,
    })
}

/// The sentence on one line, its hits between `open` and `close`.
fn with_marks(snippet: &Snippet, (open, close): (&str, &str)) -> String {
    let mut marked = String::new();
    let starts = |at: usize| snippet.marks.iter().any(|it: &Span| it.start == at);
    let ends = |at: usize| snippet.marks.iter().any(|it: &Span| it.end == at);
    let mut n_chars = 0;
    for letter in snippet.text.chars() {
        if ends(n_chars) {
            marked.push_str(close);
        }
        if starts(n_chars) {
            marked.push_str(open);
        }
        marked.push(if letter.is_control() { ' ' } else { letter });
        n_chars += 1;
    }
    if ends(n_chars) {
        marked.push_str(close);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_marked_in_their_sentence() {
        let marks = vec![Span { start: 0, end: 2 }, Span { start: 6, end: 8 }];
        let snippet = Snippet { text: "Sở Nội\u{1b}vụ".to_owned(), marks };
        assert_eq!(with_marks(&snippet, ("«", "»")), "«Sở» Nội« v»ụ");
    }
}
