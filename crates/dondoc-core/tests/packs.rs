//! The packs that come with the program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests read the packs from the checkout")]

use std::{fs, path::Path};

use dondoc_core::{
    pack::{self, Pack},
    problem::Language,
};

fn shipped(name: &str) -> Pack {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name);
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "toml"))
        .map(|it| {
            (it.file_name().unwrap().to_string_lossy().into(), fs::read_to_string(it).unwrap())
        })
        .collect();
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    pack::read(&files).unwrap_or_else(|findings| {
        let told: Vec<String> = findings
            .iter()
            .map(|it| {
                let item = it.item.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{:?}:{:?} {item}: {}", it.file, it.line, it.message(Language::English))
            })
            .collect();
        panic!("{name}:\n{}", told.join("\n"))
    })
}

#[test]
fn the_defence_zone_has_80_indicators_27_registers_and_13_forms() {
    let pack = shipped("khu-vuc-phong-thu");
    assert_eq!(pack.indicators.len(), 80);
    assert_eq!(pack.registers.len(), 27);
    assert_eq!(pack.forms.len(), 13);
}

#[test]
fn another_programme_is_nothing_special() {
    let pack = shipped("chuyen-doi-so-xa");
    assert_eq!((pack.indicators.len(), pack.registers.len(), pack.forms.len()), (12, 3, 2));
}
