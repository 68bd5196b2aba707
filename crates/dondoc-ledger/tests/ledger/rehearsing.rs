//! Changes of units: what a rehearsal forecasts is what the change then does.

use dondoc_core::{
    figure::Content,
    unit::{Act, ChangeRequest, PartAsked, RequestFault, Target, UnitId, Weight},
};
use dondoc_ledger::{
    Batch, Ledger, Question, Sight,
    rehearse::{Rehearsal, Row},
    rollup::{total::Total, value::Value},
};
use dondoc_store::units::{self, NewSource};
use jiff::civil::{Date, date};

use crate::world::{COUNTRY, Draw, PROVINCES, TODAY, World, by, figure, months};

const N_HISTORIES: u64 = 40;
const N_CHANGES: usize = 4;
const N_BATCHES: usize = 25;

fn request(act: Act, day: Date) -> ChangeRequest {
    ChangeRequest { act, day, source: "Nghị quyết 9/NQ-HĐND".to_owned() }
}

fn rehearse(ledger: &Ledger, request: &ChangeRequest) -> Result<Rehearsal, RequestFault> {
    let units = ledger.look(|books| books.units.clone());
    let changes = request.changes(&units)?;
    Ok(ledger.rehearse(&changes, Weight::Population, &mut |_, _| {}).unwrap())
}

/// Does it, as it was rehearsed, and opens the books of the day of the rehearsal.
fn carry_out(ledger: &Ledger, rehearsal: &Rehearsal) {
    let bytes = format!("{}", rehearsal.n_before);
    let source = NewSource {
        name: "Nghị quyết 9/NQ-HĐND",
        bytes: bytes.as_bytes(),
        vouches_on: None,
        changes: &rehearsal.changes,
    };
    units::append(ledger.store(), &[source], rehearsal.n_before, &by("an")).unwrap();
    ledger.reopen(rehearsal.day).unwrap();
}

fn asked(ledger: &Ledger, row: &Row) -> Option<Total> {
    let (series, unit, period, sight) = (row.series.clone(), row.unit, row.period, row.sight);
    let question = Question { series, unit, period, sight, line: None, as_of: None };
    ledger.total(&question).ok().map(|it| it.total)
}

/// What the ledger says of a row, as the rehearsal says it.
fn is_so(ledger: &Ledger, row: &Row, forecast: Option<&Total>) -> bool {
    let found = asked(ledger, row);
    match forecast {
        Some(total) => found.as_ref() == Some(total),
        None => found.is_none_or(|it| it.value.is_err() && it.counts.n_no_figure == 0),
    }
}

/// A change of some units that live on a day, drawn.
fn drawn(draw: &mut Draw, ledger: &Ledger) -> ChangeRequest {
    let days = [
        date(2025, 5, 10),
        date(2025, 7, 1),
        date(2025, 8, 20),
        date(2025, 12, 20),
        date(2026, 1, 1),
        date(2026, 4, 1),
    ];
    let day = draw.one_of(&days);
    let communes: Vec<UnitId> = ledger.look(|books| {
        let lives = |it: &&dondoc_core::unit::Unit| it.id().0 >= 10 && it.life().contains(day);
        books.units.all().filter(lives).map(dondoc_core::unit::Unit::id).collect()
    });
    let one = |draw: &mut Draw| draw.one_of(&communes);
    let new = |draw: &mut Draw| Target::New {
        kind: draw.one_of(&["commune", "ward"]).to_owned(),
        name: format!("Mới {}", draw.below(1_000_000)),
        code: None,
    };
    let target = |draw: &mut Draw| match draw.below(2) {
        0 => Target::Unit(one(draw)),
        _ => new(draw),
    };
    let act = match draw.below(6) {
        0 | 1 => {
            let units = (0..2 + draw.below(2)).map(|_| one(draw)).collect();
            Act::Merge { units, into: target(draw) }
        }
        2 => {
            let part = |draw: &mut Draw, into| PartAsked {
                into,
                area: None,
                population: Some(draw.below(1_000)).filter(|it| *it > 100),
            };
            let parts = (0..2)
                .map(|_| {
                    let into = target(draw);
                    part(draw, into)
                })
                .collect();
            Act::Split { unit: one(draw), parts }
        }
        3 => Act::Rename { unit: one(draw), name: format!("Tên {}", draw.below(99)), kind: None },
        4 => Act::Dissolve { unit: one(draw), into: one(draw) },
        _ => Act::Move {
            unit: one(draw),
            line: dondoc_core::unit::Line::State,
            parent: draw.one_of(&PROVINCES),
        },
    };
    request(act, day)
}

