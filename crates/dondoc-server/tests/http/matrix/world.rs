//! A small country over time, with something of everything at each of its units.

use std::sync::Arc;

use dondoc_core::{
    access::Grant,
    pack::Pack,
    unit::{Change, Kind, Line, Moment, UnitId, What},
};
use dondoc_server::people;
use dondoc_store::{
    Action, By, Location, Store,
    accounts::{self, AccountState, NewAccount},
    packs, units,
};
use jiff::{ToSpan, civil::date};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    client::{self, Answer},
    province, registering,
    server::{self, Server, clock},
};

/// Number, kind, the unit above, and the unit that it went over to on 2025-07-01.
pub(super) type Raw = (u32, Kind, Option<u32>, Option<u32>);

const COUNTRY: u32 = 8;
/// Where all accounts are granted their roles.
pub(super) const HERE: u32 = 2;
pub(super) const SIBLING: u32 = 5;

pub(super) const UNITS: [Raw; 10] = [
    (1, Kind::Commune, Some(9), None),
    (HERE, Kind::Commune, Some(1), None),
    (3, Kind::Commune, Some(HERE), None),
    (4, Kind::Commune, Some(3), None),
    (SIBLING, Kind::Commune, Some(1), None),
    (6, Kind::Commune, Some(10), None),
    (7, Kind::Commune, Some(1), Some(HERE)),
    (COUNTRY, Kind::Country, None, None),
    (9, Kind::Province, Some(COUNTRY), None),
    (10, Kind::Province, Some(COUNTRY), None),
];

/// What each unit is to [`HERE`].
pub(super) const RELATIONS: [(&str, u32); 7] = [
    ("own", HERE),
    ("child", 3),
    ("grandchild", 4),
    ("parent", 1),
    ("sibling", SIBLING),
    ("other province", 6),
    ("predecessor", 7),
];

/// The states that a report is in, each with the month whose report is.
pub(super) const STATES: [(&str, &str); 4] =
    [("open", "2025-01"), ("submitted", "2025-02"), ("approved", "2025-03"), ("locked", "2025-04")];

/// What there is of a unit, by number.
#[derive(Clone, Default)]
pub(super) struct Things {
    /// In the order of [`STATES`].
    pub(super) reports: Vec<i64>,
    pub(super) open_correction: i64,
    pub(super) refused_correction: i64,
    pub(super) lock: i64,
    pub(super) entry: i64,
    pub(super) entry_file: i64,
    pub(super) task: i64,
    pub(super) evidence: i64,
    pub(super) letters: i64,
}

/// The server with all that is in it.
pub(super) struct World {
    pub(super) server: Server,
    pub(super) store: Store,
    pub(super) document: i64,
    things: Vec<(u32, Things)>,
    place: Location,
    _folder: Arc<TempDir>,
}

pub(super) fn by() -> By {
    By { actor: "quản trị".to_owned(), at: clock() }
}

