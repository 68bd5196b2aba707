//! Who may do what, to the last cell: every role, every route, every relation to the unit, every state, over HTTP.
//!
//! What is expected is worked out here from the rows of the policy by walking up the tree from the unit, with no help from the
//! scopes that the server works with.

/// Tells a figure to the one who reads the log: the runner keeps what tests that pass print.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($words)*);
    }};
}

mod foreign;
#[cfg(debug_assertions)]
mod layers;
mod probes;
mod walls;
mod world;

use std::thread;

use dondoc_core::access::{Operation, Policy};
use dondoc_store::accounts::AccountState;

use self::{
    probes::{Probe, Tells, probes},
    world::{HERE, RELATIONS, STATES, UNITS, World, grant},
};
use crate::client::Answer;

/// Who asks: a name for the report, the key, the role that holds today, and the operations of the key.
struct Asker {
    name: String,
    key: Option<String>,
    role: Option<String>,
    operations: &'static str,
    is_in: bool,
}

/// What must come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Refused(u16),
    Allowed,
}

/// A role's reach, by the rows of the policy and a walk from the unit upwards.
fn reaches(operation: &Operation, role: &str, unit: u32) -> bool {
    let raw = |unit: u32| UNITS.into_iter().find(|it| it.0 == unit).unwrap();
    let has = |roles: &[String]| roles.iter().any(|it| it == role);
    let mut at = unit;
    // What went over is its heir's.
    while let (false, Some(heir)) = (at == HERE, raw(at).3) {
        at = heir;
    }
    if at == HERE {
        return has(&operation.own);
    }
    while let Some(above) = raw(at).2 {
        if above == HERE {
            return has(&operation.below);
        }
        at = above;
    }
    false
}

fn expected(
    policy: &Policy,
    operation: &Operation,
    (asker, probe, unit): (&Asker, &Probe, u32),
) -> Expected {
    let opens =
        |code: &str| asker.operations == "*" || asker.operations.split(' ').any(|it| it == code);
    if operation.public {
        return Expected::Allowed;
    }
    if !asker.is_in {
        return Expected::Refused(401);
    }
    let role = asker.role.as_deref().unwrap_or_default();
    let rows = [&operation.own, &operation.below, &operation.anywhere];
    let is_everyones = operation.anywhere.iter().any(|it| it == "everyone");
    if !opens(&operation.code)
        || !(is_everyones || rows.iter().any(|it| it.iter().any(|it| it == role)))
    {
        return Expected::Refused(403);
    }
    match probe.tells {
        Tells::Gate | Tells::Person => Expected::Allowed,
        _ if reaches(operation, role, unit) => Expected::Allowed,
        Tells::Named => Expected::Refused(403),
        Tells::Task => {
            let read = policy.by_code("task.read").unwrap();
            let sees = opens("task.read") && reaches(read, role, unit);
            Expected::Refused(if sees { 403 } else { 404 })
        }
        _ => Expected::Refused(404),
    }
}

/// Whether an answer is the one that was expected.
fn fits(
    expected: Expected,
    operation: &Operation,
    (probe, unit): (&Probe, u32),
    answer: &Answer,
) -> bool {
    let is_open = !matches!(answer.status, 401 | 403 | 404) && answer.status < 500;
    let seen = |sees: fn(&Answer, u32) -> bool| answer.status == 200 && sees(answer, unit);
    match (probe.tells, expected) {
        // At the gate only the gate is tried; what is behind it may find nothing there.
        (Tells::Gate, Expected::Allowed) => operation.public || !matches!(answer.status, 401 | 403),
        (Tells::Person, Expected::Allowed) => {
            (400..500).contains(&answer.status) && answer.status != 401
        }
        (_, Expected::Refused(status @ (401 | 403))) => answer.status == status,
        (Tells::Listed(sees), Expected::Allowed) => seen(sees),
        (Tells::Listed(sees) | Tells::AtMost(sees), Expected::Refused(_)) => {
            answer.status == 200 && !sees(answer, unit)
        }
        (Tells::AtMost(_), Expected::Allowed) => answer.status == 200,
        (Tells::Left, _) => {
            let why = answer.json()["left"][0]["why"].clone();
            answer.status == 200
                && why == if expected == Expected::Allowed { "stale" } else { "not_found" }
        }
        (_, Expected::Refused(status)) => answer.status == status,
        (_, Expected::Allowed) => is_open,
    }
}

/// All routes of the policy with their probes; a route that is of units and has none is named.
fn rows(policy: &'static Policy) -> Vec<(&'static Operation, Probe)> {
    let mut known = probes();
    let mut rows = Vec::new();
    let mut without = Vec::new();
    for operation in policy.operations() {
        for route in &operation.routes {
            let probe = match known.iter().position(|it| it.route == route) {
                Some(at) => known.swap_remove(at),
                None if operation.own.is_empty() && operation.below.is_empty() => {
                    Probe::of_gate(route)
                }
                None => {
                    without.push(route);
                    continue;
                }
            };
            rows.push((operation, probe));
        }
    }
    assert!(without.is_empty(), "no probe for {without:?}");
    assert!(
        known.is_empty(),
        "no such routes: {:?}",
        known.iter().map(|it| it.route).collect::<Vec<_>>()
    );
    rows
}

