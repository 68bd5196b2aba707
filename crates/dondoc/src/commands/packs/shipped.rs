//! The packs that come with the program.

use std::collections::BTreeSet;

use rust_embed::RustEmbed;

use crate::commands::packs::PackFiles;

#[derive(RustEmbed)]
#[folder = "../../packs"]
struct Packs;

/// Their names, in order.
pub(super) fn names() -> BTreeSet<String> {
    Packs::iter().filter_map(|it| Some(it.split_once('/')?.0.to_owned())).collect()
}

/// The files of a pack; `None` if no such pack comes along.
pub(super) fn files(name: &str) -> Option<PackFiles> {
    let mut files: PackFiles = Packs::iter()
        .filter(|it| it.split_once('/').is_some_and(|(pack, _)| pack == name))
        .filter(|it| it.ends_with(".toml"))
        .filter_map(|it| {
            let text = String::from_utf8_lossy(&Packs::get(&it)?.data).into_owned();
            Some((it.into_owned(), text))
        })
        .collect();
    files.sort();
    (!files.is_empty()).then_some(files)
}
