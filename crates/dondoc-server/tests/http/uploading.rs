//! Taking files in.

use serde_json::{Value, json};

use crate::server::{LIBRARY, Server, form};

#[test]
fn a_file_is_stored_once_and_known_after() {
    let server = Server::start();
    let (name, text) = LIBRARY[1];
    let stored = server.upload(name, text.as_bytes());
    assert_eq!((&stored["status"], &stored["file_id"]), (&json!("stored"), &json!(1)));
    assert_eq!(stored["documents"][0]["number"], "7/KH-UBND");
    assert_eq!(stored["problem"], Value::Null);
    let known = server.upload("khac.txt", text.as_bytes());
    assert_eq!((&known["status"], &known["file_id"]), (&json!("known"), &json!(1)));
    assert_eq!(server.get("/api/health").json()["files"], 1);
}

#[test]
fn the_original_comes_back_byte_for_byte() {
    let server = Server::start();
    let (_, text) = LIBRARY[0];
    server.upload("nghị quyết.txt", text.as_bytes());
    let answer = server.get("/api/files/1/original");
    assert_eq!((answer.status, answer.body.as_slice()), (200, text.as_bytes()));
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let disposition = answer.header("content-disposition").unwrap();
    assert_eq!(disposition, "attachment; filename*=UTF-8''ngh%E1%BB%8B%20quy%E1%BA%BFt.txt");
}

#[test]
fn each_file_stands_for_itself() {
    let server = Server::start();
    let files: [(&str, &[u8]); 4] = [
        ("rong.txt", b""),
        ("nq.txt", LIBRARY[0].1.as_bytes()),
        ("chet.txt", b"PANIC"),
        ("kh.txt", LIBRARY[1].1.as_bytes()),
    ];
    let answer = server.send_form(&form(&files));
    assert_eq!(answer.status, 200);
    let became: Vec<(String, Value)> = answer.json()["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["status"].as_str().unwrap().to_owned(), it["problem"]["code"].clone()))
        .collect();
    let expected = [
        ("refused", json!("empty")),
        ("stored", Value::Null),
        ("refused", json!("reader_died")),
        ("stored", Value::Null),
    ];
    assert_eq!(became, expected.map(|(status, code)| (status.to_owned(), code)));
}

#[test]
fn what_is_marked_secret_is_refused_and_nothing_of_it_is_stored() {
    let server = Server::start();
    let refused = server.upload("a.txt", "TUYỆT MẬT\nKH | 1/KH-UBND".as_bytes());
    assert_eq!((&refused["status"], &refused["file_id"]), (&json!("refused"), &Value::Null));
    assert_eq!(refused["problem"]["code"], "classified");
    assert!(refused["problem"]["remedy"]["vi"].as_str().unwrap().contains("bí mật nhà nước"));
    assert_eq!(server.get("/api/health").json()["documents"], 0);
    assert_eq!(server.get("/api/health").json()["files"], 0);
    assert_eq!(server.get("/api/files/1/original").status, 404);
}

#[test]
fn near_duplicates_are_told_at_once() {
    let server = Server::start();
    let text = "KH | 7/KH-UBND | 2025-06-01 | UBND tỉnh Lam Giang\nCác sở, ban, ngành chủ trì, phối hợp với Ủy ban nhân \
        dân các xã, phường theo dõi, đôn đốc việc thực hiện kế hoạch, tổng hợp kết quả và báo cáo trước ngày 15 \
        tháng 12 hằng năm; kịp thời đề xuất khen thưởng những tập thể, cá nhân có thành tích.";
    server.upload("a.txt", text.as_bytes());
    let second = server.upload("b.txt", text.replace(", ", ",\n").as_bytes());
    let near = &second["near_duplicates"][0];
    assert_eq!((&near["id"], &near["relation"]), (&json!(1), &json!("same")));
    assert_eq!(server.get("/api/documents/1").json()["near_duplicates"][0]["id"], 2);
}

#[test]
fn a_file_name_never_leads_anywhere() {
    let server = Server::start();
    for (sent, kept) in
        [("../../../etc/passwd", "passwd"), ("C:\\temp\\k.txt", "k.txt"), ("..", "tệp không tên")]
    {
        let text = format!("BC | {}/BC-UBND", kept.len());
        assert_eq!(server.upload(sent, text.as_bytes())["name"], kept);
    }
}

#[test]
fn what_is_no_form_with_files_is_refused() {
    let server = Server::start();
    let json = server.send("POST /api/files", &[("Content-Type", "application/json")], b"{}");
    assert_eq!((json.status, json.code().as_str()), (415, "unsupported_type"));
    let bare = server.send("POST /api/files", &[("Content-Type", "multipart/form-data")], b"x");
    assert_eq!(bare.status, 415);
    let other = b"--XXX\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--XXX--\r\n";
    let other = server.send_form(other);
    assert_eq!((other.status, other.code().as_str()), (400, "bad_request"));
    let cut =
        server.send_form(b"--XXX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc");
    assert_eq!(cut.status, 400);
    assert_eq!(server.get("/api/health").json()["files"], 0);
}

#[test]
fn a_file_that_is_too_large_is_refused_and_the_next_is_not() {
    let server = Server::start();
    let large = vec![b'a'; (64 << 20) + 1];
    let files: [(&str, &[u8]); 2] = [("lon.txt", &large), ("nq.txt", LIBRARY[0].1.as_bytes())];
    let files = server.send_form(&form(&files)).json()["files"].clone();
    assert_eq!(files[0]["problem"]["code"], "too_large");
    assert_eq!(files[1]["status"], "stored");
}

#[test]
fn a_request_that_announces_too_much_is_refused_unread() {
    let server = Server::start();
    let headers =
        [("Content-Type", "multipart/form-data; boundary=XXX"), ("Content-Length", "99999999999")];
    let answer = server.send("POST /api/files", &headers, b"");
    assert_eq!((answer.status, answer.code().as_str()), (413, "request_too_large"));
}
