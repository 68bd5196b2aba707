//! Numbers of others in every place of every request: nothing comes of it, and nothing is changed.

use dondoc_core::{
    access::{Grant, Policy},
    unit::{Line, UnitId},
};

use super::{
    Expected, fits,
    probes::{Probe, Tells},
    rows,
    world::{HERE, RELATIONS, STATES, Things, UNITS, World, grant},
};
use crate::client::Answer;

/// Units that nobody at [`HERE`] reaches: the one above, the sibling, and one of another province.
const OTHERS: [u32; 3] = [1, 5, 6];
/// Numbers of things that were never there are tried up to here, beside those that are.
const N_GUESSED: i64 = 40;

/// What a number in a request is of.
const PLACES: [&str; 9] = ["{u}", "{r}", "{c}", "{k}", "{e}", "{f}", "{t}", "{v}", "{l}"];

/// More requests with two numbers in them: one is right, and the other is not one's own.
const MIXED: [(&str, &str, &str); 6] = [
    ("POST /api/followup/letters", r#"{"tasks":[{own t},{t}]}"#, "{t}"),
    ("POST /api/followup/letters", r#"{"tasks":[{own t}],"sender":{u}}"#, "{u}"),
    ("POST /api/tasks/{own t}/cascade", r#"{"units":[{own u},{u}]}"#, "{u}"),
    ("POST /api/tasks/{own t}/assign", r#"{"version":-1,"lead":{u},"words":"x"}"#, "{u}"),
    ("POST /api/tasks", r#"{"text":"x","giver":{own u},"lead":{u},"kind":"standing"}"#, "{u}"),
    ("POST /api/tasks", r#"{"text":"x","giver":{u},"lead":{own u},"kind":"standing"}"#, "{u}"),
];

fn numbers_of(things: &Things, unit: u32, place: &str) -> Vec<i64> {
    match place {
        "{u}" => vec![unit.into()],
        "{r}" => things.reports.clone(),
        "{c}" => vec![things.refused_correction, things.open_correction],
        "{k}" => vec![things.lock],
        "{e}" => vec![things.entry],
        "{f}" => vec![things.entry_file],
        "{t}" => vec![things.task],
        "{v}" => vec![things.evidence],
        _ => vec![things.letters],
    }
}

/// All numbers to put in a place: those of others, and those of nobody.
fn foreign(world: &World, place: &str) -> Vec<(i64, u32)> {
    let there = OTHERS.iter().flat_map(|unit| {
        numbers_of(world.of(*unit), *unit, place).into_iter().map(|it| (it, *unit))
    });
    let mut all: Vec<(i64, u32)> = there.collect();
    let known: Vec<i64> = RELATIONS
        .iter()
        .flat_map(|(_, unit)| numbers_of(world.of(*unit), *unit, place))
        .chain(UNITS.iter().filter(|_| place == "{u}").map(|it| i64::from(it.0)))
        .collect();
    let guessed = (1..=N_GUESSED).chain([0, 999_999, i64::from(u32::MAX)]);
    all.extend(guessed.filter(|it| !known.contains(it)).map(|it| (it, OTHERS[1])));
    all
}

/// Everything that there is of others, as one who may see it is told.
fn everything(world: &World, units: &[u32]) -> Vec<Vec<u8>> {
    let lan = world.server.key.as_str();
    let mut all = Vec::new();
    for unit in units {
        let things = world.of(*unit);
        let mut paths: Vec<String> =
            things.reports.iter().map(|it| format!("/api/reports/{it}")).collect();
        paths.push(format!("/api/entries/{}", things.entry));
        paths.push(format!("/api/tasks/{}", things.task));
        paths.push(format!("/api/corrections?state=all&unit={unit}"));
        paths.push(format!("/api/tasks?parts=true&unit={unit}"));
        paths.push(format!("/api/registers/course/entries?unit={unit}&only=true&withdrawn=true"));
        paths.push(format!("/api/reports?unit={unit}"));
        for state in STATES {
            paths.push(format!(
                "/api/figures/export?format=csv&pack=LG&unit={unit}&period={}",
                state.1
            ));
        }
        for path in paths {
            let answer = world.send(Some(lan), &format!("GET {path}"), "", "");
            assert_eq!(answer.status, 200, "{path}");
            all.push(answer.body);
        }
    }
    for period in ["2022-01", "2023-01"] {
        all.push(world.send(Some(lan), &format!("GET /api/locks?period={period}"), "", "").body);
    }
    all
}

fn said(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).chars().take(300).collect()
}

/// Whether a number that is not one's own came to nothing.
fn came_to_nothing(probe: Option<&Probe>, unit: u32, answer: &Answer) -> bool {
    match probe.map(|it| it.tells) {
        Some(Tells::Listed(sees) | Tells::AtMost(sees)) => {
            answer.status == 404 || answer.status == 200 && !sees(answer, unit)
        }
        Some(Tells::Left) => answer.json()["left"][0]["why"] == "not_found",
        // What there never was may be told of as a value that is none.
        _ => {
            let is_unknown = answer.status == 200 && said(answer).contains("unknown_unit");
            matches!(answer.status, 403 | 404 | 422) || is_unknown
        }
    }
}

#[test]
fn numbers_of_others_come_to_nothing_in_any_place_of_any_request() {
    let world = World::new();
    let before = everything(&world, &OTHERS);
    let policy = Policy::built_in().unwrap();
    let (mut n, mut wrong) = (0, Vec::new());
    for role in ["clerk", "approver", "officer"] {
        let key = world.key(role, &[grant(role, -30, None)], "*");
        for (operation, probe) in rows(policy) {
            let passes =
                [&operation.own, &operation.below].iter().any(|it| it.iter().any(|it| it == role));
            if !passes || matches!(probe.tells, Tells::Gate | Tells::Person) {
                continue;
            }
            for place in PLACES.into_iter().filter(|it| probe.has(it)) {
                for (number, unit) in foreign(&world, place) {
                    n += 1;
                    let answer = probe.send_foreign(&world, &key, (place, number));
                    if !came_to_nothing(Some(&probe), unit, &answer) {
                        let (route, status) = (probe.route, answer.status);
                        wrong.push(format!(
                            "{role} {route} {place}={number}: {status} {}",
                            said(&answer)
                        ));
                    }
                }
            }
        }
        for (line, body, place) in MIXED {
            for (number, unit) in foreign(&world, place) {
                n += 1;
                let filled = |text: &str| mixed(&world, text, (place, number));
                let answer =
                    world.send(Some(&key), &filled(line), &filled(body), "application/json");
                if !came_to_nothing(None, unit, &answer) {
                    wrong.push(format!(
                        "{role} {line} {body} {place}={number}: {} {}",
                        answer.status,
                        said(&answer)
                    ));
                }
            }
        }
    }
    let after = everything(&world, &OTHERS);
    say!("foreign numbers: {n} requests, {} that came to something", wrong.len());
    assert!(n > 5_000, "{n}");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
    assert!(before == after, "something of others has changed");
}

/// Fills in what is one's own, and the number that is not.
fn mixed(world: &World, text: &str, (place, number): (&str, i64)) -> String {
    let own = world.of(HERE);
    let text = text.replace("{own t}", &own.task.to_string()).replace("{own u}", &HERE.to_string());
    text.replace(place, &number.to_string())
}

/// ASVS 8.4.1: who holds a role in one province meets nothing of the other, whatever the role.
#[test]
fn asvs_8_4_1_two_provinces_on_one_server_do_not_meet() {
    let world = World::new();
    let (north, south) = (([1, 2, 3, 4, 5, 7].as_slice(), 9), ([6].as_slice(), 10));
    let policy = Policy::built_in().unwrap();
    let before = everything(&world, &[1, 2, 3, 4, 5, 6, 7]);
    let (mut n, mut wrong) = (0, Vec::new());
    for (theirs, mine) in [(north.0, south.1), (south.0, north.1)] {
        for role in policy.roles().iter().filter(|it| it.code != "administrator") {
            let grant = Grant {
                unit: Some(UnitId(mine)),
                line: Line::State,
                ..grant(&role.code, -30, None)
            };
            let key = world.key(&format!("{}-{mine}", role.code), &[grant], "*");
            for (operation, probe) in rows(policy) {
                let passes =
                    [&operation.own, &operation.below].iter().any(|it| it.contains(&role.code));
                if !passes || matches!(probe.tells, Tells::Gate | Tells::Person) {
                    continue;
                }
                let refused = if matches!(probe.tells, Tells::Named) { 403 } else { 404 };
                let states = if probe.in_states { 0..STATES.len() } else { 1..2 };
                for unit in theirs {
                    for state in states.clone().filter(|it| probe.is_there(*it)) {
                        n += 1;
                        let answer = probe.send(&world, Some(&key), *unit, state);
                        if !fits(Expected::Refused(refused), operation, (&probe, *unit), &answer) {
                            let (status, said) = (answer.status, said(&answer));
                            wrong.push(format!(
                                "{} of {mine}: {} {unit}: {status} {said}",
                                role.code, probe.route
                            ));
                        }
                    }
                }
            }
        }
    }
    say!("two provinces: {n} requests across, {} crossings", wrong.len());
    assert!(n > 3_000, "{n}");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
    assert!(before == everything(&world, &[1, 2, 3, 4, 5, 6, 7]), "something has changed");
}
