//! Heading blocks of real documents against the index of the site that they came from.
//!
//! The documents lie outside of the project, in `../shared`; without them the test has nothing to do.
//! `docs/headers.md` lists the misses.

#![expect(clippy::disallowed_methods, reason = "a test reads its own files")]

use std::{collections::HashMap, fs, path::Path};

use dondoc_core::{fold::bare, reading::Document};
use dondoc_intake::read::read;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/admin-docs-2025q4");

/// The fields of a heading, and the share of documents in per cent on which each must be right.
const BARS: [(&str, usize); 4] = [("number", 98), ("kind", 98), ("date", 98), ("issuer", 95)];

#[test]
fn heading_blocks_agree_with_the_index_of_their_site() {
    let Ok(index) = fs::read_to_string(Path::new(FOLDER).join("index_dev.csv")) else { return };
    let rows = rows(&index);
    let mut n_right = [0_usize; 4];
    let mut n_asked = [0_usize; 4];
    let mut misses = Vec::new();
    for row in &rows {
        let text =
            fs::read_to_string(Path::new(FOLDER).join(&row["file"])).expect("a file of the index");
        let documents = read(&text, &row["file"]);
        assert_eq!(documents.len(), 1, "{} is one document", row["file"]);
        for (field, answer) in answers(&documents[0], row).into_iter().enumerate() {
            let Some((found, wanted, is_right)) = answer else { continue };
            n_asked[field] += 1;
            n_right[field] += usize::from(is_right);
            if !is_right {
                misses.push(format!(
                    "{} {}: text `{found}`, index `{wanted}`",
                    row["file"], BARS[field].0
                ));
            }
        }
    }
    println!("{} documents", rows.len());
    for (field, (name, bar)) in BARS.iter().enumerate() {
        println!("{name:<8}{:>4} of {:>3} right, at least {bar} %", n_right[field], n_asked[field]);
    }
    println!("{}", misses.join("\n"));
    assert!(rows.len() > 50, "the index was read");
    for (field, (name, bar)) in BARS.iter().enumerate() {
        assert!(n_right[field] * 100 >= n_asked[field] * bar, "{name}: {misses:#?}");
    }
}

/// What was found, what the index says, and whether they agree; `None` where the index says nothing.
type Answer = Option<(String, String, bool)>;

/// The four answers in the order of [`BARS`]. Half of the rows have no entry of the site's own; for these the columns
/// that were cut from the page's address hold.
fn answers(document: &Document, row: &HashMap<String, String>) -> [Answer; 4] {
    let site: HashMap<String, String> =
        serde_json::from_str(&row["site_meta_json"]).unwrap_or_default();
    let of_site = |key: &str, column: &str| site.get(key).unwrap_or(&row[column]).clone();
    let number = of_site("so_hieu", "number");
    let found = document.number.clone().unwrap_or_default();
    // Stray spaces stay as printed; they make no other number.
    let is_number = found.split_whitespace().collect::<String>() == number;
    let day = document.issued_on.map(|it| it.to_string()).unwrap_or_default();
    let wanted_day = row["date"].clone();
    [
        Some((found, number, is_number)),
        kind(document, &site, row),
        Some((day.clone(), wanted_day.clone(), day == wanted_day)),
        issuer(document, &site, row),
    ]
}

fn kind(
    document: &Document,
    site: &HashMap<String, String>,
    row: &HashMap<String, String>,
) -> Answer {
    let wanted = match site.get("loai").map(String::as_str) {
        // "Another document" names no type.
        Some("Văn bản khác") => return None,
        Some(name) => dondoc_core::kind::KINDS.iter().find(|it| bare(it.name) == bare(name))?.code,
        None => match row["type"].as_str() {
            "QD" => "QĐ",
            "CD" => "CĐ",
            other => other,
        },
    };
    Some((document.kind.clone(), wanted.to_owned(), document.kind == wanted))
}

/// The site names a province where a body of it issued, and turns the names of Party offices round.
fn issuer(
    document: &Document,
    site: &HashMap<String, String>,
    row: &HashMap<String, String>,
) -> Answer {
    let wanted = site.get("noi_ban_hanh").unwrap_or(&row["place"]).clone();
    if wanted.is_empty() {
        return None;
    }
    let found = document.issuer.clone().unwrap_or_default();
    let (name, index) = (bare(&found), bare(&wanted));
    let after_rank = index.strip_prefix("tinh ").or(index.strip_prefix("thanh pho "));
    let province = if site.is_empty() { Some(index.as_str()) } else { after_rank };
    let is_of_province = province.is_some_and(|province| {
        let is_place = document.place.as_deref().is_some_and(|it| bare(it) == province);
        !name.is_empty() && (name.ends_with(province) || is_place)
    });
    let words = |it: &str| {
        let mut words: Vec<String> = it.split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    let is_right = words(&name) == words(&index) || is_of_province;
    Some((found, wanted, is_right))
}

/// The rows of a CSV file with quoted fields.
fn rows(csv: &str) -> Vec<HashMap<String, String>> {
    let mut records: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        let record = records.last_mut().expect("there is always one");
        let field = record.last_mut().expect("there is always one");
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(String::new()),
            '\n' if !is_quoted => records.push(vec![String::new()]),
            '\r' if !is_quoted => {}
            _ => field.push(c),
        }
    }
    let names = records.remove(0);
    let is_whole = |it: &Vec<String>| it.len() == names.len();
    records.into_iter().filter(is_whole).map(|it| names.iter().cloned().zip(it).collect()).collect()
}
