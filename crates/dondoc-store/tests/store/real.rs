//! Real documents beside the project, with what people found in them; passes without them.

use std::{fs, path::Path};

use dondoc_core::reading::{Document, Reading};
use dondoc_store::findings;

use crate::sample::Sample;

/// The documents of each source file, with its text.
fn gold() -> Vec<Reading> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let mut readings: Vec<Reading> = Vec::new();
    for (answers, texts) in [("seeds", "seeds"), ("admin-docs", "data/admin-docs-2025q4/dev")] {
        let answers = shared.join(format!("reading/gold/{answers}.jsonl"));
        for line in fs::read_to_string(answers).unwrap_or_default().lines() {
            let document: Document = serde_json::from_str(line).unwrap();
            let Ok(text) = fs::read_to_string(shared.join(texts).join(&document.source)) else {
                continue;
            };
            match readings.iter_mut().find(|it| it.documents[0].source == document.source) {
                Some(reading) => reading.documents.push(document),
                None => readings.push(Reading {
                    format: "text".into(),
                    text,
                    documents: vec![document],
                }),
            }
        }
    }
    readings
}

/// The relation of each citation in the only document of a source file, and which citation it hangs on.
fn ties(source: &str) -> Option<Vec<(&'static str, Option<usize>)>> {
    let reading = gold().into_iter().find(|it| it.documents[0].source.starts_with(source))?;
    let sample = Sample::new();
    let added = sample.add(&reading);
    let found = findings::of_document(&sample.store, added.document_ids[0]).unwrap();
    let cited: Vec<_> =
        found.iter().filter_map(|it| Some((it.id, it.resolution.as_ref()?))).collect();
    let place = |id: i64| cited.iter().position(|it| it.0 == id);
    let tie = |it: &findings::CitationResolution| {
        (it.relation.code(), it.subject_finding_id.and_then(place))
    };
    Some(cited.iter().map(|(_, it)| tie(it)).collect())
}

/// "Kết luận … về việc sơ kết 5 năm thực hiện Chương trình … thực hiện Nghị quyết …", three times over.
#[test]
fn the_chain_of_a_directive_is_followed() {
    let Some(found) = ties("001_") else { return };
    let chains = [
        ("mentions", None),
        ("reviews", Some(0)),
        ("carries_out", Some(1)),
        ("carries_out", None),
        ("reviews", Some(3)),
        ("carries_out", Some(4)),
        ("carries_out", None),
        ("reviews", Some(6)),
        ("carries_out", Some(7)),
        ("carries_out", None),
        ("carries_out", Some(9)),
        ("carries_out", Some(10)),
    ];
    assert_eq!(found[..chains.len()], chains);
}

#[test]
fn the_grounds_of_a_decision_and_what_it_replaces_are_told_apart() {
    let Some(found) = ties("QD_2579") else { return };
    let n = |relation: &str| found.iter().filter(|it| it.0 == relation).count();
    // Six grounds and one law in the text; the amended laws hang on the law that amends them.
    assert_eq!(n("based_on"), 7);
    assert_eq!(found.iter().filter(|it| **it == ("amends", Some(2))).count(), 4);
    assert!(n("replaces") >= 1);
}
