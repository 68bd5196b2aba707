//! The server is killed (SIGKILL) in the middle of a storm of reports, again and again: what was acknowledged is there,
//! figure by figure; of what was not, all is there or nothing.
//!
//! 20 kills an engine; `DONDOC_KILLS=200` for more. PostgreSQL where `DONDOC_TEST_POSTGRES` names a server. The control is a
//! client that believes in what it sent instead of what was acknowledged: it must find figures lost. There is no switch in
//! the program that would turn the protection off.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

#[path = "cli/key.rs"]
mod key;

use dondoc_core::{
    figure::{Content, Series},
    pack::Pack,
    period::Period,
    unit::{Change, Kind, Line, Moment, UnitId, What},
};
use dondoc_ledger::{Ledger, Question, Sight};
use dondoc_store::{Action, By, Location, Store, audit, packs, units};
use jiff::{Timestamp, civil::date};
use serde_json::json;

const N_CLIENTS: usize = 4;
const N_INDICATORS: u32 = 30;
const N_COMMUNES: u32 = 50;
/// Kills happen after at most so many answers.
const MAX_ANSWERS: u64 = 40;

/// A report, by its commune and month: each is handed in once.
type Report = (u32, u32);

/// What the clients know.
#[derive(Default)]
struct Known {
    sent: Vec<Report>,
    acknowledged: Vec<Report>,
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let place = Location::from(folder.path().join("dondoc.sqlite").as_path());
    storm(&place, folder.path(), &["--data", folder.path().to_str().unwrap()]);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed_on_postgresql() {
    let server = std::env::var("DONDOC_TEST_POSTGRES").ok().filter(|it| !it.is_empty());
    let Some(server) = server else {
        eprintln!("skipped: PostgreSQL (DONDOC_TEST_POSTGRES is not set)");
        return;
    };
    let name = format!("kill_{}", std::process::id());
    let psql = |sql: &str| {
        Command::new("psql").args(["-q", "-c", sql, &server]).status().is_ok_and(|it| it.success())
    };
    if !psql(&format!("drop schema if exists {name} cascade; create schema {name}")) {
        eprintln!("skipped: PostgreSQL (psql can't make a schema)");
        return;
    }
    let joint = if server.contains('?') { '&' } else { '?' };
    let address = format!("{server}{joint}options=-c%20search_path%3D{name}");
    let folder = tempfile::tempdir().unwrap();
    storm(&Location::from(address.as_str()), folder.path(), &["--store", &address]);
    psql(&format!("set lock_timeout = '2s'; drop schema {name} cascade"));
}

fn storm(place: &Location, folder: &Path, place_arguments: &[&str]) {
    let store = Store::open(place.clone(), Timestamp::now()).unwrap();
    fill(&store);
    let key = key::make(&store);
    drop(store);
    let n_kills = std::env::var("DONDOC_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(20);
    let mut known = Known::default();
    let mut open: Vec<Report> = Vec::new();
    let mut next = 0;
    let mut n_lost_to_the_trusting = 0;
    let mut random = Random(0x5eed);
    for kill in 0..n_kills {
        let (address, mut server) = serve(folder, place_arguments);
        let answers = 1 + random.below(MAX_ANSWERS) as usize;
        let told = clients((&address, &key), (&mut open, &mut next), answers, &mut server);
        known.sent.extend(told.sent);
        known.acknowledged.extend(told.acknowledged);
        let there = check(place, &known, kill);
        open = known.sent.iter().filter(|it| !known.acknowledged.contains(it)).copied().collect();
        n_lost_to_the_trusting += open.iter().filter(|it| !there.contains(it)).count();
    }
    assert!(known.acknowledged.len() >= n_kills, "hardly anything was acknowledged");
    // The control: who counts what was sent finds figures lost, so this test would see it.
    assert!(n_lost_to_the_trusting > 0, "no kill hit a report on its way");
    eprintln!(
        "{n_kills} kills: {} reports acknowledged, 0 lost; of those only sent, {n_lost_to_the_trusting} lost",
        known.acknowledged.len()
    );
}

/// Hands reports in until the server is killed after so many answers; those of the last time that nobody answered first.
fn clients(
    door: (&str, &str),
    (open, next): (&mut Vec<Report>, &mut u32),
    answers: usize,
    server: &mut Child,
) -> Known {
    let known = Arc::new(Mutex::new(Known::default()));
    let (answered, heard) = mpsc::channel();
    let first = *next;
    let fresh = AtomicUsize::new(0);
    let again = Mutex::new(std::mem::take(open));
    thread::scope(|scope| {
        for _ in 0..N_CLIENTS {
            let (known, answered) = (Arc::clone(&known), answered.clone());
            let (fresh, again) = (&fresh, &again);
            scope.spawn(move || {
                loop {
                    let retried = again.lock().unwrap().pop();
                    let is_new = retried.is_none();
                    let report = retried.unwrap_or_else(|| {
                        let at = first + fresh.fetch_add(1, Ordering::Relaxed) as u32;
                        (at % N_COMMUNES, at / N_COMMUNES)
                    });
                    let outcome = hand_in(door, report);
                    let mut known = known.lock().unwrap();
                    if is_new && outcome.was_sent {
                        known.sent.push(report);
                    }
                    match outcome.status {
                        Some(200) => known.acknowledged.push(report),
                        Some(status) => panic!("{status}: {}", outcome.body),
                        None => break,
                    }
                    drop(known);
                    let _ = answered.send(());
                }
            });
        }
        heard.iter().take(answers).for_each(drop);
        server.kill().unwrap();
        server.wait().unwrap();
    });
    *next += fresh.load(Ordering::Relaxed) as u32;
    Arc::into_inner(known).unwrap().into_inner().unwrap()
}

/// Every acknowledged report is there to the last figure, no other is there by half, and the totals are their sums; gives
/// the reports that are there.
fn check(place: &Location, known: &Known, kill: usize) -> Vec<Report> {
    let store = Store::open(place.clone(), Timestamp::now()).unwrap();
    assert!(matches!(audit::verify(&store).unwrap(), audit::Chain::Whole { .. }), "kill {kill}");
    let ledger = Ledger::open(Arc::new(store), dondoc_server::today(Timestamp::now())).unwrap();
    let mut sums: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    let mut there = Vec::new();
    for report in &known.sent {
        let kept = ledger.own_figures(UnitId(2 + report.0), month(report.1)).unwrap();
        let is_acknowledged = known.acknowledged.contains(report);
        assert!(!is_acknowledged || !kept.is_empty(), "kill {kill}: {report:?} is lost");
        if kept.is_empty() {
            continue;
        }
        assert_eq!(kept.len(), N_INDICATORS as usize, "kill {kill}: half of {report:?}");
        for (series, figure) in (0..).zip(&kept) {
            let value = figure_of(*report, series);
            assert_eq!(figure.content, Content::Value(value), "kill {kill}: {report:?} changed");
            *sums.entry((series, report.1)).or_default() += value;
        }
        there.push(*report);
    }
    for ((series, at), sum) in sums {
        let question = Question {
            series: Series { indicator: code(series), option: None },
            unit: UnitId(1),
            period: month(at),
            sight: Sight::AsThen,
            line: None,
            as_of: None,
        };
        let total = ledger.total(&question).unwrap().total.value.unwrap();
        assert_eq!(total.parts().0, i128::from(sum), "kill {kill}: total of {}", code(series));
    }
    there
}

/// What came of a request.
struct Outcome {
    /// Whether all of it went out.
    was_sent: bool,
    /// `None` unless all of the answer came.
    status: Option<u16>,
    body: String,
}

fn hand_in((address, key): (&str, &str), report: Report) -> Outcome {
    let row = |it: u32| json!({ "row": (it + 1).to_string(), "column": "1", "value": figure_of(report, it).to_string() });
    let figures: Vec<_> = (0..N_INDICATORS).map(row).collect();
    let unit = 2 + report.0;
    let period = month(report.1).to_string();
    let body =
        json!({ "form": "K01", "unit": unit, "period": period, "figures": figures }).to_string();
    let request = format!(
        "POST /api/reports HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {key}\r\nIdempotency-Key: {}-{}\r\nContent-Length: {}\r\n\r\n{body}",
        report.0,
        report.1,
        body.len()
    );
    let mut outcome = Outcome { was_sent: false, status: None, body: String::new() };
    let Ok(mut stream) = TcpStream::connect(address) else { return outcome };
    if stream.write_all(request.as_bytes()).is_err() {
        return outcome;
    }
    outcome.was_sent = true;
    let mut raw = String::new();
    if stream.read_to_string(&mut raw).is_err() {
        return outcome;
    }
    let Some((head, body)) = raw.split_once("\r\n\r\n") else { return outcome };
    let length = head
        .lines()
        .find_map(|it| it.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    if length == Some(body.len()) {
        outcome.status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
        outcome.body = body.to_owned();
    }
    outcome
}

fn serve(folder: &Path, place_arguments: &[&str]) -> (String, Child) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_dondoc"))
        .args(["serve", "--port", "0", "--no-open"])
        .args(place_arguments)
        .env("DONDOC_DATA", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    assert!(!address.is_empty(), "the server did not start");
    (address, server)
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

fn month(at: u32) -> Period {
    Period::Month { year: (2026 - at / 10) as i16, month: (10 - at % 10) as u8 }
}

fn code(series: u32) -> String {
    format!("K.{series:02}")
}

fn figure_of((commune, month): Report, series: u32) -> i64 {
    i64::from(commune * 7919 + month * 104_729 + series * 31 + 1) % 9973
}

fn fill(store: &Store) {
    let by = By { actor: "quản trị".to_owned(), at: Timestamp::now() };
    let found = |unit: u32, kind, name: String, parent: Option<u32>| Change {
        unit: UnitId(unit),
        when: Moment::On(date(2000, 1, 1)),
        what: What::Found {
            kind,
            name,
            code: None,
            key: None,
            rank: unit,
            parents: vec![(Line::State, parent.map(UnitId))],
        },
        source: "mẫu".to_owned(),
    };
    let mut changes = vec![found(1, Kind::Province, "Lam Giang".to_owned(), None)];
    for it in 0..N_COMMUNES {
        changes.push(found(2 + it, Kind::Commune, format!("Xã {it}"), Some(1)));
    }
    let file =
        units::NewSource { name: "mẫu", bytes: b"mau", vouches_on: None, changes: &changes };
    units::append(store, &[file], 0, &by).unwrap();
    let text = |it: &str| json!({ "vi": it, "en": it });
    let indicator = |it: u32| {
        json!({
            "code": code(it), "name": text("Chỉ tiêu"), "measure": "lượt", "over_units": "sum",
            "over_time": "sum", "every": ["month"], "level": "commune", "clearing": "open",
        })
    };
    let row = |it: u32| json!({ "number": (it + 1).to_string(), "indicator": code(it) });
    let pack = json!({
        "pack": { "code": "K", "name": text("K"), "version": 1, "valid_from": "2010-01-01" },
        "indicators": (0..N_INDICATORS).map(indicator).collect::<Vec<_>>(),
        "forms": [{
            "code": "K01", "name": text("K01"), "version": 1, "every": ["month"], "closing": "decree09",
            "deadlines": [], "level": "commune", "route": text("Xã"),
            "columns": [{ "number": "1", "title": text("1"), "shows": "value" }],
            "rows": (0..N_INDICATORS).map(row).collect::<Vec<_>>(),
        }],
    });
    let pack: Pack = serde_json::from_value(pack).unwrap();
    let kept = store.write(|tx| {
        packs::adopt(tx, &pack, &by)?;
        let action = Action { by: by.clone(), verb: "pack.adopt", object: "K".to_owned() };
        Ok::<_, packs::PackError>(((), action))
    });
    kept.unwrap();
}
