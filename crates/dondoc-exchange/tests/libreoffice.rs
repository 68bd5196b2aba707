//! The official forms through LibreOffice: opened, typed into, a row inserted and one moved, saved, read back whole.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test about another program runs it")]

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    pack::{self, Form, Pack, Row},
    unit::UnitId,
};
use dondoc_exchange::{
    number,
    workbook::{self, Beside, Paper},
};
use serde_json::{Value, json};

/// A Python that speaks to LibreOffice; `None` if one of the two is not there.
fn python() -> Option<&'static str> {
    let works = |program: &str, arguments: &[&str]| {
        Command::new(program).args(arguments).output().is_ok_and(|it| it.status.success())
    };
    if !works("soffice", &["--version"]) {
        return None;
    }
    ["/usr/bin/python3", "python3"].into_iter().find(|it| works(it, &["-c", "import uno"]))
}

/// The pack of the tests and all that are shipped.
fn packs() -> Vec<Pack> {
    let sample = include_str!("../../../testdata/exchange/pack.toml");
    let mut packs = vec![toml::from_str(sample).unwrap()];
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    for folder in fs::read_dir(shipped).unwrap() {
        let files = fs::read_dir(folder.unwrap().path()).unwrap();
        let mut files: Vec<PathBuf> = files.map(|it| it.unwrap().path()).collect();
        files.retain(|it| it.extension().is_some_and(|it| it == "toml"));
        files.sort();
        let texts: Vec<(String, String)> = files
            .iter()
            .map(|it| (it.display().to_string(), fs::read_to_string(it).unwrap()))
            .collect();
        let texts: Vec<(&str, &str)> =
            texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        packs.push(pack::read(&texts).unwrap());
    }
    packs
}

/// The forms of a pack; one without rows of its own gets some, as whoever asks for an ad hoc report chooses them.
fn forms(pack: &Pack) -> impl Iterator<Item = (&Pack, Form)> {
    let row = |(number, indicator): (usize, &dondoc_core::pack::Indicator)| Row {
        number: number.to_string(),
        title: None,
        indicator: Some(indicator.code.clone()),
        option: None,
        total: false,
    };
    pack.forms.iter().map(move |form| {
        let mut form = form.clone();
        if form.rows.is_empty() {
            let plain =
                pack.indicators.iter().filter(|it| it.ratio.is_none() && it.formula.is_none());
            form.rows = (1..).zip(plain.take(10)).map(row).collect();
        }
        (pack, form)
    })
}

/// A figure for every series of a pack, each another.
fn figures(pack: &Pack) -> Vec<Figure> {
    let mut figures = Vec::new();
    for indicator in &pack.indicators {
        let options = pack.options(indicator).into_iter().map(Some).chain([None]);
        for option in options {
            let series = Series { indicator: indicator.code.clone(), option };
            let value = 1000 + 137 * i64::try_from(figures.len()).unwrap();
            let content = match indicator.ratio {
                Some(_) => Content::Ratio { numerator: value, denominator: 2 * value },
                None => Content::Value(value),
            };
            figures.push(Figure {
                series,
                content,
                qualifier: Qualifier::Exact,
                status: Status::Final,
                source: Source::Derived,
                reason: None,
            });
        }
    }
    figures
}

/// What a clerk types, and what must come of it: content and qualifier.
fn typed(nth: usize, old: Content, decimals: u8) -> (Value, Content, Qualifier) {
    let value = 1_234_567 + i64::try_from(nth).unwrap();
    let of = |value: i64| match old {
        Content::Ratio { denominator, .. } => Content::Ratio { numerator: value, denominator },
        _ => Content::Value(value),
    };
    let power = 10_i64.pow(u32::from(decimals));
    match nth % 6 {
        0 => (json!({ "text": number::show(value, decimals) }), of(value), Qualifier::Exact),
        1 => {
            let text = number::show(value, decimals).replace('.', "\u{a0}");
            (json!({ "text": text }), of(value), Qualifier::Exact)
        }
        2 => (json!({ "number": 4321 }), of(4321 * power), Qualifier::Exact),
        3 => {
            let nil = if matches!(old, Content::Ratio { .. }) { of(0) } else { Content::Nil };
            (json!({ "text": "KPS" }), nil, Qualifier::Exact)
        }
        4 => {
            let text = format!("khoảng {}", number::show(value, decimals));
            (json!({ "text": text }), of(value), Qualifier::About)
        }
        _ => (json!({ "text": "12" }), of(12 * power), Qualifier::Exact),
    }
}