/// Asks for all cells of one who asks; how many there were, and those that were answered wrongly.
fn ask(
    world: &World,
    (policy, rows): (&Policy, &[(&'static Operation, Probe)]),
    asker: &Asker,
    relations: &[(&str, u32)],
) -> (usize, Vec<String>) {
    let (mut n, mut wrong) = (0, Vec::new());
    for (served, probe) in rows {
        let operation = policy.by_code(&served.code).unwrap();
        let relations = if matches!(probe.tells, Tells::Gate | Tells::Person) {
            &relations[..1]
        } else {
            relations
        };
        let states = if probe.in_states { 0..STATES.len() } else { 1..2 };
        for (relation, unit) in relations {
            for state in states.clone().filter(|it| probe.is_there(*it)) {
                n += 1;
                let expected = expected(policy, operation, (asker, probe, *unit));
                let answer = probe.send(world, asker.key.as_deref(), *unit, state);
                if !fits(expected, operation, (probe, *unit), &answer) {
                    let said = String::from_utf8_lossy(&answer.body);
                    let said: String = said.chars().take(160).collect();
                    let (name, route, state) = (&asker.name, probe.route, STATES[state].0);
                    let status = answer.status;
                    wrong.push(format!(
                        "{name} · {route} · {relation} · {state}: {expected:?}, got {status} {said}"
                    ));
                }
            }
        }
    }
    (n, wrong)
}

/// All roles, nobody, the states of an account and of a grant, and keys for some operations.
fn askers(world: &World, policy: &Policy) -> (Vec<Asker>, Vec<Asker>) {
    let asker = |name: &str, key: Option<String>, role: Option<&str>| Asker {
        name: name.to_owned(),
        key,
        role: role.map(str::to_owned),
        operations: "*",
        is_in: true,
    };
    let mut roles: Vec<Asker> = policy
        .roles()
        .iter()
        .map(|it| {
            asker(
                &it.code,
                Some(world.key(&it.code, &[grant(&it.code, -30, None)], "*")),
                Some(&it.code),
            )
        })
        .collect();
    roles.push(Asker { is_in: false, ..asker("nobody", None, None) });

    let officer = "officer";
    let with = |name: &str, from, until| world.key(name, &[grant(officer, from, until)], "*");
    let mut others = vec![
        asker("a grant not begun", Some(with("not-begun", 1, None)), None),
        asker("a grant that is over", Some(with("over", -30, Some(-1))), None),
        asker("a grant on its last day", Some(with("last-day", -30, Some(0))), Some(officer)),
        asker("a confirmed account", Some(with("confirmed", 0, None)), Some(officer)),
        asker(
            "a delegated grant",
            Some(world.delegated("delegated", &grant(officer, -1, Some(1)))),
            Some(officer),
        ),
    ];
    for (name, state) in
        [("invited", AccountState::Invited), ("suspended", AccountState::Suspended)]
    {
        let key = with(name, -30, None);
        world.put(name, state);
        others.push(Asker { is_in: false, ..asker(name, Some(key), None) });
    }
    for (name, operations) in
        [("key-1", "report.read"), ("key-2", "task.read entry.read"), ("key-3", "")]
    {
        let key = world.key(name, &[grant(officer, -30, None)], operations);
        let name = format!("a key for `{operations}`");
        others.push(Asker { operations, ..asker(&name, Some(key), Some(officer)) });
    }
    (roles, others)
}

#[test]
fn every_cell_of_the_policy_is_answered_as_the_policy_says() {
    let world = World::new();
    let policy = Policy::built_in().unwrap();
    let rows = rows(policy);
    let (roles, others) = askers(&world, policy);
    let (world, rows, own) = (&world, rows.as_slice(), &RELATIONS[..1]);
    let jobs: Vec<(&Asker, &[(&str, u32)])> = roles
        .iter()
        .map(|it| (it, &RELATIONS[..]))
        .chain(others.iter().map(|it| (it, own)))
        .collect();
    let done: Vec<(usize, Vec<String>)> = thread::scope(|scope| {
        let n = jobs.len().div_ceil(4);
        let run = |part: &[(&Asker, &[(&str, u32)])]| {
            let told = part.iter().map(|(it, relations)| ask(world, (policy, rows), it, relations));
            told.collect::<Vec<_>>()
        };
        let handles: Vec<_> = jobs.chunks(n).map(|it| scope.spawn(move || run(it))).collect();
        handles.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    let n: usize = done.iter().map(|it| it.0).sum();
    let wrong: Vec<&String> = done.iter().flat_map(|it| &it.1).collect();
    say!("matrix: {n} cells, {} routes, {} mismatches", rows.len(), wrong.len());
    assert!(n > 5_000, "only {n} cells");
    let told: Vec<&str> = wrong.iter().take(40).map(|it| it.as_str()).collect();
    assert!(wrong.is_empty(), "{} of {n}:\n{}", wrong.len(), told.join("\n"));

    // The control: against a policy with a row too many and a row too few the same cells do not fit.
    let text = include_str!("../../../dondoc-core/policy/access.toml");
    let own = r#"own = ["clerk", "approver", "officer", "carries_out"]"#;
    for (row, other) in [
        (own, r#"own = ["approver", "officer", "carries_out"]"#),
        ("below = [\"officer\"]", "below = [\"officer\", \"clerk\"]"),
    ] {
        let changed = Policy::parse(&text.replacen(row, other, 1)).unwrap();
        let clerk = roles.iter().find(|it| it.name == "clerk").unwrap();
        let (_, wrong) = ask(world, (&changed, rows), clerk, &RELATIONS);
        assert!(!wrong.is_empty(), "a changed row was not noticed: {other}");
    }
}