fn fill(world: &World, draw: &mut Draw) {
    for _ in 0..N_BATCHES {
        let (unit, period) = (UnitId(draw.one_of(&crate::world::COMMUNES)), draw.one_of(&months()));
        let batch = draw.batch(unit, period);
        // Some units do not live when their period closes: those are refused, and that is right.
        let _ = world.ledger.load(&[batch], "t.csv", (&by("lan"), TODAY));
    }
}

#[test]
fn what_is_forecast_is_what_the_change_then_does() {
    let (mut n_rows, mut n_done) = (0, 0);
    for seed in 1..=N_HISTORIES {
        let (world, mut draw) = (World::new(), Draw(seed));
        fill(&world, &mut draw);
        let ledger = &world.ledger;
        for _ in 0..N_CHANGES {
            let request = drawn(&mut draw, ledger);
            let Ok(rehearsal) = rehearse(ledger, &request) else { continue };
            if !rehearsal.may_be_done() {
                continue;
            }
            // The rehearsal looks at the day of the change where that is later.
            ledger.turn_to(rehearsal.day);
            for row in &rehearsal.rows {
                assert!(is_so(ledger, row, row.before.as_ref()), "seed {seed}: before: {row:?}");
            }
            carry_out(ledger, &rehearsal);
            for row in &rehearsal.rows {
                assert!(
                    is_so(ledger, row, row.after.as_ref()),
                    "seed {seed}: {request:?}\n{row:?}\nfound {:?}",
                    asked(ledger, row)
                );
            }
            let n_homeless = ledger.look(|books| books.n_homeless);
            assert_eq!(n_homeless, rehearsal.n_homeless.1, "seed {seed}");
            ledger.reopen(TODAY).unwrap();
            n_rows += rehearsal.rows.len();
            n_done += 1;
        }
    }
    assert!(n_done > 60 && n_rows > 1_000, "{n_done} changes, {n_rows} rows");
}

fn world_of_two(left: i64, right: i64) -> World {
    let world = World::new();
    for (unit, number) in [(13, left), (14, right)] {
        let figures = vec![figure("T.01", Content::Value(number))];
        let batch = Batch { unit: UnitId(unit), period: months()[4], figures };
        world.ledger.load(&[batch], "t.csv", (&by("lan"), TODAY)).unwrap();
    }
    world
}

fn number(total: Option<&Total>) -> Option<i128> {
    match total?.value.ok()? {
        Value::Number(it) => Some(it),
        Value::Ratio { .. } => None,
    }
}

