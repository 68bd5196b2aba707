//! Every file that goes out, with texts in it that a spreadsheet would work out: none of them is worked out.
//!
//! What must hold is said in SECURITY.md: in a workbook a text is a text cell, never a formula; in CSV it has an apostrophe
//! before it; numbers, negative ones too, stay numbers.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use dondoc_exchange::sheets;
use serde_json::{Value, json};

use crate::{
    province::{BINH_AN, Province},
    registering::{self, Registers},
};

/// What people with bad intent type: links out, programs, plain sums, and the signs that some spreadsheet passes over.
const PAYLOADS: [&str; 9] = [
    "=HYPERLINK(\"http://x.invalid\",\"xem\")",
    "+1+1",
    "-2+3",
    "@SUM(1;2)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "'=1+1",
];

/// What no cell of CSV may begin with.
const ALIVE: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The first unit that is called like a formula; each payload has one.
const FIRST: u32 = Province::FIRST_AREA;

/// What is opened with what.
enum Kept {
    /// A workbook whose only formulas, if any, begin so.
    Book(&'static [&'static str]),
    /// CSV with this between its fields.
    Csv(char),
    /// Letters of Word in an archive.
    Letters,
    /// For programs: the texts go as they are.
    Plain,
}

/// A file that goes out: the route as it is described, what is asked for, how it is kept, and whether -5 is among its numbers.
struct Export {
    route: &'static str,
    asked: String,
    kept: Kept,
    has_number: bool,
}

fn exports(letters: &Value) -> Vec<Export> {
    let one = |route, asked: &str, kept, has_number| Export {
        route,
        asked: asked.to_owned(),
        kept,
        has_number,
    };
    let units: Vec<String> = (FIRST..).take(PAYLOADS.len()).map(|it| it.to_string()).collect();
    let units = units.join(",");
    let figures = |format: &str| format!("?format={format}&pack=LG&period=2026-09&unit={units}");
    let table =
        |format: &str| format!("?format={format}&indicator=LG.01&period=2026-09&unit={units}");
    // The sums and shares that an official form has by itself.
    let own: &[&str] = &["SUM(", "IF(AND(ISNUMBER("];
    vec![
        one("/api/explorer/file", &table("xlsx"), Kept::Book(&[]), true),
        one("/api/explorer/file", &table("csv"), Kept::Csv(';'), true),
        one("/api/figures/export", &figures("csv"), Kept::Csv(','), true),
        one("/api/figures/export", &figures("sdmx"), Kept::Csv(','), true),
        one("/api/figures/export", &figures("dhis2"), Kept::Plain, true),
        one("/api/figures/export", &figures("adx"), Kept::Plain, true),
        one("/api/followup/book", "?as=xlsx", Kept::Book(&[]), false),
        one("/api/followup/letters/{id}", &letters["id"].to_string(), Kept::Letters, false),
        one("/api/forms/{form}/workbook", "B01-XA?unit=10&period=2026-09", Kept::Book(own), true),
        one("/api/registers/{code}/export", "course?format=xlsx", Kept::Book(&[]), false),
        one("/api/registers/{code}/export", "course?format=csv", Kept::Csv(';'), false),
        one("/api/registers/{code}/sheet", "course", Kept::Book(&[]), false),
    ]
}

/// What is no JSON and no table of ours either: files as somebody sent them, news, and the calendar.
const OTHERS: [&str; 5] = [
    "/api/entry-files/{id}",
    "/api/evidence/{id}",
    "/api/files/{id}/original",
    "/api/live",
    "/api/tasks.ics",
];

/// A province in which units, indicators, fields, entries, notes and tasks are called like formulas.
fn world() -> (Registers, Value) {
    let registers = Registers::of(Province::with_areas(&PAYLOADS), &packs());
    let mut csv = "unit,indicator,period,value,note\n".to_owned();
    let mut late = Vec::new();
    for (unit, text) in (FIRST..).zip(PAYLOADS) {
        // One apostrophe before a sign is taken off when it is read, so what has one by itself needs a second.
        let mark = if text.starts_with('\'') { "'" } else { "" };
        let note = text.replace('"', "\"\"");
        csv.push_str(&format!("{unit:05},LG.01,2026-09,-5,\"{mark}{note}\"\n"));
        registers.noted("course", BINH_AN, &json!({ "kind": "a", "host": text, "start": "5/11" }));
        let task = json!({
            "text": text, "origin": "meeting", "source": text, "note": text, "lead": unit, "due": "2026-11-10",
        });
        let given = registers.server.post("/api/tasks", &task);
        assert_eq!(given.status, 201, "{text}: {}", String::from_utf8_lossy(&given.body));
        late.push(given.json()["id"].clone());
    }
    let taken = registers.bring("/api/figures/import?format=csv&pack=LG", csv.as_bytes());
    assert_eq!(
        taken.json()["n_figures"],
        PAYLOADS.len(),
        "{}",
        String::from_utf8_lossy(&taken.body)
    );
    let letters = registers.server.post("/api/followup/letters", &json!({ "tasks": late }));
    assert_eq!(letters.status, 201, "{}", String::from_utf8_lossy(&letters.body));
    (registers, letters.json())
}

