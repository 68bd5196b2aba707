//! Random histories, whose totals equal a naive walk at every moment.

use dondoc_core::{
    figure::{Series, Status},
    pack::Closing,
    period::Period,
    unit::{UnitId, Weight, apportion},
};
use dondoc_ledger::{Ledger, Question, Sight};
use dondoc_rollup::value::Value;
use dondoc_store::blocks::BlockId;

use crate::naive::Walk;
use crate::world::{COMMUNES, COUNTRY, Draw, PROVINCES, TODAY, World, by, months};

const INDICATORS: [&str; 5] = ["T.01", "T.02", "T.03", "T.04", "T.05"];

fn question(indicator: &str, unit: UnitId, period: Period) -> Question {
    let series = Series { indicator: indicator.to_owned(), option: None };
    Question { series, unit, period, sight: Sight::AsThen, line: None, as_of: None }
}

fn answer(ledger: &Ledger, question: &Question) -> Option<Value> {
    ledger.total(question).unwrap().total.value.ok()
}

fn everyone() -> Vec<UnitId> {
    [COUNTRY].into_iter().chain(PROVINCES).chain(COMMUNES.map(UnitId)).collect()
}

/// Loads random batches of units that live at the end of the period; `seen` is asked after each.
fn history(world: &World, draw: &mut Draw, n_batches: usize, mut seen: impl FnMut(&Ledger)) {
    let units = world.ledger.look(|it| it.units.clone());
    for _ in 0..n_batches {
        let period = draw.one_of(&months());
        let day = period.closing_day(Closing::Decree09).unwrap();
        let living: Vec<UnitId> = everyone()
            .into_iter()
            .filter(|it| units.get(*it).unwrap().life().contains(day))
            .collect();
        let unit = draw.one_of(&living);
        let mut batch = draw.batch(unit, period);
        world.ledger.look(|books| {
            // An estimate is not taken where the final figure is there.
            batch.figures.retain(|(it, _)| {
                let own = books.own(unit, &it.series, period);
                it.status == Status::Final || own.is_none_or(|it| it.is_estimate)
            });
        });
        if batch.figures.is_empty() {
            continue;
        }
        world.ledger.load(&[batch], "t.csv", (&by("lan"), TODAY)).unwrap();
        seen(&world.ledger);
    }
}

fn all_answers(ledger: &Ledger, as_of: Option<BlockId>) -> Vec<Option<Value>> {
    let mut answers = Vec::new();
    for indicator in INDICATORS {
        for unit in everyone() {
            for period in months() {
                let question = Question { as_of, ..question(indicator, unit, period) };
                answers.push(answer(ledger, &question));
            }
        }
    }
    answers
}

#[test]
fn totals_of_every_unit_and_period_equal_a_naive_walk_over_the_blocks() {
    for seed in 0..6 {
        let world = World::new();
        history(&world, &mut Draw(seed), 120, |_| {});
        let units = world.ledger.look(|it| it.units.clone());
        let (moment, _) = world.ledger.moment().unwrap();
        let walk = Walk::up_to(world.ledger.store(), moment);
        let mut n_numbers = 0;
        for indicator in INDICATORS {
            for unit in everyone() {
                for period in months() {
                    let got = answer(&world.ledger, &question(indicator, unit, period));
                    let expected = walk.total(&units, (unit, period), indicator);
                    assert_eq!(got, expected, "seed {seed}: {indicator} {unit} {period}");
                    n_numbers += usize::from(expected.is_some());
                }
                let quarter = Period::Quarter { year: 2025, quarter: 3 };
                let got = answer(&world.ledger, &question(indicator, unit, quarter));
                let expected = walk.of_quarter(&units, (unit, &months()[3..]), indicator);
                assert_eq!(got, expected, "seed {seed}: {indicator} {unit} {quarter}");
            }
        }
        assert!(n_numbers > 150, "most questions have an answer: {n_numbers}");
    }
}

#[test]
fn a_restart_and_a_second_process_answer_the_same() {
    let world = World::new();
    let other = world.again();
    history(&world, &mut Draw(77), 150, |_| {});
    let before = all_answers(&world.ledger, None);
    assert_eq!(all_answers(&world.again(), None), before, "opened again");
    assert_eq!(all_answers(&other, None), before, "was open all the time");
}

#[test]
fn an_earlier_moment_is_answered_as_it_was_answered_then() {
    let world = World::new();
    let mut remembered = Vec::new();
    let mut n_seen = 0;
    history(&world, &mut Draw(5), 60, |ledger| {
        n_seen += 1;
        if n_seen % 20 == 0 {
            remembered.push((ledger.moment().unwrap().0, all_answers(ledger, None)));
        }
    });
    assert_eq!(remembered.len(), n_seen / 20);
    assert_ne!(remembered[0].1, remembered[1].1, "the history goes on");
    for (moment, answers) in remembered {
        let books = world.ledger.as_of(moment).unwrap();
        assert_eq!(books.last, moment);
        // A few through the question itself; each makes the books of that moment anew.
        for (at, unit) in everyone().into_iter().enumerate().take(3) {
            let period = months()[at];
            let question = Question { as_of: Some(moment), ..question("T.02", unit, period) };
            let at = (everyone().len() + at) * months().len() + at;
            assert_eq!(answer(&world.ledger, &question), answers[at], "{moment} {unit}");
        }
    }
}

#[test]
fn today_s_units_have_what_went_over_to_them_and_nothing_is_lost() {
    let world = World::new();
    history(&world, &mut Draw(11), 200, |_| {});
    let units = world.ledger.look(|it| it.units.clone());
    let walk = Walk::up_to(world.ledger.store(), world.ledger.moment().unwrap().0);
    let now = |unit, period| {
        let sight = Sight::AsNow(Weight::Population);
        answer(&world.ledger, &Question { sight, ..question("T.01", unit, period) })
    };
    for period in months() {
        let day = period.closing_day(Closing::Decree09).unwrap();
        // Where every figure lies today, by the shares that the units themselves give.
        let mut lies: std::collections::BTreeMap<UnitId, i128> = Default::default();
        for unit in everyone() {
            let Some((own, _)) = walk.own(unit, period, "T.01") else { continue };
            let shares = units.shares(unit, day, TODAY, Weight::Population).unwrap();
            let parts = apportion(i64::try_from(own).unwrap(), &shares);
            for (share, part) in shares.iter().zip(parts) {
                *lies.entry(share.unit).or_default() += i128::from(part);
            }
        }
        for unit in COMMUNES.map(UnitId) {
            let expected = lies.get(&unit).map(|it| Value::Number(*it));
            if units.get(unit).unwrap().life().contains(TODAY) {
                assert_eq!(now(unit, period), expected, "{unit} {period}");
            }
        }
        let then = answer(&world.ledger, &question("T.01", COUNTRY, period));
        assert_eq!(now(COUNTRY, period), then, "the country has the same, {period}");
    }
}
