//! One request for each route and unit, made so that whoever may do it changes nothing by it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::world::{HERE, STATES, World};
use crate::client::Answer;

/// How a route tells whether something may be done.
#[derive(Clone, Copy)]
pub(super) enum Tells {
    /// The request names the unit: 403.
    Named,
    /// The request names a thing by its number: 404.
    Numbered,
    /// As [`Tells::Numbered`], but 403 to those who may read the task.
    Task,
    /// A list holds what is of the unit, or does not.
    Listed(fn(&Answer, u32) -> bool),
    /// A list holds nothing of the unit; there may be nothing.
    AtMost(fn(&Answer, u32) -> bool),
    /// The answer says of the report `stale` or `not_found`.
    Left,
    /// Nothing is of a unit: 403, or not.
    Gate,
    /// As [`Tells::Gate`], and what is behind it takes a session: with a key it comes to nothing.
    Person,
}

/// A request, and what its answer means.
pub(super) struct Probe {
    pub(super) route: &'static str,
    pub(super) tells: Tells,
    /// Whether it is made in each state of a report.
    pub(super) in_states: bool,
    /// Placeholders: `{u}` unit, `{p}` period, `{r}` report, `{c}` refused correction, `{k}` lock, `{e}` entry, `{f}` its
    /// file, `{t}` task, `{v}` its evidence, `{l}` letters, `{d}` document.
    query: &'static str,
    body: &'static str,
    kind: &'static str,
}

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
const STEP: &str = r#"{"version":-1,"reason":"x","notes":[]}"#;
const TASK_STEP: &str = r#"{"version":-1,"words":"x","until":"2026-12-01","coordinates":[]}"#;
const FORM: &str = "?unit={u}&period={p}";
const TOTAL: &str = "?indicator=LG.01&unit={u}&period={p}";

const fn get(route: &'static str, tells: Tells, query: &'static str) -> Probe {
    Probe { route, tells, in_states: false, query, body: "", kind: JSON }
}

const fn post(route: &'static str, tells: Tells, body: &'static str) -> Probe {
    Probe { route, tells, in_states: false, query: "", body, kind: JSON }
}

const fn bring(
    route: &'static str,
    tells: Tells,
    (query, body): (&'static str, &'static str),
) -> Probe {
    Probe { route, tells, in_states: false, query, body, kind: BYTES }
}

const fn in_states(mut probe: Probe) -> Probe {
    probe.in_states = true;
    probe
}

/// The probes of all routes that have to do with units; the others are tried at the gate alone.
pub(super) fn probes() -> Vec<Probe> {
    let mut all = of_reports();
    all.extend(of_figures());
    all.extend(of_registers());
    all.extend(of_tasks());
    all
}

