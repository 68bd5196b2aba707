//! Lists, documents, citations, the cascade.

use serde_json::{Value, json};

use crate::server::{LIBRARY, Server};

fn ids(answer: &Value) -> Vec<i64> {
    answer["items"].as_array().unwrap().iter().map(|it| it["id"].as_i64().unwrap()).collect()
}

/// What stands at a place of the text in the same answer, as a browser cuts it.
fn cut(text: &Value, utf16: &Value) -> String {
    let units: Vec<u16> = text.as_str().unwrap().encode_utf16().collect();
    let at = |i: usize| usize::try_from(utf16[i].as_u64().unwrap()).unwrap();
    String::from_utf16(&units[at(0)..at(1)]).unwrap()
}

#[test]
fn health_counts_what_is_there() {
    let server = Server::with_library();
    let answer = server.get("/api/health");
    assert_eq!(answer.status, 200);
    let version = env!("CARGO_PKG_VERSION");
    let expected = json!({"version": version, "documents": 3, "files": 3, "n_rotten": 0});
    assert_eq!(answer.json(), expected);
}

#[test]
fn lists_are_filtered_sorted_and_paged() {
    let server = Server::with_library();
    for (query, expected) in [
        ("", &[3, 2, 1][..]),
        ("?sort=added_at", &[3, 2, 1]),
        ("?kind=KH", &[2]),
        ("?issuer=%E1%BB%A6y%20ban%20nh%C3%A2n%20d%C3%A2n%20t%E1%BB%89nh%20Lam%20Giang", &[2]),
        ("?from=2025-06-02", &[3]),
        ("?to=2025-06-01&from=", &[2, 1]),
        ("?with=tasks", &[2]),
        ("?with=figures", &[2]),
        ("?with=open_citations", &[3]),
        ("?words=don+doc", &[2]),
        ("?words=hoa+binh", &[2]),
        ("?words=uy+ban+nhan+dan+xa", &[3, 2]),
        ("?words=khong-co", &[]),
    ] {
        let answer = server.get(&format!("/api/documents{query}"));
        assert_eq!(answer.status, 200, "{query}");
        assert_eq!(ids(&answer.json()), expected, "{query}");
    }
    let far = server.get("/api/documents?page=9").json();
    assert_eq!(
        (ids(&far), &far["total"], &far["page"], &far["page_size"]),
        (vec![], &json!(3), &json!(9), &json!(20))
    );
}

#[test]
fn what_can_not_be_understood_is_refused_with_what_can() {
    let server = Server::start();
    for query in [
        "/api/documents?from=hom-qua",
        "/api/documents?from=2025-02-30",
        "/api/documents?sort=size",
        "/api/documents?with=love",
        "/api/documents?page=0",
        "/api/documents?page=-1",
        "/api/documents?page=x",
        "/api/citations?state=lost",
        "/api/citations?page=0",
        "/api/documents/1/cascade?depth=0",
        "/api/documents/1/cascade?depth=99",
    ] {
        let answer = server.get(query);
        assert_eq!((answer.status, answer.code().as_str()), (400, "bad_request"), "{query}");
    }
}

#[test]
fn a_hit_is_shown_in_its_sentence() {
    let server = Server::with_library();
    let answer = server.get("/api/documents?words=don%20doc").json();
    let snippet = &answer["items"][0]["snippet"];
    assert_eq!(snippet["text"], "Giao Sở Nội vụ đôn đốc các xã.");
    let marks: Vec<String> =
        snippet["marks"].as_array().unwrap().iter().map(|it| cut(&snippet["text"], it)).collect();
    assert_eq!(marks, ["đôn", "đốc"]);
    let unsearched = server.get("/api/documents").json();
    assert_eq!(unsearched["items"][0]["snippet"], Value::Null);
}