/// A workbook on its way through LibreOffice.
struct Trip<'a> {
    paper: Paper<'a>,
    current: Vec<Figure>,
    expected: BTreeMap<Series, (Content, Qualifier)>,
    files: [PathBuf; 2],
}

fn paper<'a>(pack: &'a Pack, form: &'a Form) -> Paper<'a> {
    Paper {
        pack,
        form,
        unit: UnitId(7),
        unit_name: "UBND xã Bình An",
        period: "2025-09".parse().unwrap(),
        from: "2025-08-15".parse().unwrap(),
        to: "2025-09-14".parse().unwrap(),
        status: Status::Final,
    }
}

/// Writes a form and says what is to be done to it.
fn set_out<'a>(folder: &Path, pack: &'a Pack, form: &'a Form) -> (Trip<'a>, Value) {
    let paper = paper(pack, form);
    let current = figures(pack);
    let beside =
        Beside { current: &current, period_before: &current, plan: &current, ..Beside::default() };
    let bytes = workbook::write(&paper, &beside).unwrap();
    let stem = format!("{}-{}", pack.pack.code, form.code);
    let source = folder.join(format!("{stem}.xlsx"));
    fs::write(&source, &bytes).unwrap();

    let read = workbook::read(&bytes, &paper, &current);
    assert_eq!(read.findings, [], "{stem}");
    let mut expected = BTreeMap::new();
    let mut cells = Vec::new();
    let mut rows = Vec::new();
    for (nth, placed) in read.figures.iter().enumerate() {
        let series = placed.cell.series.clone();
        let indicator = pack.indicators.iter().find(|it| it.code == series.indicator).unwrap();
        let (mut cell, content, qualifier) = typed(nth, placed.figure.content, indicator.decimals);
        cell["cell"] = json!(placed.place.cell);
        cells.push(cell);
        rows.push(placed.place.row.unwrap());
        expected.insert(series, (content, qualifier));
    }
    let files = [folder.join(format!("{stem}-back.xlsx")), folder.join(format!("{stem}-back.xls"))];
    let job = json!({
        "from": source,
        "to": files,
        "typed": cells,
        "insert_before": rows.get(rows.len() / 2),
        "move": rows.last(),
    });
    (Trip { paper, current, expected, files }, job)
}

fn check_back(trip: &Trip<'_>) {
    let form = &trip.paper.form.code;
    for file in &trip.files {
        let bytes = fs::read(file).unwrap();
        let read = workbook::read(&bytes, &trip.paper, &trip.current);
        let file = file.display();
        assert_eq!(read.findings, [], "{form} {file}");
        assert_eq!(read.rows_not_there, [] as [&str; 0], "{form} {file}");
        assert_eq!(read.not_taken, [], "{form} {file}");
        assert!(read.is_stamped, "{form} {file}");
        let found: BTreeMap<Series, (Content, Qualifier)> = read
            .figures
            .into_iter()
            .map(|it| (it.cell.series, (it.figure.content, it.figure.qualifier)))
            .collect();
        assert_eq!(found, trip.expected, "{form} {file}");
        assert_eq!(read.differences.len(), trip.expected.len(), "{form} {file}");
    }
}

#[test]
fn every_form_survives_libreoffice() {
    let Some(python) = python() else {
        assert!(env::var_os("CI").is_none(), "needs libreoffice-calc-nogui and python3-uno");
        eprintln!("not tested: needs libreoffice-calc-nogui and python3-uno");
        return;
    };
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("forms{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let packs = packs();
    let forms: Vec<(&Pack, Form)> = packs.iter().flat_map(forms).collect();
    let forms = forms.iter().map(|(pack, form)| (*pack, form));
    let (trips, jobs): (Vec<_>, Vec<_>) =
        forms.map(|(pack, form)| set_out(&folder, pack, form)).unzip();
    let plan = folder.join("jobs.json");
    fs::write(&plan, Value::from(jobs).to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/libreoffice/edit.py");
    let done = Command::new(python).arg(script).arg(&plan).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for trip in &trips {
        check_back(trip);
    }
    eprintln!("{} forms went through LibreOffice", trips.len());
    fs::remove_dir_all(&folder).unwrap();
}