fn of_reports() -> Vec<Probe> {
    use Tells::{AtMost, Left, Listed, Named, Numbered};
    let sent = r#"{"form":"B01-XA","unit":{u},"period":"{p}","figures":[{"row":"1","column":"1","value":"5"}]}"#;
    let draft = r#"{"form":"B01-XA","unit":{u},"period":"{p}","figures":[],"seen":-1}"#;
    let asked = r#"{"form":"B01-XA","unit":{u},"period":"{p}","figures":[],"reason":"x"}"#;
    let lock = r#"{"pack":"LG","period":"2022-01","unit":{u}}"#;
    vec![
        in_states(get("GET /api/forms/{form}", Named, FORM)),
        get("GET /api/forms/{form}/workbook", Named, FORM),
        in_states(get("GET /api/reports", Listed(has_unit), "?period={p}")),
        in_states(get("GET /api/reports/{id}", Numbered, "{r}")),
        in_states(get("GET /api/reports/{id}/summary", Numbered, "{r}")),
        in_states(get("GET /api/reports/{id}/receipt", Numbered, "{r}")),
        get("GET /api/owed", AtMost(has_unit), ""),
        get("GET /api/board", AtMost(has_unit), ""),
        get("GET /api/approvals", Listed(has_unit), ""),
        in_states(Probe { query: "?dry_run=true", ..post("POST /api/reports", Named, sent) }),
        bring("POST /api/forms/workbook", Named, ("?form=B01-XA&unit={u}&period={p}", "x")),
        in_states(post("PUT /api/reports/draft", Named, draft)),
        in_states(Probe { query: "{r}", ..post("POST /api/reports/{id}/return", Numbered, STEP) }),
        in_states(Probe { query: "{r}", ..post("POST /api/reports/{id}/approve", Numbered, STEP) }),
        in_states(post(
            "POST /api/reports/approve-clean",
            Left,
            r#"{"reports":[{"id":{r},"version":-1}]}"#,
        )),
        in_states(Probe { query: "{r}", ..post("POST /api/reports/{id}/lock", Numbered, STEP) }),
        in_states(Probe { query: "{r}", ..post("POST /api/reports/{id}/unlock", Numbered, STEP) }),
        post("POST /api/locks", Named, lock),
        Probe { query: "{k}", ..post("POST /api/locks/{id}/lift", Numbered, r#"{"reason":""}"#) },
        get("GET /api/locks", Listed(has_unit), "?period=2023-01"),
        get("GET /api/corrections", Listed(has_unit), ""),
        in_states(post("POST /api/corrections", Named, asked)),
        Probe { query: "{c}", ..post("POST /api/corrections/{id}/accept", Numbered, "{}") },
        Probe {
            query: "{c}",
            ..post("POST /api/corrections/{id}/refuse", Numbered, r#"{"reason":"x"}"#)
        },
        get("GET /api/completeness", Named, "?form=B01-XA&period={p}&under={u}"),
    ]
}

fn of_figures() -> Vec<Probe> {
    use Tells::Named;
    let csv = "unit,indicator,period,value\n{u5},LG.01,{p},1\n";
    vec![
        in_states(get("GET /api/totals", Named, TOTAL)),
        in_states(get("GET /api/totals/makeup", Named, TOTAL)),
        in_states(get("GET /api/trace", Named, TOTAL)),
        get("GET /api/overview", Named, "?unit={u}&pack=LG&period={p}"),
        in_states(get("GET /api/figures/versions", Named, TOTAL)),
        in_states(get("GET /api/figures/export", Named, "?format=csv&pack=LG&unit={u}&period={p}")),
        get("GET /api/explorer/file", Named, "?format=csv&indicator=LG.01&unit={u}&period={p}"),
        bring("POST /api/figures/import", Named, ("?format=csv&pack=LG&dry_run=true", csv)),
    ]
}

fn of_registers() -> Vec<Probe> {
    use Tells::{Gate, Listed, Named, Numbered};
    let entry = r#"{"unit":{u},"fields":{}}"#;
    let change = r#"{"version":-1,"fields":{},"reason":"x"}"#;
    let by_entry = |it: Probe| Probe { query: "{e}", ..it };
    vec![
        get("GET /api/registers", Gate, ""),
        get("GET /api/registers/{code}", Gate, ""),
        get("GET /api/registers/{code}/owed", Gate, ""),
        get("GET /api/registers/{code}/sheet", Named, "?unit={u}"),
        get("GET /api/registers/{code}/entries", Listed(has_host), ""),
        get("GET /api/entries/{id}", Numbered, "{e}"),
        get("GET /api/entry-files/{id}", Numbered, "{f}"),
        get("GET /api/registers/{code}/export", Listed(has_host), "?format=csv"),
        post("POST /api/registers/{code}/entries", Named, entry),
        post("POST /api/registers/{code}/entries/check", Named, entry),
        bring("POST /api/entries/{id}/files", Numbered, ("{e}?name=x.exe", "MZ")),
        bring("POST /api/registers/{code}/import", Named, ("?unit={u}", "a")),
        by_entry(post("POST /api/entries/{id}/correct", Numbered, change)),
        by_entry(post(
            "POST /api/entries/{id}/withdraw",
            Numbered,
            r#"{"version":-1,"reason":"x"}"#,
        )),
        Probe {
            query: "{f}",
            ..post("POST /api/entry-files/{id}/withdraw", Numbered, r#"{"reason":""}"#)
        },
    ]
}

fn of_tasks() -> Vec<Probe> {
    use Tells::{AtMost, Listed, Named, Numbered};
    let task = r#"{"text":"x","lead":{u},"giver":{u},"kind":"standing"}"#;
    let found = r#"{"document":{d},"giver":{u},"items":[]}"#;
    let step = |route, body| Probe { query: "{t}", ..post(route, Tells::Task, body) };
    let mut all = vec![
        get("GET /api/tasks", Listed(has_task), ""),
        get("GET /api/tasks/{id}", Numbered, "{t}"),
        get("GET /api/tasks.ics", Listed(has_task), ""),
        get("GET /api/evidence/{id}", Numbered, "{v}"),
        get("GET /api/followup/book", Listed(has_task), ""),
        get("GET /api/followup/late", Listed(has_task), ""),
        get("GET /api/followup/missing", AtMost(has_unit), ""),
        post("POST /api/tasks", Named, task),
        post("POST /api/tasks/from-findings", Named, found),
        step("POST /api/tasks/{id}/cascade", r#"{"units":[]}"#),
        post("POST /api/followup/letters", Numbered, r#"{"tasks":[{t}],"sender":{u}}"#),
        get("GET /api/followup/letters/{id}", Numbered, "{l}"),
    ];
    for route in [
        "POST /api/tasks/{id}/progress",
        "POST /api/tasks/{id}/report",
        "POST /api/tasks/{id}/ask_extension",
        "POST /api/tasks/{id}/evidence",
        "POST /api/tasks/{id}/confirm",
        "POST /api/tasks/{id}/return",
        "POST /api/tasks/{id}/grant_extension",
        "POST /api/tasks/{id}/refuse_extension",
        "POST /api/tasks/{id}/assign",
        "POST /api/tasks/{id}/cancel",
    ] {
        all.push(step(route, TASK_STEP));
    }
    all
}

impl Probe {
    /// The one for a route that has nothing to do with units.
    pub(super) fn of_gate(route: &'static str) -> Self {
        if route.starts_with("POST /api/account/") {
            return post(route, Tells::Person, "{}");
        }
        if route == "GET /api/live" {
            // The answer to GET never ends.
            return get(route, Tells::Gate, "");
        }
        if route.starts_with("GET ") {
            get(route, Tells::Gate, "")
        } else {
            post(route, Tells::Gate, "{}")
        }
    }

    /// Whether there is such a thing at all: what was never handed in has no receipt.
    pub(super) fn is_there(&self, state: usize) -> bool {
        !(self.route.ends_with("/receipt") && STATES[state].0 == "open")
    }

    /// Whether it sends an object, and the route takes one.
    pub(super) fn is_json(&self) -> bool {
        self.body.starts_with('{') && !self.route.ends_with("/evidence")
    }

    /// Sends it.
    pub(super) fn send(&self, world: &World, key: Option<&str>, unit: u32, state: usize) -> Answer {
        self.send_with(world, key, (unit, state), "")
    }

    /// Whether it has a number of that kind in it: `{t}`.
    pub(super) fn has(&self, place: &str) -> bool {
        self.query.contains(place)
            || self.body.contains(place)
            || place == "{u}" && self.body.contains("{u5}")
    }

    /// Sends it as one at [`HERE`] would, with another number in one kind of place.
    pub(super) fn send_foreign(
        &self,
        world: &World,
        key: &str,
        (place, number): (&str, i64),
    ) -> Answer {
        let other = number.to_string();
        let swapped = |text: &str| {
            let text = text.replace(place, &other);
            if place == "{u}" { text.replace("{u5}", &format!("{number:05}")) } else { text }
        };
        // In the path the number of the thing stands for `{id}`.
        let (query, body) = (swapped(self.query), swapped(self.body));
        let (line, query) = match self.query.strip_prefix('{').and_then(|it| it.split_once('}')) {
            Some((name, _)) => {
                let id = query.split('?').next().unwrap_or_default().to_owned();
                let id = if id.starts_with('{') { format!("{{{name}}}") } else { id };
                (self.route.replace("{id}", &id), query[id.len()..].to_owned())
            }
            None => (self.route.replace("{id}", "999999"), query),
        };
        let line = line.replace("{form}", "B01-XA").replace("{code}", "course");
        let line = fill(world, &format!("{line}{query}"), HERE, 1);
        world.send(Some(key), &line, &fill(world, &body, HERE, 1), self.kind)
    }

    /// Sends it with more fields in its body.
    pub(super) fn send_with(
        &self,
        world: &World,
        key: Option<&str>,
        (unit, state): (u32, usize),
        more: &str,
    ) -> Answer {
        let filled = |text: &str| fill(world, text, unit, state);
        let (number, query) = match self.query.split_once('}') {
            Some((_, rest)) if self.query.starts_with('{') => {
                (self.query[..self.query.len() - rest.len()].to_owned(), rest)
            }
            _ => ("999999".to_owned(), self.query),
        };
        let line = match self.route {
            "GET /api/live" => "HEAD /api/live".to_owned(),
            other => other.replace("{id}", &number),
        };
        let line = line.replace("{form}", "B01-XA").replace("{code}", "course");
        let line = filled(&format!("{line}{query}"));
        let body = filled(self.body);
        let body = match body.strip_prefix('{').filter(|_| !more.is_empty()) {
            Some("}") => format!("{{{}}}", more.trim_end_matches(',')),
            Some(rest) => format!("{{{more}{rest}"),
            None => body,
        };
        world.send(key, &line, &body, self.kind)
    }
}

fn fill(world: &World, text: &str, unit: u32, state: usize) -> String {
    let things = world.of(unit);
    let numbers = [
        ("{r}", things.reports[state]),
        ("{c}", things.refused_correction),
        ("{k}", things.lock),
        ("{e}", things.entry),
        ("{f}", things.entry_file),
        ("{t}", things.task),
        ("{v}", things.evidence),
        ("{l}", things.letters),
        ("{d}", world.document),
        ("{u}", i64::from(unit)),
    ];
    let text = text.replace("{p}", STATES[state].1).replace("{u5}", &format!("{unit:05}"));
    numbers.iter().fold(text, |text, (name, number)| text.replace(name, &number.to_string()))
}

fn has_unit(answer: &Answer, unit: u32) -> bool {
    let mut found = BTreeSet::new();
    units_in(&answer.json(), &mut found);
    found.contains(&u64::from(unit))
}

/// All numbers of units in an answer: `"unit": 2`, `"unit": { "id": 2 }`.
pub(super) fn units_in(json: &Value, found: &mut BTreeSet<u64>) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                if ["unit", "lead", "giver"].contains(&name.as_str()) {
                    found.extend(value.as_u64().or(value["id"].as_u64()));
                }
                units_in(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| units_in(it, found)),
        _ => {}
    }
}

fn has_host(answer: &Answer, unit: u32) -> bool {
    String::from_utf8_lossy(&answer.body).contains(&format!("noi-{unit}-x"))
}

fn has_task(answer: &Answer, unit: u32) -> bool {
    String::from_utf8_lossy(&answer.body).contains(&format!("viec-{unit}-x"))
}
