//! Scopes compared with a walk that knows nothing of registries, trees or memory.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::collections::BTreeSet;

use dondoc_core::{
    access::{Grant, Policy, Scope},
    unit::{Change, Kind, Line, Moment, Part, UnitId, Units, What},
};
use jiff::{ToSpan, civil::Date, civil::date};

const POLICY: &str = r#"
[[role]]
code = "own"
vi = "x"
en = "x"
[[role]]
code = "below"
vi = "x"
en = "x"
[[role]]
code = "both"
vi = "x"
en = "x"
[[role]]
code = "none"
vi = "x"
en = "x"
[[operation]]
code = "x.do"
routes = ["GET /x"]
own = ["own", "both"]
below = ["below", "both"]
"#;
const ROLES: [&str; 4] = ["own", "below", "both", "none"];
const N_HISTORIES: u64 = 1_500;
const N_DAYS: u64 = 1_000;

/// The numbers of a seed, one after another (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ (it >> 31)) % n
    }

    fn number(&mut self, n: usize) -> usize {
        usize::try_from(self.below(n as u64)).unwrap()
    }
}

fn day(n: u64) -> Date {
    date(2024, 1, 1).checked_add(i64::try_from(n).unwrap().days()).unwrap()
}

/// A unit as a clerk would write it down.
#[derive(Clone, Debug, Default)]
struct Raw {
    founded: u64,
    /// From when, and the unit above.
    above: Vec<(u64, Option<usize>)>,
    /// The first day without it, and who took over.
    gone: Option<(u64, Vec<usize>)>,
}

/// A history in which each unit stands under one with a smaller number, and goes over to such.
fn history(dice: &mut Dice) -> (Vec<Raw>, Vec<Change>) {
    let n = 3 + dice.number(9);
    let mut raws = Vec::new();
    for at in 0..n {
        let above = (at > 0 && dice.below(8) > 0).then(|| dice.number(at));
        let founded = if dice.below(4) == 0 { dice.below(N_DAYS / 2) } else { 0 };
        raws.push(Raw { founded, above: vec![(founded, above)], gone: None });
    }
    #[expect(clippy::needless_range_loop, reason = "a unit looks at those of smaller numbers")]
    for at in 1..n {
        if dice.below(3) == 0 {
            let from = raws[at].founded + 1 + dice.below(200);
            let above = (dice.below(8) > 0).then(|| dice.number(at));
            raws[at].above.push((from, above));
        }
        if dice.below(3) == 0 {
            let on = raws[at].above.last().unwrap().0 + 1 + dice.below(300);
            // Nobody is his own heir, nor above himself: all that takes over or stands above has a smaller number.
            let mut heirs: Vec<usize> = (0..at).filter(|_| dice.below(3) == 0).collect();
            heirs.truncate(3);
            raws[at].gone = Some((on, heirs));
        }
    }
    let changes = raws.iter().enumerate().flat_map(|(at, raw)| changes(at, raw)).collect();
    (raws, changes)
}

fn changes(at: usize, raw: &Raw) -> Vec<Change> {
    let id = |at: usize| UnitId(u32::try_from(at).unwrap() + 1);
    let on = |when: u64, what| Change {
        unit: id(at),
        when: if when == 0 { Moment::Always } else { Moment::On(day(when)) },
        what,
        source: "test".to_owned(),
    };
    let mut all = Vec::new();
    for (nth, (from, above)) in raw.above.iter().enumerate() {
        let parent = above.map(id);
        all.push(on(
            *from,
            match nth {
                0 => What::Found {
                    kind: Kind::Commune,
                    name: format!("Xã {at}"),
                    code: None,
                    key: None,
                    rank: 0,
                    parents: vec![(Line::State, parent)],
                },
                _ => What::Move { line: Line::State, parent },
            },
        ));
    }
    if let Some((gone, heirs)) = &raw.gone {
        let part = |it: &usize| Part { into: id(*it), area: None, population: None };
        all.push(on(
            *gone,
            match heirs.as_slice() {
                [] => What::Dissolve { into: None },
                [one] => What::Merge(id(*one)),
                several => What::Split(several.iter().map(part).collect()),
            },
        ));
    }
    all
}

/// The unit, and those that it went over to, and so on, as of a day.
fn heirs(raws: &[Raw], unit: usize, today: u64) -> BTreeSet<usize> {
    let mut all = BTreeSet::from([unit]);
    if let Some((_, next)) = raws[unit].gone.as_ref().filter(|it| it.0 <= today) {
        all.extend(next.iter().flat_map(|it| heirs(raws, *it, today)));
    }
    all
}

/// All above a unit on a day; above one that is gone, those above its heirs.
fn above(raws: &[Raw], unit: usize, today: u64) -> BTreeSet<usize> {
    let raw = &raws[unit];
    let mut last = today.max(raw.founded);
    if let Some((gone, next)) = raw.gone.as_ref().filter(|it| it.0 <= today) {
        if !next.is_empty() {
            return next.iter().flat_map(|it| above(raws, *it, today)).collect();
        }
        last = gone - 1;
    }
    let now = raw.above.iter().rev().find(|it| it.0 <= last).and_then(|it| it.1);
    let Some(now) = now else { return BTreeSet::new() };
    let mut all = heirs(raws, now, today);
    all.extend(above(raws, now, today));
    all
}

#[test]
fn a_scope_is_what_a_naive_walk_comes_to() {
    let policy = Policy::parse(POLICY).unwrap();
    let operation = policy.by_code("x.do").unwrap();
    let (mut n, mut n_covered) = (0_u64, 0_u64);
    for seed in 0..N_HISTORIES {
        let mut dice = Dice(seed);
        let (raws, changes) = history(&mut dice);
        let units = Units::new(changes);
        for _ in 0..12 {
            let today = dice.below(N_DAYS);
            let grants: Vec<(usize, usize, u64, Option<u64>)> = (0..1 + dice.number(3))
                .map(|_| {
                    let until = (dice.below(3) == 0).then(|| dice.below(N_DAYS));
                    (dice.number(4), dice.number(raws.len()), dice.below(N_DAYS / 2), until)
                })
                .collect();
            let kept: Vec<Grant> = grants
                .iter()
                .map(|(role, unit, from, until)| Grant {
                    role: ROLES[*role].to_owned(),
                    unit: Some(UnitId(u32::try_from(*unit).unwrap() + 1)),
                    line: Line::State,
                    from: day(*from),
                    until: until.map(day),
                })
                .collect();
            let scope = Scope::of(operation, &kept, &units, day(today));
            for unit in 0..raws.len() {
                let own = heirs(&raws, unit, today);
                let over = above(&raws, unit, today);
                let expected = grants.iter().any(|(role, at, from, until)| {
                    let holds = *from <= today && until.is_none_or(|it| today <= it);
                    let reaches = match own.contains(at) {
                        true => ["own", "both"].contains(&ROLES[*role]),
                        false => over.contains(at) && ["below", "both"].contains(&ROLES[*role]),
                    };
                    holds && reaches
                });
                let found = scope.covers(UnitId(u32::try_from(unit).unwrap() + 1));
                assert_eq!(
                    found, expected,
                    "seed {seed}, day {today}, unit {unit}: {raws:?} {grants:?}"
                );
                n += 1;
                n_covered += u64::from(found);
            }
        }
    }
    println!(
        "scopes: {n} of a grant, a unit and a day compared, {n_covered} covered, 0 differences"
    );
    assert!(n >= 100_000 && n_covered > n / 20, "{n}, {n_covered}");
}
