//! `dondoc citations`: what the documents of the library cite, and what is not settled about it.

use std::io::{self, Write};

use dondoc_core::problem::Language;
use dondoc_store::citations::{self, CitationFilter, ListedCitation};
use dondoc_store::documents::Slice;
use serde_json::json;

use crate::Done;
use crate::library::LibraryArgs;
use crate::table::written;
use crate::words::{pick, printable, tell};

/// How many are read at a time.
const PAGE: usize = 200;

/// The arguments of `dondoc citations`.
#[derive(Debug, clap::Args)]
pub(crate) struct CitationsArgs {
    /// Chỉ những viện dẫn chưa rõ: chưa có văn bản, khớp nhiều văn bản, hoặc mâu thuẫn
    #[arg(long, help_heading = "Tùy chọn")]
    open: bool,
    /// In mỗi viện dẫn một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Prints citations with their sentences.
///
/// # Errors
///
/// The library can't be opened or read.
pub(crate) fn run(args: &CitationsArgs, language: Language) -> anyhow::Result<Done> {
    let store = args.library.open()?;
    let filter = if args.open { CitationFilter::Unsettled } else { CitationFilter::All };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut skip = 0;
    loop {
        let page = citations::list(&store, filter, Slice { skip, take: PAGE })?;
        for listed in &page.items {
            if args.json {
                writeln!(out, "{}", as_json(listed))?;
            } else {
                write_words(&mut out, language, listed)?;
            }
        }
        skip += page.items.len();
        if page.items.is_empty() || skip >= page.total {
            out.flush()?;
            let words = match (args.open, language) {
                (true, Language::Vietnamese) => "viện dẫn chưa rõ",
                (true, Language::English) => "citations are not settled",
                (false, Language::Vietnamese) => "viện dẫn",
                (false, Language::English) => "citations",
            };
            tell(&format!("{} {words}", page.total));
            return Ok(Done::All);
        }
    }
}

fn as_json(listed: &ListedCitation) -> serde_json::Value {
    let resolution = &listed.resolution;
    let candidate_ids: Vec<i64> = resolution.candidates.iter().map(|it| it.fit.id).collect();
    json!({
        "finding_id": listed.finding_id,
        "document_id": listed.document_id,
        "document_title": listed.document_title,
        "document_number": listed.document_number,
        "document_source": listed.document_source,
        "citation": listed.citation,
        "sentence": listed.sentence,
        "resolution": {
            "state": resolution.state,
            "document_id": resolution.document_id,
            "candidates": candidate_ids,
            "relation": resolution.relation.code(),
        },
    })
}

fn write_words(
    out: &mut impl Write,
    language: Language,
    listed: &ListedCitation,
) -> io::Result<()> {
    let citation = &listed.citation;
    let state = match listed.resolution.state.as_str() {
        "open" => pick(language, "chưa có trong kho", "not in the library"),
        "ambiguous" => pick(language, "khớp nhiều văn bản", "fits several"),
        "conflicting" => pick(language, "mâu thuẫn", "in conflict"),
        "self" => pick(language, "chính văn bản này", "the document itself"),
        _ => pick(language, "đã rõ", "resolved"),
    };
    let date = citation.date.map(written);
    let what: Vec<&str> = [
        Some(citation.kind.as_str()),
        citation.number.as_deref().or(citation.name.as_deref()),
        date.as_deref(),
        citation.issuer.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let line = |text: &str| printable(text).replace('\n', " ");
    writeln!(out, "{state}: {}", line(&what.join(" · ")))?;
    writeln!(out, "   “{}”", line(&listed.sentence))?;
    let number = listed.document_number.as_deref().unwrap_or_default();
    writeln!(out, "   {} {}", line(number), line(&listed.document_source))?;
    for candidate in &listed.resolution.candidates {
        let words = pick(language, "có thể là", "may be");
        let of = candidate.issued_on.map(written).unwrap_or_default();
        let number = candidate.number.as_deref().unwrap_or_default();
        let issuer = candidate.issuer.as_deref().unwrap_or_default();
        let title = candidate.title.as_deref().unwrap_or_default();
        writeln!(out, "   {words}: {}", line(&format!("{number} {of} {issuer}: {title}")))?;
    }
    Ok(())
}