/// The two programmes, their indicator, form, field and option called like formulas.
fn packs() -> [Value; 2] {
    let called = |at: usize| json!({ "vi": PAYLOADS[at], "en": PAYLOADS[at] });
    let (mut figures, mut registers) = (crate::province::pack(), registering::pack());
    figures["indicators"][0]["name"] = called(0);
    figures["indicators"][0]["measure"] = json!(PAYLOADS[6]);
    // What is counted is never below zero.
    figures["indicators"][0]["over_units"] = json!("max");
    figures["forms"][0]["name"] = called(0);
    figures["forms"][0]["columns"][0]["title"] = called(1);
    figures["pack"]["version"] = json!(2);
    registers["registers"][0]["name"] = called(0);
    registers["registers"][0]["fields"][1]["name"] = called(6);
    registers["breakdowns"][0]["options"][0]["name"] = called(2);
    [figures, registers]
}

/// The fields of a CSV file.
fn fields(csv: &str, separator: char) -> Vec<String> {
    let mut all = vec![String::new()];
    let (mut quoted, mut rest) = (false, csv.trim_start_matches('\u{feff}').chars().peekable());
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => all.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            '\r' if !quoted && rest.peek() == Some(&'\n') => {}
            c if !quoted && (c == separator || c == '\n') => all.push(String::new()),
            c => all.last_mut().unwrap().push(c),
        }
    }
    all
}

/// Every part of an archive as text.
fn parts(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut all = Vec::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        all.push((part.name().unwrap().into_owned(), bytes));
    }
    all
}

/// What stands between a tag and its end, each time.
fn within<'t>(text: &'t str, tag: &str) -> Vec<&'t str> {
    let (start, end) = (format!("<{tag}"), format!("</{tag}>"));
    let found = text.split(&start).skip(1).filter(|it| it.starts_with(['>', ' ']));
    found.filter_map(|it| it.split_once('>')?.1.split_once(&end).map(|it| it.0)).collect()
}

/// What is wrong with a workbook.
fn faults_of_book(book: &[u8], own: &[&str], has_number: bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, bytes) in parts(book) {
        let text = String::from_utf8_lossy(&bytes);
        let strange = |it: &&str| !own.iter().any(|own| it.starts_with(own));
        faults.extend(
            within(&text, "f").into_iter().filter(strange).map(|it| format!("{name}: ={it}")),
        );
        let leads_out = name.contains("externalLink") || text.contains("TargetMode=\"External\"");
        if leads_out {
            faults.push(format!("{name} leads outside"));
        }
    }
    // One line that names it, and JSON behind it.
    let cells = sheets::flatten(book);
    if !cells.contains("HYPERLINK(\\\"http") {
        faults.push("the texts are not there".to_owned());
    }
    if has_number && !cells.contains(&format!("{{\"N\":{}}}", (-5.0_f64).to_bits())) {
        faults.push("-5 is no number".to_owned());
    }
    faults
}

/// What is wrong with a CSV file.
fn faults_of_csv(csv: &str, separator: char, has_number: bool) -> Vec<String> {
    let fields = fields(csv, separator);
    let mut faults: Vec<String> =
        fields.iter().filter(|it| it.starts_with(ALIVE) && *it != "-5").cloned().collect();
    // What begins with an apostrophe by itself gets a second, so that it can be told apart when it comes back. Blanks before
    // a text may have gone when it came in.
    for text in PAYLOADS {
        let is_there = |it: &str| fields.contains(&format!("'{it}"));
        if !is_there(text) && !is_there(text.trim()) {
            faults.push(format!("not there as a text: {text:?}"));
        }
    }
    if has_number && !fields.iter().any(|it| it == "-5") {
        faults.push("-5 is no number".to_owned());
    }
    faults
}

