//! `dondoc read`: what files say, as tables for people or lines of JSON for programs.

use std::io::{self, Write};
use std::path::PathBuf;

use dondoc_core::problem::Language;
use dondoc_core::reading::Reading;

use crate::Done;
use crate::batch::{self, Outcome};
use crate::inputs;
use crate::table::Tables;
use crate::words::{pick, tell, tell_problem, tell_warning};

/// The arguments of `dondoc read`.
#[derive(Debug, clap::Args)]
pub(crate) struct ReadArgs {
    /// Tệp hoặc thư mục; “-” là đầu vào chuẩn
    #[arg(value_name = "TỆP", required = true, help_heading = "Đối số")]
    files: Vec<PathBuf>,
    /// In mỗi văn bản một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
}

/// Prints what each file says to standard output, and each refusal to standard error.
///
/// # Errors
///
/// Standard output can't be written.
pub(crate) fn run(args: &ReadArgs, language: Language) -> anyhow::Result<Done> {
    let inputs = inputs::gather(&args.files, language);
    for place in &inputs.repeated {
        tell_warning(language, place, &dondoc_core::problem::Problem::NamedTwice);
    }
    for (place, problem) in &inputs.refused {
        tell_problem(language, place, problem);
    }
    let mut n_refused = inputs.refused.len();
    let mut n_documents = 0;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let tables = Tables::for_standard_output(language);
    batch::read_all(&inputs.files, language, |bar, Outcome { input, reading, .. }| {
        match reading {
            Ok(reading) => {
                n_documents += reading.documents.len();
                bar.suspend(|| {
                    if args.json {
                        write_lines(&mut out, &reading)
                    } else {
                        tables.write(&mut out, &input.place(), &reading)
                    }
                })?;
            }
            Err(problem) => {
                n_refused += 1;
                bar.suspend(|| tell_problem(language, &input.place(), &problem));
            }
        }
        Ok(())
    })?;
    out.flush()?;
    if inputs.n_passed_over > 0 {
        let words = pick(
            language,
            "tệp khác trong thư mục được bỏ qua",
            "other files in folders passed over",
        );
        tell(&format!("{} {words}", inputs.n_passed_over));
    }
    if inputs.files.len() + inputs.refused.len() > 1 {
        let n_read = inputs.files.len() + inputs.refused.len() - n_refused;
        tell(&match language {
            Language::Vietnamese => {
                format!(
                    "đã đọc {n_read} tệp ({n_documents} văn bản), không đọc được {n_refused} tệp"
                )
            }
            Language::English => {
                format!("{n_read} files read ({n_documents} documents), {n_refused} refused")
            }
        });
    }
    Ok(if n_refused == 0 { Done::All } else { Done::Some })
}

fn write_lines(out: &mut impl Write, reading: &Reading) -> io::Result<()> {
    for document in &reading.documents {
        serde_json::to_writer(&mut *out, document)?;
        out.write_all(b"\n")?;
    }
    // A program that reads the lines as they come should not wait for a full buffer.
    out.flush()
}