/// August figures of two communes that become one: the numbers are those of a school exercise.
#[test]
fn a_whole_merger_keeps_every_sum_and_changes_nothing_of_then() {
    let world = world_of_two(12, 30);
    let into = Target::New { kind: "commune".into(), name: "Hợp Nhất".into(), code: None };
    let act = Act::Merge { units: vec![UnitId(13), UnitId(14)], into };
    let rehearsal = rehearse(&world.ledger, &request(act, date(2026, 1, 1))).unwrap();
    assert!(rehearsal.may_be_done(), "{:?}", rehearsal.flaws);
    assert_eq!(rehearsal.units, [UnitId(13), UnitId(14), UnitId(32)]);
    let find = |unit: u32, sight: Sight| {
        let mut rows = rehearsal.rows.iter();
        let row = rows
            .find(|it| {
                it.unit == UnitId(unit) && it.sight == sight && it.series.indicator == "T.01"
            })
            .unwrap();
        (number(row.before.as_ref()), number(row.after.as_ref()))
    };
    let as_now = Sight::AsNow(Weight::Population);
    assert_eq!(find(13, Sight::AsThen), (Some(12), Some(12)));
    assert_eq!(find(14, Sight::AsThen), (Some(30), Some(30)));
    assert_eq!(find(13, as_now), (Some(12), None));
    assert_eq!(find(14, as_now), (Some(30), None));
    assert_eq!(find(32, as_now), (None, Some(42)));
    assert_eq!(rehearsal.balance.n_unequal, 0, "{:?}", rehearsal.balance.unequal);
    assert!(rehearsal.balance.n_above > 0 && rehearsal.balance.n_within > 0);
    assert_eq!(rehearsal.n_homeless, (0, 0));
    let owes = |unit: u32| {
        let of: Vec<_> = rehearsal.owed.iter().filter(|it| it.unit == UnitId(unit)).collect();
        (of.iter().map(|it| it.n_before).sum::<u32>(), of.iter().map(|it| it.n_after).sum::<u32>())
    };
    let (before, after) = owes(13);
    assert!(before > 0 && after == 0);
    let (before, after) = owes(32);
    assert!(before == 0 && after > 0);
}

#[test]
fn a_split_shares_by_people_and_rounds_so_that_nothing_is_lost() {
    let world = world_of_two(10, 0);
    let part = |name: &str, population| PartAsked {
        into: Target::New { kind: "commune".into(), name: name.into(), code: None },
        area: None,
        population: Some(population),
    };
    let parts = vec![part("Một", 1_000), part("Hai", 1_000), part("Ba", 1_000)];
    let act = Act::Split { unit: UnitId(13), parts };
    let rehearsal = rehearse(&world.ledger, &request(act, date(2026, 1, 1))).unwrap();
    let as_now = Sight::AsNow(Weight::Population);
    let mut numbers: Vec<i128> = rehearsal
        .rows
        .iter()
        .filter(|it| it.sight == as_now && it.unit.0 >= 32 && it.series.indicator == "T.01")
        .filter_map(|it| number(it.after.as_ref()))
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [3, 3, 4]);
    assert_eq!(rehearsal.balance.n_unequal, 0, "{:?}", rehearsal.balance.unequal);
    let (_, shares) = &rehearsal.shares[0];
    assert!(shares.iter().all(|it| it.estimated && (it.numerator, it.denominator) == (1, 3)));
}

/// A change that is dated back takes away the ground of figures that were reported since: that has to be seen before.
#[test]
fn figures_that_would_lose_their_place_are_told_before_it_is_done() {
    let world = world_of_two(12, 30);
    let act = Act::Merge { units: vec![UnitId(13), UnitId(14)], into: Target::Unit(UnitId(14)) };
    let rehearsal = rehearse(&world.ledger, &request(act, date(2025, 8, 1))).unwrap();
    assert_eq!(rehearsal.n_homeless, (0, 1));
    assert!(rehearsal.balance.n_unequal > 0);
    let lost = |it: &&dondoc_ledger::rehearse::Unequal| {
        it.unit == Some(COUNTRY) && it.series.indicator == "T.01" && it.sight == Sight::AsThen
    };
    let lost = rehearsal.balance.unequal.iter().find(lost).unwrap();
    assert_eq!(lost.before, Some(Value::Number(42)));
    assert_eq!(lost.after, Some(Value::Number(30)));
}

#[test]
fn a_change_that_does_not_fit_is_not_to_be_done() {
    let world = world_of_two(1, 2);
    let act = Act::Recode { unit: UnitId(13), code: Some("00014".to_owned()) };
    let rehearsal = rehearse(&world.ledger, &request(act, date(2026, 1, 1))).unwrap();
    assert!(!rehearsal.may_be_done());
    assert_eq!(rehearsal.flaws[0].kind.code(), "same_code");
    // Of what was there before nothing is said.
    assert!(rehearsal.flaws.iter().all(|it| it.kind.code() == "same_code"));
}