/// What is wrong with letters: a field of Word that somebody typed.
fn faults_of_letters(archive: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    let letters = parts(archive);
    if letters.len() != PAYLOADS.len() {
        faults.push(format!("{} letters", letters.len()));
    }
    for (letter, bytes) in letters {
        for (name, bytes) in parts(&bytes) {
            let text = String::from_utf8_lossy(&bytes);
            let mut fields = within(&text, "w:instrText");
            fields.retain(|it| it.trim() != "PAGE");
            if !fields.is_empty() || text.contains("<w:fldSimple") || text.contains("External") {
                faults.push(format!("{letter} {name}"));
            }
        }
    }
    faults
}

#[test]
fn whatever_somebody_typed_goes_out_as_a_text_and_every_number_as_a_number() {
    let (registers, letters) = world();
    let mut faults = Vec::new();
    for Export { route, asked, kept, has_number } in exports(&letters) {
        let path = match route.split_once('{') {
            None => format!("{route}{asked}"),
            Some((start, rest)) => {
                let (_, end) = rest.split_once('}').unwrap();
                let (named, query) = asked.split_once('?').unwrap_or((&asked, ""));
                format!("{start}{named}{end}?{query}")
            }
        };
        let answer = registers.server.get(&path);
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        let text = String::from_utf8_lossy(&answer.body);
        let found = match kept {
            Kept::Book(own) => faults_of_book(&answer.body, own, has_number),
            Kept::Csv(separator) => faults_of_csv(&text, separator, has_number),
            Kept::Letters => faults_of_letters(&answer.body),
            Kept::Plain => {
                let has = text.contains("HYPERLINK(") && text.contains("\"-5\"");
                if has { Vec::new() } else { vec!["the texts are not there".to_owned()] }
            }
        };
        faults.extend(found.into_iter().map(|it| format!("{path}: {it}")));
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn no_file_goes_out_that_is_not_looked_at() {
    let description: Value = serde_json::from_str(&dondoc_server::openapi()).unwrap();
    let mut described = BTreeSet::new();
    for (path, verbs) in description["paths"].as_object().unwrap() {
        for operation in verbs.as_object().unwrap().values() {
            let answers = operation["responses"].as_object().unwrap().iter();
            let content = answers
                .filter(|it| it.0.starts_with('2'))
                .filter_map(|it| it.1["content"].as_object());
            if content.flat_map(|it| it.keys()).any(|it| it != "application/json") {
                described.insert(path.as_str());
            }
        }
    }
    let exports = exports(&json!({ "id": 1 }));
    let looked_at: BTreeSet<&str> = exports.iter().map(|it| it.route).chain(OTHERS).collect();
    assert_eq!(described, looked_at);
}

#[test]
fn entries_that_look_like_formulas_come_back_as_they_were() {
    let (registers, _) = world();
    for format in ["xlsx", "csv"] {
        let file =
            registers.server.get(&format!("/api/registers/course/export?format={format}")).body;
        let back = registers.bring("/api/registers/course/import?save=true", &file).json();
        let found = (&back["n_same"], &back["n_new"], &back["n_wrong"]);
        assert_eq!(found, (&json!(PAYLOADS.len()), &json!(0), &json!(0)), "{format}: {back}");
    }
}

/// The control: files in which one text is alive, or one number is a text, do not pass.
#[test]
fn a_file_with_a_formula_in_it_is_found() {
    let csv = |first: &str, number: &str| {
        let rest = PAYLOADS[1..].iter().map(|it| format!("'{it}")).collect::<Vec<_>>().join(",");
        format!("\"{}\",{number},{rest}", first.replace('"', "\"\""))
    };
    let safe = format!("'{}", PAYLOADS[0]);
    let faults = |first: &str, number: &str| faults_of_csv(&csv(first, number), ',', true);
    assert_eq!(faults(&safe, "-5"), Vec::<String>::new());
    assert_eq!(faults(PAYLOADS[0], "-5").len(), 2);
    assert_eq!(faults(&safe, "'-5"), ["-5 is no number"]);
    let book = |alive: bool| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, PAYLOADS[0]).unwrap();
        sheet.write_number(0, 1, -5).unwrap();
        if alive {
            sheet.write_formula(1, 0, PAYLOADS[1]).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    assert_eq!(faults_of_book(&book(false), &[], true), Vec::<String>::new());
    assert_eq!(faults_of_book(&book(true), &["SUM("], true).len(), 1);
}
