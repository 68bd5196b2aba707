//! What is of others does not come out on another way: not by lists, searches, exports, totals, numbers or refusals.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use dondoc_core::{access::Grant, unit::Line};
use serde_json::json;

use super::{
    probes::probes,
    world::{HERE, SIBLING, World, grant},
};
use crate::{client::Answer, province::sent};

/// The sibling's figure, what it makes of the total above both, and what its task and entry say.
const SECRETS: [&str; 4] = ["9876", "9877", "viec-5-x", "noi-5-x"];

/// Everything that can be asked for by the unit or by words, of the sibling, of those above both, and of all.
const PATHS: [&str; 44] = [
    "/api/reports",
    "/api/reports?unit=5",
    "/api/reports?period=2025-05",
    "/api/approvals",
    "/api/approvals?period=2025-05",
    "/api/corrections?state=all",
    "/api/corrections?state=all&unit=5",
    "/api/locks?period=2023-01",
    "/api/owed",
    "/api/owed?unit=5",
    "/api/board",
    "/api/board?period=2025-05",
    "/api/completeness?form=B01-XA&period=2025-05",
    "/api/completeness?form=B01-XA&period=2025-05&under=1",
    "/api/forms/B01-XA?unit=5&period=2025-05",
    "/api/forms/B01-XA/workbook?unit=5&period=2025-05",
    "/api/totals?indicator=LG.03&unit=5&period=2025-05",
    "/api/totals?indicator=LG.03&unit=2,5&period=2025-05",
    "/api/totals?indicator=LG.03&unit=1&period=2025-05",
    "/api/totals?indicator=LG.03&under=1&period=2025-05",
    "/api/totals?indicator=LG.03&under=9&period=2025-05&view=as_now",
    "/api/totals/makeup?indicator=LG.03&unit=1&period=2025-05",
    "/api/totals/makeup?indicator=LG.03&unit=2&period=2025-05&view=as_now",
    "/api/trace?indicator=LG.03&unit=1&period=2025-05",
    "/api/trace?indicator=LG.03&unit=2&period=2025-05",
    "/api/overview?unit=5&pack=LG&period=2025-05",
    "/api/overview?pack=LG&period=2025-05",
    "/api/figures/versions?unit=5&indicator=LG.03&period=2025-05",
    "/api/figures/export?format=csv&pack=LG&under=1&period=2025-05",
    "/api/figures/export?format=sdmx&pack=LG&unit=2,5&period=2025-05",
    "/api/figures/export?format=dhis2&pack=LG&under=8&period=2025-05",
    "/api/explorer/file?format=xlsx&indicator=LG.03&under=1&period=2025-05",
    "/api/explorer/file?format=csv&indicator=LG.03&unit=5&period=2025-05",
    "/api/registers",
    "/api/registers/course/entries?unit=5",
    "/api/registers/course/entries?words=noi-5-x",
    "/api/registers/course/export?format=xlsx",
    "/api/registers/course/owed",
    "/api/tasks?unit=5",
    "/api/tasks?words=viec-5-x&parts=true",
    "/api/tasks.ics",
    "/api/followup/book?as=xlsx",
    "/api/followup/late",
    "/api/notices",
];

/// The text of an answer, of all its parts if it is packed.
fn text(answer: &Answer) -> String {
    let mut text = String::from_utf8_lossy(&answer.body).into_owned();
    if let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(&answer.body)) {
        for at in 0..zip.len() {
            let mut part = Vec::new();
            zip.by_index(at).unwrap().read_to_end(&mut part).unwrap();
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    text
}

fn leaks(answer: &Answer) -> Option<&'static str> {
    let text = text(answer);
    SECRETS.into_iter().find(|it| text.contains(it))
}

/// The world with a figure of the sibling that is found again wherever it comes out.
pub(super) fn world() -> World {
    let world = World::new();
    for (unit, value) in [(SIBLING, "9876"), (HERE, "1")] {
        let figures = json!([{ "row": "3", "column": "1", "value": value }]);
        let body = sent(unit, "2025-05", &figures).to_string();
        let lan = Some(world.server.key.as_str());
        let answer = world.send(lan, "POST /api/reports", &body, "application/json");
        assert_eq!(answer.status, 200, "{}", text(&answer));
    }
    world
}

