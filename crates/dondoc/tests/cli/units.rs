//! `dondoc units`, on the made-up province of `testdata/units`, and on the real table where it lies beside the project.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::run::{Ran, dondoc, file, put};

fn lam_giang() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/units/lam-giang.csv")
}

fn load(library: &Path, path: &Path, more: &str) -> Ran {
    dondoc(&[&"units", &"load", &path, &"--data", &library, &more])
}

fn ask(library: &Path, arguments: &[&str]) -> Ran {
    let folder = library.display().to_string();
    let mut all = vec!["units"];
    all.extend(arguments);
    all.extend(["--data", &folder]);
    let all: Vec<&dyn AsRef<std::ffi::OsStr>> = all.iter().map(|it| it as _).collect();
    dondoc(&all)
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

#[test]
fn a_dry_run_says_what_the_real_one_does_and_keeps_nothing() {
    let library = tempfile::tempdir().unwrap();
    let dry = dondoc(&[
        &"units",
        &"load",
        &lam_giang(),
        &"--data",
        &library.path(),
        &"--json",
        &"--dry-run",
    ]);
    assert_eq!(dry.status, Some(0), "{dry:?}");
    assert!(dry.stderr.contains("chưa ghi gì"), "{}", dry.stderr);
    let shown = ask(library.path(), &["show", "Lam Giang", "--json"]);
    assert_eq!((shown.status, shown.stdout.as_str()), (Some(1), ""));
    let real = load(library.path(), &lam_giang(), "--json");
    let (mut said, done) = (lines(&dry), lines(&real));
    said[0]["dry_run"] = Value::Bool(false);
    assert_eq!(said, done);
    assert_eq!(done[0]["outcome"], "loaded");
}

#[test]
fn loading_again_does_nothing() {
    let library = tempfile::tempdir().unwrap();
    load(library.path(), &lam_giang(), "--json");
    let again = load(library.path(), &lam_giang(), "--json");
    assert_eq!(again.status, Some(0));
    assert_eq!(lines(&again)[0]["outcome"], "known");
    let renamed = std::fs::read_to_string(lam_giang()).unwrap() + "\n";
    let (_folder, path) = file("khac-ten.csv", renamed);
    let other = load(library.path(), &path, "--json");
    assert_eq!(lines(&other)[0]["outcome"], "known");
    assert!(other.stderr.contains("đã ghi 0 thay đổi"));
}

#[test]
fn a_code_shows_the_unit_that_has_it_on_that_day() {
    let library = tempfile::tempdir().unwrap();
    load(library.path(), &lam_giang(), "--json");
    let name = |day| {
        let ran = ask(library.path(), &["show", "LG103", "--on", day, "--json"]);
        lines(&ran)[0]["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(name("30/06/2025"), "Phường Bắc Lập");
    assert_eq!(name("2025-07-01"), "Xã Bình An");
    let ran = ask(library.path(), &["show", "LG103", "--on", "01/07/2025"]);
    assert!(ran.stderr.contains("vào thời gian khác: Phường Bắc Lập"), "{}", ran.stderr);
    assert!(ran.stderr.contains("đến hết 30/06/2025"), "{}", ran.stderr);
}

#[test]
fn a_province_shows_what_is_under_it_in_each_line() {
    let library = tempfile::tempdir().unwrap();
    load(library.path(), &lam_giang(), "--json");
    let ran = ask(library.path(), &["show", "lam giang", "--on", "2025-07-01"]);
    assert!(ran.stdout.contains("gồm: 10 xã, 3 phường, 4 sở, ban, ngành"), "{}", ran.stdout);
    let party = ask(
        library.path(),
        &["show", "Tỉnh ủy Lam Giang", "--on", "2025-07-01", "--line", "party", "--json"],
    );
    assert_eq!(lines(&party)[0]["under"].as_array().unwrap().len(), 14);
}

#[test]
fn history_tells_who_had_the_code_and_where_figures_lie() {
    let library = tempfile::tempdir().unwrap();
    load(library.path(), &lam_giang(), "--json");
    let ran = ask(library.path(), &["history", "an lap"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    for words in [
        "mã LG106: Xã An Lập đến hết 30/06/2025; Xã Hòa Sơn từ 01/07/2025",
        "chia về: Phường Bắc Lập (LG101); Phường Nam",
        "≈ 21/50",
    ] {
        let text = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{words}\n{}", ran.stdout);
    }
}

#[test]
fn what_does_not_fit_is_listed_and_the_status_says_so() {
    let library = tempfile::tempdir().unwrap();
    load(library.path(), &lam_giang(), "--json");
    let fine = ask(library.path(), &["check"]);
    assert_eq!((fine.status, fine.stdout.as_str()), (Some(0), ""), "{fine:?}");
    let (folder, path) =
        file("them.csv", "key,kind,name,code,parent\nx,commune,Khe Vàng,LG107,lg\n");
    load(library.path(), &path, "--json");
    let ran = ask(library.path(), &["check", "--json"]);
    assert_eq!(ran.status, Some(1));
    let kinds: Vec<_> = lines(&ran).iter().map(|it| it["kind"].clone()).collect();
    assert_eq!(kinds, ["same_code", "same_code"], "the old and the new unit with that code");
    let wrong =
        put(folder.path(), "sai.csv", "key,kind,name,parent\ny,hamlet,Y,lg\nz,commune,Z,nobody\n");
    let refused = load(library.path(), &wrong, "--json");
    assert_eq!(refused.status, Some(1));
    let doubts = lines(&refused)[0]["doubts"].clone();
    let told: Vec<_> = doubts
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["row"].clone(), it["kind"].clone()))
        .collect();
    assert_eq!(told, [(2.into(), "bad_row".into()), (3.into(), "unknown_key".into())]);
}

#[test]
fn what_is_no_list_of_units_is_refused() {
    let library = tempfile::tempdir().unwrap();
    let (_folder, path) = file("a.csv", "Họ tên,Ngày sinh\n");
    let ran = load(library.path(), &path, "--json");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("a.csv"), "{}", ran.stderr);
}

#[test]
fn hang_kia_has_its_code_until_the_reform_only() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/dvhc-vn/gso_conversion_2025-07-01.csv");
    if !table.exists() {
        eprintln!("the table of 2025-07-01 is not there");
        return;
    }
    let library = tempfile::tempdir().unwrap();
    assert_eq!(load(library.path(), &table, "--json").status, Some(0));
    let ran = ask(library.path(), &["history", "Hang Kia"]);
    let text = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = "mã 05212: Xã Hang Kia đến hết 30/06/2025; Xã Pà Cò từ 01/07/2025";
    assert!(text.contains(words), "{}", ran.stdout);
    let shown = ask(library.path(), &["show", "Phú Thọ", "--on", "2025-07-01", "--json"]);
    let shown = lines(&shown);
    let province = shown.iter().find(|it| it["kind"] == "province").unwrap();
    assert_eq!(province["code"], "25");
    assert_eq!(province["under"].as_array().unwrap().len(), 148);
}

#[test]
fn what_is_wrong_with_an_argument_says_what_would_fit() {
    let cases: [(&[&str], &str); 5] = [
        (&["units", "load", "a.csv", "--on", "31/31/2020"], "ngày viết như 01/07/2025"),
        (&["units", "load", "khong-co.csv"], "cách xử lý: kiểm tra lại đường dẫn"),
        (&["serve", "--lock-after", "0"], "từ 1 đến 1440"),
        (&["search", "x", "--lang", "fr"], ": vi, en"),
        (&["total", "KVPT.07.04", "--weight", "tien"], ": population, area, equal"),
    ];
    for (arguments, wanted) in cases {
        let arguments: Vec<&dyn AsRef<OsStr>> = arguments.iter().map(|it| it as _).collect();
        let ran = dondoc(&arguments);
        assert_ne!(ran.status, Some(0), "{ran:?}");
        assert!(ran.stderr.contains(wanted), "{ran:?}");
    }
}
