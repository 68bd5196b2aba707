//! `dondoc read --json` is the reading contract, a line a document.

use dondoc_core::reading::Document;

use crate::run::{DIRECTIVE, dondoc, file, put};

#[test]
fn each_line_is_a_document_of_the_contract() {
    let (folder, _) = file("a.txt", DIRECTIVE);
    put(folder.path(), "b.md", DIRECTIVE);
    let ran = dondoc(&[&"read", &folder.path(), &"--json"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let documents: Vec<Document> =
        ran.stdout.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(documents.len(), 2);
    for (document, line) in documents.iter().zip(ran.stdout.lines()) {
        assert_eq!(serde_json::to_string(document).unwrap(), line);
    }
    assert_eq!(documents[0].source, "a.txt");
    assert_eq!(documents[1].source, "b.md");
    assert_eq!(documents[0].kind, "CT");
    assert_eq!(documents[0].number.as_deref(), Some("12/CT-UBND"));
}

#[test]
fn spans_count_characters_of_the_file() {
    let (_folder, path) = file("a.txt", DIRECTIVE);
    let ran = dondoc(&[&"read", &path, &"--json"]);
    let document: Document = serde_json::from_str(ran.stdout.trim_end()).unwrap();
    let cited = document.citations.iter().find(|it| it.kind == "KH").unwrap();
    let piece: String =
        DIRECTIVE.chars().skip(cited.span.start).take(cited.span.end - cited.span.start).collect();
    assert!(piece.starts_with("Kế hoạch số 45/KH-UBND"), "{piece}");
}