/// Asks on all second paths with each key; how many answers there were, and the paths that told of the sibling.
pub(super) fn leaking(world: &World, keys: &[&str]) -> (usize, BTreeSet<&'static str>) {
    let leaks = |path: &&str| {
        let of = |key: &&str| leaks(&world.send(Some(key), &format!("GET {path}"), "", ""));
        keys.iter().any(|key| of(key).is_some())
    };
    (keys.len() * PATHS.len(), PATHS.into_iter().filter(leaks).collect())
}

#[test]
fn nothing_of_a_sibling_comes_out_on_a_second_path() {
    let world = world();
    let lan = world.server.key.clone();
    let mut n = 0;
    for role in ["clerk", "officer", "leader", "auditor", "manages", "administrator"] {
        let mut grants: Vec<Grant> = vec![grant(role, -30, None)];
        if role == "administrator" {
            let from = grants[0].from;
            grants =
                vec![Grant { role: role.into(), unit: None, line: Line::State, from, until: None }];
        }
        let key = world.key(role, &grants, "*");
        for path in PATHS {
            let answer = world.send(Some(&key), &format!("GET {path}"), "", "");
            assert_eq!(leaks(&answer), None, "{role} {path}: {}", text(&answer));
            assert!(answer.status < 500, "{role} {path}");
            n += 1;
        }
    }
    // The control: to one who may see it, the same paths show it.
    let shown = PATHS
        .iter()
        .filter(|path| leaks(&world.send(Some(&lan), &format!("GET {path}"), "", "")).is_some());
    let shown = shown.count();
    say!(
        "second paths: {n} answers without a leak; {shown} of {} show it to one who may",
        PATHS.len()
    );
    assert!(shown > 20, "{shown}");
}

#[test]
fn a_refusal_is_the_same_whether_there_is_such_a_thing_or_not() {
    let world = world();
    let key = world.key("officer", &[grant("officer", -30, None)], "*");
    let theirs = world.of(SIBLING);
    let mut pairs = Vec::new();
    for (path, id) in [
        ("GET /api/reports/{}", theirs.reports[1]),
        ("GET /api/reports/{}/summary", theirs.reports[1]),
        ("GET /api/reports/{}/receipt", theirs.reports[1]),
        ("GET /api/entries/{}", theirs.entry),
        ("GET /api/entry-files/{}", theirs.entry_file),
        ("GET /api/tasks/{}", theirs.task),
        ("GET /api/evidence/{}", theirs.evidence),
        ("GET /api/followup/letters/{}", theirs.letters),
    ] {
        pairs.push((path.replace("{}", &id.to_string()), path.replace("{}", "999999")));
    }
    for (there, nowhere) in &pairs {
        let [there, nowhere] = [there, nowhere].map(|it| world.send(Some(&key), it, "", ""));
        assert_eq!((there.status, &there.body), (404, &nowhere.body));
        assert_eq!(leaks(&there), None);
    }
    let answers = [SIBLING, 6].map(|unit| {
        let body = sent(unit, "2025-06", &json!([])).to_string();
        world.send(Some(&key), "POST /api/reports", &body, "application/json")
    });
    assert_eq!((answers[0].status, &answers[0].body), (403, &answers[1].body));
}

#[test]
fn fields_that_nobody_knows_are_refused() {
    let world = World::new();
    let key = world.server.key.clone();
    let mut n = 0;
    for probe in probes().iter().filter(|it| it.is_json()) {
        let answer = probe.send_with(&world, Some(&key), (HERE, 1), "\"is_admin\":true,");
        assert_eq!(answer.status, 400, "{}: {}", probe.route, text(&answer));
        n += 1;
    }
    say!("mass assignment: {n} bodies with a field too many refused");
    assert!(n > 25, "{n}");
}