impl World {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Location::from(folder.path().join("world.sqlite").as_path());
        let store = Store::open(place.clone(), clock()).unwrap();
        fill(&store);
        let server = Server::on(&place, "lan", None);
        let minh = server::key_for_all(&store, "minh");
        let document = server.upload(server::LIBRARY[1].0, server::LIBRARY[1].1.as_bytes());
        let document = document["documents"][0]["id"].as_i64().unwrap_or(1);
        let _folder = Arc::new(folder);
        let mut world = Self { server, store, document, things: Vec::new(), place, _folder };
        let things = RELATIONS.map(|(_, unit)| (unit, world.put_things(unit, &minh)));
        world.things = things.to_vec();
        world
    }

    /// The same store behind another server, where only some keep to the scope of an account.
    #[cfg(debug_assertions)]
    pub(super) fn with(&self, keepers: dondoc_server::Keepers) -> Self {
        let store = Store::open(self.place.clone(), clock()).unwrap();
        Self {
            server: Server::with_keepers(&self.place, &self.server.key, keepers),
            store,
            document: self.document,
            things: self.things.clone(),
            place: self.place.clone(),
            _folder: Arc::clone(&self._folder),
        }
    }

    pub(super) fn of(&self, unit: u32) -> &Things {
        &self.things.iter().find(|it| it.0 == unit).unwrap().1
    }

    /// Sends a request with a key; JSON unless it is said otherwise.
    pub(super) fn send(&self, key: Option<&str>, line: &str, body: &str, kind: &str) -> Answer {
        let (host, bearer) =
            (self.server.address.to_string(), format!("Bearer {}", key.unwrap_or_default()));
        let mut headers = vec![("Host", host.as_str())];
        if key.is_some() {
            headers.push(("Authorization", bearer.as_str()));
        }
        if !body.is_empty() {
            headers.push(("Content-Type", kind));
        }
        client::send(self.server.address, line, &headers, body.as_bytes())
    }

    /// An account with one role at one unit, or none, and a key that is good for some operations.
    pub(super) fn key(&self, name: &str, grants: &[Grant], operations: &str) -> String {
        let account = NewAccount {
            name: name.to_owned(),
            display: name.to_owned(),
            office: "Văn phòng".to_owned(),
            password: Some("!".to_owned()),
        };
        people::add(&self.store, &account, grants, &by()).unwrap();
        people::key(&self.store, (name, "thử", operations), 10_000, &by()).unwrap()
    }

    /// As [`World::key`], with the one grant handed on by another account.
    pub(super) fn delegated(&self, name: &str, grant: &Grant) -> String {
        let key = self.key(name, &[], "*");
        let done = self.store.write(|tx| {
            let from = accounts::by_name(tx, "lan")?.unwrap().id;
            let to = accounts::by_name(tx, name)?.unwrap().id;
            accounts::grant(tx, to, grant, Some(from), &by())?;
            let action = Action { by: by(), verb: "grant.delegate", object: name.to_owned() };
            Ok::<_, dondoc_store::StoreError>(((), action))
        });
        done.unwrap();
        key
    }

    /// Puts an account into another state.
    pub(super) fn put(&self, name: &str, state: AccountState) {
        let done = self.store.write(|tx| {
            let mut seen = accounts::by_name(tx, name)?.unwrap();
            seen.state = state;
            assert!(accounts::change(tx, &seen)?);
            let action = Action { by: by(), verb: "account.change", object: name.to_owned() };
            Ok::<_, dondoc_store::StoreError>(((), action))
        });
        done.unwrap();
    }

    fn post(&self, key: &str, path: &str, body: &Value) -> Value {
        let answer =
            self.send(Some(key), &format!("POST {path}"), &body.to_string(), "application/json");
        let said = String::from_utf8_lossy(&answer.body);
        assert!((200..300).contains(&answer.status), "{path} {body}: {said}");
        serde_json::from_slice(&answer.body).unwrap_or_default()
    }

    fn put_things(&self, unit: u32, minh: &str) -> Things {
        let lan = self.server.key.as_str();
        let id = |it: &Value| it["id"].as_i64().unwrap();
        let mut things = Things { reports: self.put_reports(unit, minh), ..Things::default() };

        let correction = json!({
            "form": "B01-XA", "unit": unit, "period": STATES[3].1, "reason": "nhầm",
            "figures": [{ "row": "1", "column": "1", "value": "7" }],
        });
        things.refused_correction = id(&self.post(lan, "/api/corrections", &correction));
        let path = format!("/api/corrections/{}/refuse", things.refused_correction);
        self.post(minh, &path, &json!({ "reason": "không" }));
        things.open_correction = id(&self.post(lan, "/api/corrections", &correction));
        let lock = json!({ "pack": "LG", "period": "2023-01", "unit": unit });
        things.lock = id(&self.post(lan, "/api/locks", &lock));

        let fields = json!({ "kind": "a", "host": format!("noi-{unit}-x"), "start": "2025-02-03" });
        let entry = json!({ "unit": unit, "fields": fields });
        things.entry = id(&self.post(lan, "/api/registers/course/entries", &entry));
        let path = format!("/api/entries/{}/files?name=bien-ban.txt", things.entry);
        let line = format!("POST {path}");
        let file = self.send(Some(lan), &line, "Biên bản.", "application/octet-stream").json();
        things.entry_file = id(&file["file"]);

        let task = json!({ "text": format!("viec-{unit}-x"), "giver": unit, "lead": unit, "due": "2026-11-10" });
        things.task = id(&self.post(lan, "/api/tasks", &task));
        let line = format!("POST /api/tasks/{}/evidence", things.task);
        let form = server::form(&[("bien-ban.txt", format!("Biên bản {unit}.").as_bytes())]);
        let form = String::from_utf8(form).unwrap();
        let kind = "multipart/form-data; boundary=XXX";
        things.evidence = id(&self.send(Some(lan), &line, &form, kind).json());
        let letters = json!({ "tasks": [things.task], "sender": unit });
        things.letters = id(&self.post(lan, "/api/followup/letters", &letters));
        things
    }

    fn put_reports(&self, unit: u32, minh: &str) -> Vec<i64> {
        let lan = self.server.key.as_str();
        let mut reports = Vec::new();
        for (state, period) in STATES {
            let sent = province::sent(unit, period, &province::usual("12", "30", "40"));
            if state == "open" {
                let line = "PUT /api/reports/draft";
                let draft = self.send(Some(lan), line, &sent.to_string(), "application/json");
                reports.push(draft.json()["id"].as_i64().unwrap());
                continue;
            }
            let report = self.post(lan, "/api/reports", &sent)["report"].as_i64().unwrap();
            let step = |step: &str| {
                let line = format!("GET /api/reports/{report}");
                let version = self.send(Some(minh), &line, "", "").json()["version"].clone();
                let path = format!("/api/reports/{report}/{step}");
                self.post(minh, &path, &json!({ "version": version }));
            };
            match state {
                "approved" => step("approve"),
                "locked" => ["approve", "lock"].into_iter().for_each(step),
                _ => {}
            }
            reports.push(report);
        }
        reports
    }
}

