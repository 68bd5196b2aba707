//! A hundred texts that a spreadsheet would work out, in every file that goes out.

use std::io::{Cursor, Read as _};

use serde_json::json;

use super::Registers;
use crate::province::BINH_AN;

/// Ten ways to begin, ten to go on.
fn payloads() -> Vec<String> {
    let begins = ["=", "+", "-", "@", "\t=", " =", "\u{ff1d}", "'=", "\"=", "=+-@"];
    let goes_on = [
        "cmd|' /C calc'!A0",
        "HYPERLINK(\"http://x.invalid\",\"xem\")",
        "1+1",
        "SUM(A1:A9)",
        "IMPORTXML(\"http://x.invalid\",\"//a\")",
        "WEBSERVICE(\"http://x.invalid\")",
        "DDE(\"cmd\",\"/C calc\",\"x\")",
        "10+20;=30",
        "A1\n=B1",
        "rundll32|'URL.dll,OpenURL x.invalid'!A",
    ];
    let all = begins.iter().flat_map(|it| goes_on.iter().map(move |rest| format!("{it}{rest}")));
    all.collect()
}

/// Every part of a workbook as text.
fn parts(book: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut all = Vec::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        all.push((part.name().unwrap().into_owned(), text));
    }
    all
}

#[track_caller]
fn has_no_formula(book: &[u8]) {
    let parts = parts(book);
    assert!(parts.iter().any(|it| it.1.contains("HYPERLINK")), "the texts are there");
    for (name, text) in parts {
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name} has a formula");
        assert!(!name.contains("externalLink"), "{name}");
        assert!(!text.contains("TargetMode=\"External\""), "{name} leads outside");
    }
}

/// The fields of a CSV file between semicolons.
fn fields(csv: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let (mut quoted, mut rest) = (false, csv.trim_start_matches('\u{feff}').chars().peekable());
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => all.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            ';' | '\n' if !quoted => all.push(String::new()),
            '\r' if !quoted => {}
            c => all.last_mut().unwrap().push(c),
        }
    }
    all
}

#[test]
fn a_hundred_texts_that_look_like_formulas_go_out_as_texts_and_come_back_as_they_were() {
    let registers = Registers::new();
    let payloads = payloads();
    assert_eq!(payloads.len(), 100);
    for host in &payloads {
        registers.noted("course", BINH_AN, &json!({ "kind": "a", "host": host, "start": "5/11" }));
    }
    let path = |format: &str| format!("/api/registers/course/export?format={format}");
    let book = registers.server.get(&path("xlsx")).body;
    has_no_formula(&book);
    let csv = registers.server.get(&path("csv")).body;
    let text = String::from_utf8(csv.clone()).unwrap();
    let alive: Vec<String> = fields(&text)
        .into_iter()
        .filter(|it| it.starts_with(['=', '+', '-', '@', '\t', '\r']))
        .collect();
    assert_eq!(alive, Vec::<String>::new());
    for file in [book, csv] {
        let back = registers.bring("/api/registers/course/import?save=true", &file).json();
        let found = (&back["n_same"], &back["n_new"], &back["n_wrong"]);
        assert_eq!(found, (&json!(100), &json!(0), &json!(0)), "{back}");
    }
}

#[test]
fn a_hundred_tasks_that_look_like_formulas_are_texts_in_the_book_of_tasks() {
    let registers = Registers::new();
    for text in payloads() {
        let task = json!({ "text": text, "origin": "meeting", "source": text, "lead": BINH_AN, "due": "2026-11-10" });
        let given = registers.server.post("/api/tasks", &task);
        assert_eq!(given.status, 201, "{text}: {}", String::from_utf8_lossy(&given.body));
    }
    has_no_formula(&registers.server.get("/api/followup/book?as=xlsx").body);
}
