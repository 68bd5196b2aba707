//! `dondoc serve` and `dondoc demo`: the page on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use dondoc_store::{Location, Store};
use jiff::Timestamp;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::key;
use crate::run::{DIRECTIVE, command, dondoc, file, put};

/// A server that runs until it is told to stop, or its test is over.
struct Running {
    child: Child,
    address: String,
    /// For what takes somebody who is signed in.
    key: String,
    /// Kept open: a server whose output nobody reads should not notice.
    _stdout: BufReader<ChildStdout>,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        command.args(["--no-open", "--port", "0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.strip_prefix("http://").unwrap().trim_end().trim_end_matches('/');
        assert!(address.starts_with("localhost:"), "{address}");
        Self { child, address: address.to_owned(), key: String::new(), _stdout: stdout }
    }

    /// The body of the answer.
    fn ask(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
        body.to_owned()
    }

    fn get(&self, path: &str) -> String {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        self.ask(request.as_bytes())
    }

    fn get_json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path)).unwrap()
    }

    /// Sends one file as the page does.
    fn send(&self, name: &str, content: &str) -> Value {
        let body = format!(
            "--ranh\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--ranh--\r\n"
        );
        let request = format!(
            "POST /api/files HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nConnection: close\r\n\
             Authorization: Bearer {2}\r\nContent-Type: multipart/form-data; boundary=ranh\r\nContent-Length: {1}\r\n\r\n{body}",
            self.address,
            body.len(),
            self.key
        );
        serde_json::from_str(&self.ask(request.as_bytes())).unwrap()
    }

    /// Tells it to stop; gives its exit status and standard error.
    fn stop(mut self, signal: Signal) -> (Option<i32>, String) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        (self.child.wait().unwrap().code(), stderr)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Gone already, where all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes an account in a library, and a key for it.
fn key_of(library: &Path) -> String {
    let place = Location::from(library.join("dondoc.sqlite").as_path());
    key::make(&Store::open(place, Timestamp::now()).unwrap())
}

fn province() -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/province");
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
fn the_demonstration_has_the_whole_province_and_leaves_nothing_behind() {
    let temporary = tempfile::tempdir().unwrap();
    let running = Running::start(command().arg("demo").env("TMPDIR", temporary.path()));
    let health = running.get_json("/api/health");
    assert_eq!(health["files"], province());
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert!(running.get("/").starts_with("<!doctype html>"));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 1);
    let (status, stderr) = running.stop(Signal::TERM);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.ends_with("đã dừng\n"), "{stderr}");
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn the_page_serves_what_the_command_line_stored_and_stores_what_it_is_sent() {
    let library = tempfile::tempdir().unwrap();
    let (_folder, path) = file("a.txt", DIRECTIVE);
    dondoc(&[&"add", &path, &"--data", &library.path()]);
    let key = key_of(library.path());
    let mut running = Running::start(command().arg("serve").arg("--data").arg(library.path()));
    running.key = key;
    assert_eq!(running.get_json("/api/health")["files"], 1);
    let sent = running.send("b.txt", &DIRECTIVE.replace("12/CT-UBND", "13/CT-UBND"));
    assert_eq!(sent["files"][0]["status"], "stored", "{sent}");
    let sent = running.send("c.txt", "a\0b");
    assert_eq!(sent["files"][0]["problem"]["code"], "nul_bytes", "{sent}");
    let (status, _) = running.stop(Signal::INT);
    assert_eq!(status, Some(0));
    let found = dondoc(&[&"search", &"trong cay", &"--data", &library.path()]);
    assert!(found.stderr.contains("2 văn bản"), "{found:?}");
}

#[test]
fn a_marked_document_sent_to_the_page_is_stored_nowhere() {
    let library = tempfile::tempdir().unwrap();
    let key = key_of(library.path());
    let mut running = Running::start(command().arg("serve").arg("--data").arg(library.path()));
    running.key = key;
    let marked = DIRECTIVE.replacen("TỈNH LAM GIANG\n", "TỈNH LAM GIANG\nTUYỆT MẬT\n", 1);
    let sent = running.send("tre.txt", &marked);
    assert_eq!(sent["files"][0]["problem"]["code"], "classified", "{sent}");
    running.stop(Signal::TERM);
    for entry in std::fs::read_dir(library.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let words = "trồng cây xanh".as_bytes();
        assert!(!bytes.windows(words.len()).any(|it| it == words));
    }
}

#[test]
fn a_port_that_is_taken_is_an_error_with_a_remedy() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let library = tempfile::tempdir().unwrap();
    put(library.path(), "x", "");
    let ran = dondoc(&[&"serve", &"--port", &port, &"--data", &library.path()]);
    assert_eq!(ran.status, Some(1));
    let wanted = format!("lỗi: không mở được cổng {port}; dùng --port SỐ để chọn cổng khác");
    assert!(ran.stderr.starts_with(&wanted), "{ran:?}");
}
