//! The sample province: a made-up cascade of documents that comes with the program.

use dondoc_core::problem::Language;
use dondoc_store::{By, Store};
use jiff::Timestamp;
use rust_embed::RustEmbed;

use crate::batch::{self, Outcome};
use crate::commands::add::take_in;
use crate::inputs::Input;
use crate::words::tell_problem;

pub(crate) mod figures;
pub(crate) mod map;
pub(crate) mod people;
pub(crate) mod registers;
pub(crate) mod reporting;
pub(crate) mod standing;
pub(crate) mod tasks;

/// Who puts the sample in: always at the same moment, so that the digests are always the same.
fn by() -> anyhow::Result<By> {
    Ok(By { actor: "Dữ liệu mẫu".to_owned(), at: Timestamp::from_second(1_777_946_400)? })
}

#[derive(RustEmbed)]
#[folder = "../../testdata/province"]
struct Province;

/// Takes the documents of the sample province in, in the order of their names; what is there already stays.
///
/// One that is refused (its outside program may not be installed) is told of and costs only itself.
///
/// # Errors
///
/// The library can't be written.
pub(crate) fn put_into(store: &Store, language: Language) -> anyhow::Result<()> {
    let mut names: Vec<_> = Province::iter().collect();
    names.sort();
    let files: Vec<Input> = names
        .iter()
        .filter_map(|name| {
            let bytes = Province::get(name)?.data;
            Some(Input::Embedded { name: name.to_string(), bytes })
        })
        .collect();
    batch::read_all(&files, language, |bar, Outcome { input, bytes, reading }| {
        match reading {
            Ok(reading) => {
                take_in(store, &input.source(), &bytes, &reading)?;
            }
            Err(problem) => bar.suspend(|| tell_problem(language, &input.place(), &problem)),
        }
        Ok(())
    })
}
