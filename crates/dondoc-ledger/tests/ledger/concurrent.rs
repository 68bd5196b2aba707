//! Many writers at once.

use dondoc_core::{
    figure::{Content, Series},
    period::Period,
    unit::UnitId,
};
use dondoc_ledger::{Batch, Question, Sight};
use dondoc_rollup::value::Value;
use dondoc_store::blocks::BlockId;

use crate::world::{COUNTRY, PROVINCES, TODAY, World, by, figure};

#[test]
fn sixteen_writers_lose_nothing_and_read_what_they_wrote() {
    const WRITERS: u32 = 16;
    const ROUNDS: i64 = 12;
    let world = World::new();
    let months: Vec<Period> = (1..=6).map(|month| Period::Month { year: 2025, month }).collect();
    let question = |unit, period| {
        let series = Series { indicator: "T.01".to_owned(), option: None };
        Question { series, unit, period, sight: Sight::AsThen, line: None, as_of: None }
    };
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (world, months) = (&world, &months);
            scope.spawn(move || {
                // Twelve communes; the first four have two writers each, for different months.
                let unit = UnitId(10 + writer % 12);
                let months = if writer < 12 { &months[..3] } else { &months[3..] };
                for round in 1..=ROUNDS {
                    for period in months {
                        let content = Content::Value(i64::from(writer) * 1_000 + round);
                        let figures = vec![figure("T.01", content)];
                        let batch = Batch { unit, period: *period, figures };
                        world.ledger.load(&[batch], "t.csv", (&by("lan"), TODAY)).unwrap();
                        let answer = world.ledger.total(&question(unit, *period)).unwrap();
                        let wrote = i128::from(writer) * 1_000 + i128::from(round);
                        assert_eq!(answer.total.value, Ok(Value::Number(wrote)));
                    }
                }
            });
        }
    });
    let first: i128 = (0..12).map(|writer| writer * 1_000 + i128::from(ROUNDS)).sum();
    let second: i128 = (12..16).map(|writer| writer * 1_000 + i128::from(ROUNDS)).sum();
    for ledger in [&world.ledger, &world.again()] {
        for (at, period) in months.iter().enumerate() {
            let answer = ledger.total(&question(COUNTRY, *period)).unwrap();
            let expected = if at < 3 { first } else { second };
            assert_eq!(answer.total.value, Ok(Value::Number(expected)), "{period}");
            let provinces = PROVINCES
                .iter()
                .filter_map(|it| ledger.total(&question(*it, *period)).unwrap().total.value.ok());
            assert_eq!(provinces.reduce(Value::plus), Some(Value::Number(expected)));
        }
        let (last, _) = ledger.moment().unwrap();
        assert_eq!(last.0, i64::from(WRITERS) * ROUNDS * 3, "a block for each write");
    }
}

#[test]
fn a_moment_is_answered_as_it_was_while_others_write() {
    let world = World::new();
    let period = Period::Month { year: 2025, month: 5 };
    let series = Series { indicator: "T.01".to_owned(), option: None };
    let write = |value| {
        let figures = vec![figure("T.01", Content::Value(value))];
        let batch = Batch { unit: UnitId(13), period, figures };
        world.ledger.load(&[batch], "t.csv", (&by("lan"), TODAY)).unwrap();
    };
    write(1);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| (0..100).for_each(write));
        }
        let mut moment = BlockId(0);
        while moment.0 < 250 {
            moment = world.ledger.moment().unwrap().0;
            let (series, unit, sight) = (series.clone(), UnitId(13), Sight::AsThen);
            let as_of = Some(moment);
            let question = Question { series, unit, period, sight, line: None, as_of };
            assert_eq!(world.ledger.total(&question).unwrap().moment, moment);
        }
    });
}
