//! Figures through the commands, as `docs/figures.md` shows them.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{Ran, command, finish, put};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Runs in the root of the checkout, as the page does.
fn run(library: &Path, words: &[String]) -> Ran {
    let mut command = command();
    command.args(words).arg("--data").arg(library);
    finish(command.current_dir(root()).env("USER", "vanthu"), b"")
}

pub(crate) fn say(library: &Path, line: &str) -> Ran {
    run(library, &words(line))
}

/// The words of a line, those in quotes as one.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

fn province() -> TempDir {
    let library = tempfile::tempdir().unwrap();
    for line in [
        "units load testdata/units/lam-giang.csv",
        "packs use khu-vuc-phong-thu",
        "figures load testdata/figures/lam-giang.csv",
        "registers add testdata/figures/lam-giang-entries.json",
    ] {
        let ran = say(library.path(), line);
        assert_eq!(ran.status, Some(0), "{line}: {ran:?}");
    }
    library
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"))
}

/// What differs from run to run, left out: chains, digests, the moments of writing.
fn settled(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut line = line.trim_end().to_owned();
        for word in ["chuỗi ", "mã băm "] {
            if let Some(at) = line.find(word) {
                line.truncate(at + word.len());
                line.push('…');
            }
        }
        if let Some(at) = line.find("người ghi ") {
            let rest = line[at..].find("; khối số").map(|it| line[at + it..].to_owned());
            line.truncate(at);
            line.push_str("người ghi …");
            line.push_str(&rest.unwrap_or_default());
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[test]
fn the_page_about_figures_shows_what_the_commands_say() {
    let library = tempfile::tempdir().unwrap();
    let (path, _, fresh) = page_with("docs/figures.md", |said| {
        let ran = say(library.path(), said);
        [settled(&ran.stdout), settled(&ran.stderr)]
    });
    expect_test::expect_file![path].assert_eq(&fresh);
}

/// A page, and what it would be with what its commands say now; with its place.
pub(crate) fn page_with(
    name: &str,
    mut said_by: impl FnMut(&str) -> [String; 2],
) -> (PathBuf, String, String) {
    let path = root().join(name);
    let page = std::fs::read_to_string(&path).unwrap();
    let mut fresh = String::new();
    let mut is_console = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_console = line == "```console";
        }
        match line.strip_prefix("$ dondoc ").filter(|_| is_console) {
            Some(said) => {
                writeln!(fresh, "{line}").unwrap();
                for text in said_by(said).iter().filter(|it| !it.is_empty()) {
                    writeln!(fresh, "{text}").unwrap();
                }
            }
            None if is_console && !line.starts_with("```") => {}
            None => writeln!(fresh, "{line}").unwrap(),
        }
    }
    (path, page, fresh)
}

#[test]
fn the_province_has_what_its_communes_have_together_then_and_now() {
    let library = province();
    let ask = |unit: &str, more: &str| {
        let line = format!("total KVPT.07.03 --unit \"{unit}\" --period 2025-05 --json {more}");
        json(&say(library.path(), &line))
    };
    // 27 communes of May 2025; the table itself says what they reported.
    let table = std::fs::read_to_string(root().join("testdata/figures/lam-giang.csv")).unwrap();
    let of_may = table.lines().filter(|it| it.contains(";KVPT.07.03;;2025-M05;"));
    let expected: i64 =
        of_may.map(|it| it.split(';').nth(4).unwrap().parse::<i64>().unwrap()).sum();
    let then = ask("tỉnh Lam Giang", "");
    assert_eq!(then["value"]["number"], expected.to_string());
    assert_eq!(ask("tỉnh Lam Giang", "--view as-now")["value"]["number"], expected.to_string());
    let by_children = ask("tỉnh Lam Giang", "--view as-now --by children");
    let children = by_children["children"].as_array().unwrap().iter();
    let sum: i64 = children
        .filter_map(|it| it["value"]["number"].as_str())
        .map(|it| it.parse::<i64>().unwrap())
        .sum();
    assert_eq!(sum, expected);
}