/// A role at [`HERE`] from some days before today until some days after.
pub(super) fn grant(role: &str, from: i64, until: Option<i64>) -> Grant {
    let day = |days: i64| dondoc_server::today(clock()).checked_add(days.days()).unwrap();
    Grant {
        role: role.to_owned(),
        unit: Some(UnitId(HERE)),
        line: Line::State,
        from: day(from),
        until: until.map(day),
    }
}

fn fill(store: &Store) {
    let at = "2026-09-01T00:00:00Z".parse().unwrap();
    let by = By { actor: "quản trị".to_owned(), at };
    let mut changes = Vec::new();
    let mut add = |unit: u32, when, what| {
        changes.push(Change { unit: UnitId(unit), when, what, source: "mẫu".to_owned() });
    };
    for (unit, kind, parent, heir) in UNITS {
        let what = What::Found {
            kind,
            name: format!("Đơn vị {unit}"),
            code: Some(format!("{unit:05}")),
            key: None,
            rank: unit,
            parents: vec![(Line::State, parent.map(UnitId))],
        };
        add(unit, Moment::Always, what);
        if let Some(heir) = heir {
            add(unit, Moment::On(date(2025, 7, 1)), What::Merge(UnitId(heir)));
        }
    }
    let file =
        units::NewSource { name: "mẫu", bytes: b"mau", vouches_on: None, changes: &changes };
    units::append(store, &[file], 0, &by).unwrap();
    for pack in [province::pack(), registering::pack()] {
        let pack: Pack = serde_json::from_value(pack).unwrap();
        let kept = store.write(|tx| {
            packs::adopt(tx, &pack, &by)?;
            let action = Action { by: by.clone(), verb: "pack.adopt", object: "x".to_owned() };
            Ok::<_, packs::PackError>(((), action))
        });
        kept.unwrap();
    }
}
