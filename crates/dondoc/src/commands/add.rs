//! `dondoc add`: takes files into the library.

use std::io::{self, Write};
use std::path::PathBuf;

use dondoc_core::likeness::LikenessRelation;
use dondoc_core::problem::{Language, Problem};
use dondoc_store::library::{self, Added, NewFile};
use dondoc_store::{NearDuplicate, Store};
use serde_json::json;

use crate::Done;
use crate::batch::{self, Outcome};
use crate::inputs;
use crate::library::{LibraryArgs, by_this_user};
use crate::words::{pick, printable, tell, tell_problem, tell_warning};

/// The arguments of `dondoc add`.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// Tệp hoặc thư mục; “-” là đầu vào chuẩn
    #[arg(value_name = "TỆP", required = true, help_heading = "Đối số")]
    files: Vec<PathBuf>,
    /// In mỗi tệp một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Takes each file in, prints what became of it, and tells of near-duplicates.
///
/// A file that is refused is not stored, and the others are.
///
/// # Errors
///
/// The library can't be opened or written.
pub(crate) fn run(args: &AddArgs, language: Language) -> anyhow::Result<Done> {
    let inputs = inputs::gather(&args.files, language);
    for place in &inputs.repeated {
        tell_warning(language, place, &Problem::NamedTwice);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (place, problem) in &inputs.refused {
        refuse(&mut out, args.json, language, (place, problem))?;
    }
    let store = args.library.open()?;
    let (mut n_stored, mut n_known, mut n_refused) = (0, 0, inputs.refused.len());
    batch::read_all(&inputs.files, language, |bar, Outcome { input, bytes, reading }| {
        let place = input.place();
        let reading = match reading {
            Ok(reading) => reading,
            Err(problem) => {
                n_refused += 1;
                return bar
                    .suspend(|| refuse(&mut out, args.json, language, (&place, &problem)))
                    .map_err(Into::into);
            }
        };
        let added = take_in(&store, &input.source(), &bytes, &reading)?;
        if added.was_known {
            n_known += 1;
        } else {
            n_stored += 1;
        }
        bar.suspend(|| {
            if args.json {
                writeln!(out, "{}", as_json(&place, &added))
            } else {
                write_words(&mut out, language, &place, &added)
            }
        })?;
        Ok(())
    })?;
    out.flush()?;
    tell(&match language {
        Language::Vietnamese => format!(
            "đã lưu {n_stored} tệp mới, {n_known} tệp đã có từ trước, từ chối {n_refused} tệp"
        ),
        Language::English => {
            format!("{n_stored} files stored, {n_known} known before, {n_refused} refused")
        }
    });
    Ok(if n_refused == 0 { Done::All } else { Done::Some })
}

/// Takes one file in that was read.
///
/// # Errors
///
/// The library can't be written.
pub(crate) fn take_in(
    store: &Store,
    name: &str,
    original: &[u8],
    reading: &dondoc_core::reading::Reading,
) -> anyhow::Result<Added> {
    Ok(library::add(store, NewFile { name, original, reading }, &by_this_user())?)
}

fn refuse(
    out: &mut impl Write,
    json: bool,
    language: Language,
    (place, problem): (&str, &Problem),
) -> io::Result<()> {
    tell_problem(language, place, problem);
    if json {
        let line = json!({"name": place, "status": "refused", "file_id": null, "problem": problem});
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn as_json(place: &str, added: &Added) -> serde_json::Value {
    let near = |(document_id, it): &(i64, NearDuplicate)| {
        json!({
            "document_id": document_id,
            "id": it.document_id,
            "title": it.title,
            "source": it.source,
            "likeness": it.likeness.percent,
            "relation": it.likeness.relation.code(),
        })
    };
    json!({
        "name": place,
        "status": if added.was_known { "known" } else { "stored" },
        "file_id": added.file_id,
        "document_ids": added.document_ids,
        "near_duplicates": added.near_duplicates.iter().map(near).collect::<Vec<_>>(),
        "problem": null,
    })
}

fn write_words(
    out: &mut impl Write,
    language: Language,
    place: &str,
    added: &Added,
) -> io::Result<()> {
    let state = if added.was_known {
        pick(language, "đã có từ trước", "known before")
    } else {
        pick(language, "đã lưu", "stored")
    };
    let noun = pick(language, "văn bản", "document(s)");
    writeln!(out, "{state}: {} · {} {noun}", printable(place), added.document_ids.len())?;
    for (_, near) in &added.near_duplicates {
        let relation = match near.likeness.relation {
            LikenessRelation::Same => pick(language, "giống", "like"),
            LikenessRelation::Contains => pick(language, "chứa", "contains"),
            LikenessRelation::Contained => pick(language, "nằm trong", "is contained in"),
        };
        let title = near.title.as_deref().unwrap_or_default();
        let line = format!("{relation} {}% {}: {title}", near.likeness.percent, near.source);
        writeln!(out, "  {}", printable(&line).replace('\n', " "))?;
    }
    out.flush()
}