#[test]
fn what_can_be_filtered_by_is_named_in_both_languages() {
    let facets = Server::with_library().get("/api/facets").json();
    let plan = facets["kinds"].as_array().unwrap().iter().find(|it| it["code"] == "KH").unwrap();
    let expected = json!({"code": "KH", "name_vi": "kế hoạch", "name_en": "plan", "n": 1});
    assert_eq!(*plan, expected);
    assert_eq!(facets["years"], json!([{"year": 2025, "n": 2}, {"year": 2013, "n": 1}]));
    assert_eq!(facets["issuers"].as_array().unwrap().len(), 3);
}

#[test]
fn a_document_comes_with_its_text_and_every_finding_on_it() {
    let detail = Server::with_library().get("/api/documents/2").json();
    assert_eq!(detail["text"], LIBRARY[1].1);
    assert_eq!((&detail["source"], &detail["text_start"]), (&json!("kh.txt"), &json!(0)));
    let findings = detail["findings"].as_array().unwrap();
    let found: Vec<(String, String)> = findings
        .iter()
        .map(|it| (it["type"].as_str().unwrap().to_owned(), cut(&detail["text"], &it["utf16"])))
        .collect();
    let expected = [
        ("citation", "Nghị quyết số 28-NQ/TW"),
        ("task", "Giao Sở Nội vụ đôn đốc các xã."),
        ("figure", "12 lớp"),
    ];
    assert_eq!(found, expected.map(|(kind, text)| (kind.to_owned(), text.to_owned())));
    let citation = &findings[0];
    assert_eq!(citation["resolution"]["state"], "resolved");
    assert_eq!(citation["resolution"]["document_id"], 1);
    assert_eq!(citation["resolution"]["relation"], "carries_out");
    assert_eq!(citation["resolution"]["candidates"][0]["why_vi"], "khớp số và ký hiệu");
    assert_eq!(citation["value"]["number"], "28-NQ/TW");
    assert_eq!((&citation["state"], &citation["version"]), (&json!("suggested"), &json!(1)));
    // One UTF-16 unit more than characters, for the picture before it.
    assert_eq!(citation["utf16"][0].as_i64().unwrap(), citation["span"][0].as_i64().unwrap() + 1);
}

#[test]
fn what_is_not_there_is_not_found() {
    let server = Server::with_library();
    for path in [
        "/api/documents/404",
        "/api/documents/abc",
        "/api/documents/99999999999999999999",
        "/api/documents/404/cascade",
        "/api/files/404/original",
        "/api/nothing",
        "/api",
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{path}");
    }
}

#[test]
fn the_cascade_goes_up_and_down() {
    let cascade = Server::with_library().get("/api/documents/2/cascade?depth=2").json();
    assert_eq!(cascade["root"], 2);
    let levels: Vec<(Value, Value)> = cascade["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["number"].clone(), it["level"].clone()))
        .collect();
    let expected = [("28-NQ/TW", -1), ("7/KH-UBND", 0), ("9/BC-UBND", 1)];
    assert_eq!(levels, expected.map(|(number, level)| (json!(number), json!(level))));
    let edges = cascade["edges"].as_array().unwrap();
    assert!(
        edges.contains(&json!({"from": "d3", "to": "d2", "relation": "reviews", "n_mentions": 1}))
    );
}

#[test]
fn citations_are_listed_by_what_they_came_to() {
    let server = Server::with_library();
    let open = server.get("/api/citations?state=open").json();
    assert_eq!(open["total"], 1);
    let it = &open["items"][0];
    assert_eq!((&it["document_id"], &it["citation"]["number"]), (&json!(3), &json!("3/CT-TTg")));
    assert!(it["sentence"].as_str().unwrap().starts_with("Báo cáo kết quả"));
    assert_eq!(server.get("/api/citations").json()["total"], 1);
    assert_eq!(server.get("/api/citations?state=all").json()["total"], 3);
    assert_eq!(server.get("/api/citations?state=ambiguous").json()["total"], 0);
}
