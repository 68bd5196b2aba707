//! Handlers keep to the scope of an account, and so do store and ledger: either is enough, and a test notices the loss of either.

use std::collections::BTreeSet;

use dondoc_core::access::{Operation, Policy};
use dondoc_server::Keepers;

use super::{
    Asker, ask,
    probes::{Probe, Tells},
    reaches, rows, walls,
    world::{RELATIONS, World, grant},
};
use crate::client::Answer;

const BOTH: Keepers = Keepers { handlers: true, store: true };
const HANDLERS_ALONE: Keepers = Keepers { handlers: true, store: false };
const STORE_ALONE: Keepers = Keepers { handlers: false, store: true };
const NEITHER: Keepers = Keepers { handlers: false, store: false };

const ROLES: [&str; 6] = ["clerk", "approver", "officer", "leader", "auditor", "evaluates"];

/// Reports, locks and entries are there in this state, and figures in the totals.
const APPROVED: usize = 2;

/// A blank form: what is on it is the pack and the names of units, which everyone may know.
const BLANK: &str = "GET /api/registers/{code}/sheet";

fn holders(world: &World) -> Vec<Asker> {
    let holder = |role: &&str| Asker {
        name: (*role).to_owned(),
        key: Some(world.key(role, &[grant(role, -30, None)], "*")),
        role: Some((*role).to_owned()),
        operations: "*",
        is_in: true,
    };
    ROLES.iter().map(holder).collect()
}

fn is_of_units(probe: &Probe) -> bool {
    !matches!(probe.tells, Tells::Gate | Tells::Person)
}

/// Whether the role gets past the gate with an operation, and no further with a unit.
fn is_outside(operation: &Operation, role: &str, unit: u32) -> bool {
    let passes = [&operation.own, &operation.below].iter().any(|it| it.iter().any(|it| it == role));
    passes && !reaches(operation, role, unit)
}

/// Whether an answer tells something of the unit; `bare` is what comes if nobody keeps to the scope.
fn tells(probe: &Probe, unit: u32, (answer, bare): (&Answer, &Answer)) -> bool {
    if answer.status != 200 {
        return false;
    }
    match probe.tells {
        Tells::Listed(sees) | Tells::AtMost(sees) => sees(answer, unit),
        // Asked about a unit by its number, an answer may be there with nothing in it.
        Tells::Named => answer.body == bare.body || answer.body.starts_with(b"PK"),
        _ => true,
    }
}

/// Reads everything of everyone's outside the scopes; how many cells there were, and the routes that told something.
fn read(world: &World, bare: &World, askers: &[Asker]) -> (usize, BTreeSet<&'static str>) {
    let policy = Policy::built_in().unwrap();
    let (mut n, mut told) = (0, BTreeSet::new());
    for (operation, probe) in rows(policy) {
        if !probe.route.starts_with("GET ") || !is_of_units(&probe) || probe.route == BLANK {
            continue;
        }
        for asker in askers {
            let role = asker.role.as_deref().unwrap();
            for (_, unit) in RELATIONS {
                if !is_outside(operation, role, unit) {
                    continue;
                }
                n += 1;
                let of = |world: &World| probe.send(world, asker.key.as_deref(), unit, APPROVED);
                if tells(&probe, unit, (&of(world), &of(bare))) {
                    told.insert(probe.route);
                }
            }
        }
    }
    (n, told)
}

#[test]
fn either_layer_alone_tells_nothing_of_others_and_without_both_all_is_told() {
    let world = walls::world();
    let bare = world.with(NEITHER);
    let askers = holders(&world);
    let keys: Vec<&str> = askers.iter().filter_map(|it| it.key.as_deref()).collect();
    for (name, keepers) in [
        ("both layers", BOTH),
        ("handlers alone", HANDLERS_ALONE),
        ("store and ledger alone", STORE_ALONE),
    ] {
        let one = world.with(keepers);
        let (n, told) = read(&one, &bare, &askers);
        let (n_paths, leaking) = walls::leaking(&one, &keys);
        say!("{name}: {n} cells and {n_paths} second paths, {} leaks", told.len() + leaking.len());
        assert!(n > 400, "{n}");
        assert!(told.is_empty() && leaking.is_empty(), "{name}: {told:?} {leaking:?}");
    }

    let (n, told) = read(&bare, &bare, &askers);
    let (_, leaking) = walls::leaking(&bare, &keys);
    say!(
        "control, neither: {} routes of {n} cells and {} second paths leak",
        told.len(),
        leaking.len()
    );
    let silent: Vec<&str> = rows(Policy::built_in().unwrap())
        .iter()
        .filter(|(_, it)| it.route.starts_with("GET ") && is_of_units(it) && it.route != BLANK)
        .filter(|(_, it)| !matches!(it.tells, Tells::AtMost(_)) && !told.contains(it.route))
        .map(|(_, it)| it.route)
        .collect();
    assert!(silent.is_empty(), "with nobody keeping to the scope nothing is told by {silent:?}");
    assert!(leaking.len() > 20, "{leaking:?}");
}

/// The control of the matrix: each route's cells notice when what the route asks before it answers is taken away.
#[test]
fn a_route_that_lost_its_check_does_not_fit_the_policy() {
    let world = World::new();
    let policy = Policy::built_in().unwrap();
    let askers = holders(&world);
    let bare = world.with(NEITHER);
    let mut unnoticed = Vec::new();
    let mut n = 0;
    for row in rows(policy) {
        if !is_of_units(&row.1) || matches!(row.1.tells, Tells::AtMost(_)) {
            continue;
        }
        n += 1;
        let route = row.1.route;
        let row = [row];
        let is_noticed =
            askers.iter().any(|it| !ask(&bare, (policy, &row), it, &RELATIONS).1.is_empty());
        if !is_noticed {
            unnoticed.push(route);
        }
    }
    say!("control: of {n} routes that lost their check the matrix notices {}", n - unnoticed.len());
    assert!(n > 60, "{n}");
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}
