//! Who is answered, and what browsers may do with the answer.

use serde_json::json;

use crate::{
    client,
    server::{LIBRARY, Server, form},
};

#[test]
fn every_answer_carries_the_guards_of_the_browser() {
    let server = Server::start();
    for path in ["/", "/api/health", "/api/nothing", "/a/nothing.js"] {
        let answer = server.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(answer.header("access-control-allow-origin").is_none(), "{path}");
    }
    assert_eq!(server.get("/api/health").header("cache-control"), Some("no-store"));
}

#[test]
fn another_name_of_this_machine_is_not_answered() {
    let server = Server::with_library();
    for host in
        ["evil.example", "localhost.evil.example:80", "127.0.0.1.nip.example", "169.254.1.1"]
    {
        let answer = client::send(server.address, "GET /api/documents/1", &[("Host", host)], b"");
        assert_eq!((answer.status, answer.code().as_str()), (421, "foreign_host"), "{host}");
    }
    let none = client::send(server.address, "GET /api/documents/1", &[], b"");
    assert!(none.status == 400 || none.status == 421);
    let local = client::send(server.address, "GET /api/health", &[("Host", "localhost:1")], b"");
    assert_eq!(local.status, 200);
}

#[test]
fn other_sites_can_not_write() {
    let server = Server::start();
    let form = form(&[("nq.txt", LIBRARY[0].1.as_bytes())]);
    let kind = ("Content-Type", "multipart/form-data; boundary=XXX");
    let own = format!("http://{}", server.address);
    for foreign in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Origin", "http://127.0.0.1:1"),
    ] {
        let answer = server.send("POST /api/files", &[kind, foreign], &form);
        assert_eq!((answer.status, answer.code().as_str()), (403, "foreign_site"), "{foreign:?}");
    }
    let both = [kind, ("Sec-Fetch-Site", "same-origin"), ("Origin", "http://evil.example")];
    assert_eq!(server.send("POST /api/files", &both, &form).status, 403);
    assert_eq!(server.get("/api/health").json()["files"], 0);
    let own = [kind, ("Sec-Fetch-Site", "same-origin"), ("Origin", own.as_str())];
    assert_eq!(server.send("POST /api/files", &own, &form).status, 200);
}

#[test]
fn only_the_verbs_that_there_are_are_answered() {
    let server = Server::start();
    for line in [
        "DELETE /api/documents/1",
        "PUT /api/files",
        "POST /api/health",
        "GET /api/findings/1/accept",
    ] {
        let answer = server.send(line, &[], b"");
        assert_eq!((answer.status, answer.code().as_str()), (405, "method_not_allowed"), "{line}");
    }
}

#[test]
fn paths_that_climb_name_nothing() {
    let server = Server::start();
    for path in [
        "/../Cargo.toml",
        "/a/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "//etc/passwd.txt",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn the_page_answers_for_all_its_own_paths() {
    let server = Server::start();
    for path in ["/", "/documents/17", "/citations?state=open"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
    }
}

#[test]
fn answers_are_compressed_for_those_who_ask() {
    let server = Server::start();
    let answer = server.send("GET /api/openapi.json", &[("Accept-Encoding", "gzip")], b"");
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    let answer = server.send("GET /api/openapi.json", &[("Accept-Encoding", "br")], b"");
    assert_eq!(answer.header("content-encoding"), Some("br"));
}

#[test]
fn a_server_that_was_asked_nonsense_still_answers() {
    let server = Server::with_library();
    for line in [
        "GET /api/documents?words=%FF%FE",
        "GET /api/documents/%00",
        "GET /api/documents?words=%22%20NEAR(",
    ] {
        let status = server.send(line, &[], b"").status;
        assert!((200..500).contains(&status), "{line}: {status}");
    }
    assert_eq!(server.post("/api/findings/1/accept", &json!({"version": 1})).status, 200);
}