#[test]
fn months_that_nobody_reported_for_are_missing_from_a_longer_period() {
    let library = province();
    let ask = |verb: &str, period: &str| {
        let line = format!("{verb} KVPT.07.04 --unit LG --period {period} --json");
        json(&say(library.path(), &line))
    };
    // The table ends with April; for May and June it has no row, and there are 13 communes.
    let (april, quarter) = (ask("total", "2026-04"), ask("total", "2026-Q2"));
    assert_eq!(quarter["value"], april["value"]);
    let n = |it: &Value, what: &str| it["counts"][what].as_u64().unwrap();
    assert_eq!(n(&quarter, "expected"), 3 * 13);
    assert_eq!(n(&quarter, "missing"), n(&april, "missing") + 2 * 13);
    let traced = ask("trace", "2026-Q2");
    let gaps = traced["gaps"].as_array().unwrap().iter();
    let n_missing = gaps.filter(|it| it["has_no_figure"] == false).count();
    assert_eq!(u64::try_from(n_missing).unwrap(), n(&quarter, "missing"));
}

#[test]
fn a_traced_total_is_the_sum_of_its_parts_down_to_rows_of_the_file() {
    let library = province();
    let line = "trace KVPT.06.04 --unit LG --period 2026-03 --all --json";
    let traced = json(&say(library.path(), line));
    let parts = traced["parts"].as_array().unwrap();
    let number = |it: &Value| it["value"]["number"].as_str().unwrap().parse::<i64>().unwrap();
    assert_eq!(parts.iter().map(number).sum::<i64>(), number(&traced));
    let table = std::fs::read_to_string(root().join("testdata/figures/lam-giang.csv")).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    for part in parts {
        let row = usize::try_from(part["sources"][0]["row"].as_u64().unwrap()).unwrap();
        let cells: Vec<&str> = lines[row - 1].split(';').collect();
        assert_eq!((cells[1], cells[3]), ("KVPT.06.04", "2026-M03"));
        assert_eq!(cells[4].parse::<i64>().unwrap(), number(part), "{part}");
    }
}

#[test]
fn a_file_with_one_wrong_cell_leaves_nothing_behind_and_says_where() {
    let library = province();
    let folder = tempfile::tempdir().unwrap();
    let table = "unit;indicator;option;period;value\nlg/binh-an;KVPT.07.03;;2026-M05;120\nlg/dong-khe;KVPT.07.04;;2026-M05;1.234\n";
    let path = put(folder.path(), "so-lieu.csv", table);
    let path: &OsStr = path.as_ref();
    let words = ["figures", "load", path.to_str().unwrap()].map(str::to_owned);
    let ran = run(library.path(), &words);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(
        (ran.stderr.contains("dòng 3") || ran.stderr.contains("E3"))
            && ran.stderr.contains("cách xử lý"),
        "{ran:?}"
    );
    let total = say(library.path(), "total KVPT.07.03 --unit LG --period 2026-05 --json");
    let total = json(&total);
    assert_eq!(total["value"], Value::Null);
    assert_eq!(total["counts"]["reported"], 0, "{total}");
    assert_eq!(total["counts"]["missing"], 13, "{total}");
}

#[test]
fn what_is_exported_loads_back_without_a_change() {
    let library = province();
    for (format, name) in [("csv", "a.csv"), ("dhis2", "a.json"), ("adx", "a.xml")] {
        let out =
            say(library.path(), &format!("figures export --period 2026-02 --format {format}"));
        assert_eq!(out.status, Some(0), "{out:?}");
        let folder = tempfile::tempdir().unwrap();
        let path = put(folder.path(), name, &out.stdout);
        let words =
            ["figures", "load", "--dry-run", "--json", "--format", format, path.to_str().unwrap()];
        let ran = run(library.path(), &words.map(str::to_owned));
        let loaded = &json(&ran)["loaded"];
        assert!(loaded["figures"].as_u64().unwrap() > 100, "{format}: {ran:?}");
        assert_eq!(loaded["changed"], 0, "{format}: {ran:?}");
    }
}

#[test]
fn a_form_goes_out_as_a_workbook_and_comes_back_unchanged() {
    let library = province();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b01.xlsx");
    let which = ["B01-XA", "--unit", "xã Thạch Sơn", "--period", "2026-02"];
    let with = |verb: &str, more: &[&str]| {
        let words = ["form", verb].into_iter().chain(which).chain(more.iter().copied());
        run(library.path(), &words.map(str::to_owned).collect::<Vec<_>>())
    };
    let ran = with("out", &["-o", path.to_str().unwrap()]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let ran = with("in", &[path.to_str().unwrap(), "--json"]);
    assert_eq!(json(&ran)["differences"], serde_json::json!([]), "{ran:?}");
}
