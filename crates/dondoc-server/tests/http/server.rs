//! A server on a fresh store, and a reader that understands a very small language.

use std::{
    net::SocketAddr,
    sync::Arc,
    thread::{self, JoinHandle},
};

use dondoc_core::{
    access::{Grant, Policy},
    amount::Amount,
    problem::Problem,
    reading::{Bound, Citation, Document, Figure, Reading, Span, Task},
    unit::Line,
};
use dondoc_ledger::Ledger;
use dondoc_server::{App, Clock, PublicAddress, Site, people};
use dondoc_store::{
    By, Location, Store,
    accounts::{self, NewAccount},
};
use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::client::{self, Answer};

/// A server that stops when it goes.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// The key of the one who asks, where the test says nothing else.
    pub(crate) key: String,
    pub(crate) place: Location,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: Option<TempDir>,
}

pub(crate) fn clock() -> Timestamp {
    "2026-11-21T07:30:00Z".parse().unwrap()
}

impl Server {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Location::from(folder.path().join("test.sqlite").as_path());
        Self::on(&place, "lan", Some(folder))
    }

    /// A server of one person on a store that may have others.
    pub(crate) fn on(place: &Location, actor: &str, folder: Option<TempDir>) -> Self {
        Self::with_clock(place, actor, folder, clock)
    }

    /// As [`on`](Self::on), by another clock.
    pub(crate) fn with_clock(
        place: &Location,
        actor: &str,
        folder: Option<TempDir>,
        clock: Clock,
    ) -> Self {
        let store = Store::open(place.clone(), clock()).unwrap();
        let key = key_for_all(&store, actor);
        let ledger = Ledger::open(Arc::new(store), dondoc_server::today(clock())).unwrap();
        let app = App::new(Arc::new(ledger), Arc::new(read), clock);
        let app = match &folder {
            Some(it) => app.with_site(Site::new(it.path().to_owned(), Vec::new())),
            None => app,
        };
        Self::listening(app, place, key, folder)
    }

    /// A server whose people may sign in with a provider of identities.
    #[cfg(feature = "oidc")]
    pub(crate) fn with_openid(folder: TempDir, settings: &dondoc_server::OpenIdSettings) -> Self {
        let place = Location::from(folder.path().join("test.sqlite").as_path());
        let store = Store::open(place.clone(), clock()).unwrap();
        let key = key_for_all(&store, "lan");
        let ledger = Ledger::open(Arc::new(store), dondoc_server::today(clock())).unwrap();
        let app = App::new(Arc::new(ledger), Arc::new(read), clock);
        let with = |app: App, page: &PublicAddress| {
            app.with_openid(dondoc_server::OpenId::new(settings, page).unwrap())
        };
        Self::prepared(app, with, &place, (key, Some(folder)))
    }

    /// Another server on a store, where only some keep to the scope of an account.
    #[cfg(debug_assertions)]
    pub(crate) fn with_keepers(
        place: &Location,
        key: &str,
        keepers: dondoc_server::Keepers,
    ) -> Self {
        let store = Store::open(place.clone(), clock()).unwrap();
        let ledger = Ledger::open(Arc::new(store), dondoc_server::today(clock())).unwrap();
        let app = App::new(Arc::new(ledger), Arc::new(read), clock).with_keepers(keepers);
        Self::listening(app, place, key.to_owned(), None)
    }

    fn listening(app: App, place: &Location, key: String, folder: Option<TempDir>) -> Self {
        Self::prepared(app, |app, _| app, place, (key, folder))
    }

    /// As [`listening`](Self::listening), with what takes the address of the page.
    fn prepared(
        app: App,
        with: impl FnOnce(App, &PublicAddress) -> App,
        place: &Location,
        (key, folder): (String, Option<TempDir>),
    ) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        let page = PublicAddress::on_this_machine(address.port()).unwrap();
        let app = with(app, &page).at_address(page);
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let shutdown = async { drop(stopped.await) };
                dondoc_server::serve(listener, app, shutdown).await.unwrap();
            });
        });
        let place = place.clone();
        Self { address, key, place, stop: Some(stop), thread: Some(thread), _folder: folder }
    }

    /// Its store, once more.
    pub(crate) fn store(&self) -> Store {
        Store::open(self.place.clone(), clock()).unwrap()
    }

    /// From now on one person is enough for everything.
    pub(crate) fn of_one_administrator(&self) {
        let by = By { actor: "test".to_owned(), at: clock() };
        people::need_two_people(&self.store(), false, &by).unwrap();
    }

    /// A server with a resolution, a plan that carries it out, and a report.
    pub(crate) fn with_library() -> Self {
        let server = Self::start();
        for (name, text) in LIBRARY {
            assert_eq!(server.upload(name, text.as_bytes())["status"], "stored", "{name}");
        }
        server
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[], b"")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        let json = [("Content-Type", "application/json")];
        self.send(&format!("POST {path}"), &json, body.to_string().as_bytes())
    }

    pub(crate) fn send(&self, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let host = self.address.to_string();
        let bearer = format!("Bearer {}", self.key);
        let mut all = Vec::new();
        if !headers.iter().any(|it| it.0 == "Host") {
            all.push(("Host", host.as_str()));
        }
        let says_who = |it: &&(&str, &str)| ["Authorization", "Cookie"].contains(&it.0);
        if !headers.iter().any(|it| says_who(&it)) {
            all.push(("Authorization", bearer.as_str()));
        }
        all.extend(headers.iter().filter(|it| !it.1.is_empty()));
        client::send(self.address, line, &all, body)
    }

    /// What became of one file.
    pub(crate) fn upload(&self, name: &str, bytes: &[u8]) -> Value {
        let answer = self.send_form(&form(&[(name, bytes)]));
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        answer.json()["files"][0].clone()
    }

    pub(crate) fn send_form(&self, form: &[u8]) -> Answer {
        let kind = [("Content-Type", "multipart/form-data; boundary=XXX")];
        self.send("POST /api/files", &kind, form)
    }

    /// The first finding of a type in a document.
    pub(crate) fn finding(&self, document_id: i64, kind: &str) -> Value {
        let detail = self.get(&format!("/api/documents/{document_id}")).json();
        let findings = detail["findings"].as_array().unwrap();
        findings.iter().find(|it| it["type"] == kind).unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Makes an account with every role over everything, and a key for it.
pub(crate) fn key_for_all(store: &Store, actor: &str) -> String {
    let by = By { actor: "test".to_owned(), at: clock() };
    let account = NewAccount {
        name: actor.to_owned(),
        display: actor.to_owned(),
        office: "Văn phòng".to_owned(),
        password: Some("!".to_owned()),
    };
    let from = dondoc_server::today(clock());
    let roles = Policy::built_in().unwrap().roles().iter().map(|it| it.code.clone());
    let grants: Vec<Grant> = roles
        .map(|role| Grant { role, unit: None, line: Line::State, from, until: None })
        .collect();
    // A store that is opened again has its account already.
    if store.read(|tx| accounts::by_name(tx, actor)).unwrap().is_none() {
        people::add(store, &account, &grants, &by).unwrap();
    }
    people::key(store, (actor, "test", "*"), 10_000, &by).unwrap()
}

pub(crate) fn form(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--XXX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XXX--\r\n");
    body
}

/// The first line is kind, number, day, issuer; 😀 makes UTF-16 units and characters differ.
pub(crate) const LIBRARY: [(&str, &str); 3] = [
    (
        "nq.txt",
        "NQ | 28-NQ/TW | 2013-10-25 | Ban Chấp hành Trung ương\nChiến lược trong tình hình mới.",
    ),
    (
        "kh.txt",
        "KH | 7/KH-UBND | 2025-06-01 | UBND tỉnh Lam Giang\n😀 Thực hiện <Nghị quyết số 28-NQ/TW>. \
         Giao Sở Nội vụ đôn đốc các xã. Mở 12 lớp ở tỉnh Hoà Bình.",
    ),
    (
        "bc.txt",
        "BC | 9/BC-UBND | 2025-12-01 | UBND xã Bình An\nBáo cáo kết quả thực hiện <Kế hoạch số 7/KH-UBND>, \
         theo <Chỉ thị số 3/CT-TTg>.",
    ),
];

/// Reads the small language of [`LIBRARY`].
fn read(bytes: Vec<u8>, name: String) -> Result<Reading, Problem> {
    let text = String::from_utf8(bytes).map_err(|_| Problem::NulBytes { offset: 0 })?;
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    if text.starts_with("TUYỆT MẬT") {
        return Err(Problem::Classified { mark: "TUYỆT MẬT".into() });
    }
    assert!(!text.starts_with("PANIC"), "as asked");
    let head: Vec<&str> = text.lines().next().unwrap_or_default().split(" | ").collect();
    let part = |at: usize| head.get(at).map(|it| (*it).to_owned());
    let document = Document {
        source: name,
        span: Span { start: 0, end: text.trim_end().chars().count() },
        title: None,
        kind: part(0).unwrap(),
        number: part(1),
        issued_on: part(2).and_then(|it| it.parse().ok()),
        issuer: part(3),
        place: None,
        signer: None,
        addressees: Vec::new(),
        abbreviations: Vec::new(),
        citations: citations(&text),
        tasks: tasks(&text),
        figures: figures(&text),
        boilerplate: Vec::new(),
    };
    Ok(Reading { format: "text".into(), text, documents: vec![document] })
}

fn place(text: &str, from: usize, to: usize) -> Span {
    let chars = |at: usize| text[..at].chars().count();
    Span { start: chars(from), end: chars(to) }
}

fn citations(text: &str) -> Vec<Citation> {
    let starts = text.match_indices('<').map(|(at, _)| at + 1);
    let citation = |start: usize| {
        let end = start + text[start..].find('>').unwrap();
        let number = text[start..end].rsplit(' ').next().unwrap().to_owned();
        let kind = match text[start..].chars().next() {
            Some('N') => "NQ",
            Some('C') => "CT",
            _ => "KH",
        };
        Citation {
            span: place(text, start, end),
            kind: kind.to_owned(),
            number: Some(number),
            date: None,
            issuer: None,
            name: None,
        }
    };
    starts.map(citation).collect()
}

fn tasks(text: &str) -> Vec<Task> {
    let Some(start) = text.find("Giao ") else { return Vec::new() };
    let end = start + text[start..].find('.').unwrap() + 1;
    let (coordinate, recipients) = (Vec::new(), Vec::new());
    let lead = vec!["Sở Nội vụ".to_owned()];
    let span = place(text, start, end);
    vec![Task {
        span,
        label: None,
        parent: None,
        lead,
        coordinate,
        recipients,
        due: None,
        recurring: None,
    }]
}

fn figures(text: &str) -> Vec<Figure> {
    let Some(start) = text.find("12 lớp") else { return Vec::new() };
    vec![Figure {
        span: place(text, start, start + "12 lớp".len()),
        value: Amount::new(12, 0).unwrap(),
        value_to: None,
        unit: "lớp".into(),
        subject: None,
        bound: Bound::Exact,
        period: None,
        place: None,
        negative: false,
    }]
}
