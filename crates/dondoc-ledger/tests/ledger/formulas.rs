//! What follows from figures of another period.

use dondoc_core::{
    figure::{Content, Series, Status},
    period::Period,
    unit::UnitId,
};
use dondoc_ledger::{Batch, Ledger, Question, Sight};
use dondoc_rollup::{total::Counts, value::Value};

use crate::world::{PROVINCES, TODAY, World, by, figure};

const UNIT: UnitId = UnitId(13);

/// How much more than the period before, and how much that is more than it was then.
const GROWTH: &str = r#"
[[indicators]]
code = "T.07"
name = { vi = "Tăng so với kỳ trước", en = "Growth" }
measure = "lớp"
over_units = "sum"
over_time = "none"
every = ["month"]
level = "both"
formula = "T_01 - prev.T_01"
clearing = "open"

[[indicators]]
code = "T.08"
name = { vi = "Tăng của mức tăng", en = "Growth of the growth" }
measure = "lớp"
over_units = "sum"
over_time = "none"
every = ["month"]
level = "both"
formula = "T_07 - prev.T_07"
clearing = "open"

[[indicators]]
code = "T.09"
name = { vi = "Tăng so với năm trước", en = "Growth in a year" }
measure = "lớp"
over_units = "sum"
over_time = "none"
every = ["month"]
level = "both"
formula = "T_01 - last_year.T_01"
clearing = "open"
"#;

fn month(year: i16, month: u8) -> Period {
    Period::Month { year, month }
}

fn load(world: &World, period: Period, value: i64, status: Status) {
    let mut said = figure("T.01", Content::Value(value));
    said.0.status = status;
    let batch = Batch { unit: UNIT, period, figures: vec![said] };
    world.ledger.load(&[batch], "t.csv", (&by("lan"), TODAY)).unwrap();
}

fn total(ledger: &Ledger, code: &str, period: Period) -> (Option<Value>, Counts) {
    let series = Series { indicator: code.to_owned(), option: None };
    let (unit, sight) = (PROVINCES[0], Sight::AsThen);
    let question = Question { series, unit, period, sight, line: None, as_of: None };
    let total = ledger.total(&question).unwrap().total;
    (total.value.ok(), total.counts)
}

#[test]
fn what_follows_from_the_period_before_follows_its_changes() {
    let world = World::with(GROWTH);
    for (at, value) in [(3, 10), (4, 30), (5, 60), (6, 100)] {
        load(&world, month(2025, at), value, Status::Final);
    }
    let is = |code, at, value| {
        for ledger in [&world.ledger, &world.again()] {
            let found = total(ledger, code, month(2025, at)).0;
            assert_eq!(found, Some(Value::Number(value)), "{code} of month {at}");
        }
    };
    is("T.07", 4, 20);
    is("T.08", 5, 10);
    // The figure of March was wrong.
    load(&world, month(2025, 3), 25, Status::Final);
    is("T.07", 4, 5);
    is("T.07", 5, 30);
    is("T.08", 5, 25);
    is("T.08", 6, 10);
}

#[test]
fn what_follows_from_the_year_before_follows_its_changes() {
    let world = World::with(GROWTH);
    load(&world, month(2024, 5), 10, Status::Final);
    load(&world, month(2025, 5), 60, Status::Final);
    load(&world, month(2024, 5), 40, Status::Final);
    assert_eq!(total(&world.ledger, "T.09", month(2025, 5)).0, Some(Value::Number(20)));
}

#[test]
fn what_follows_from_an_estimate_of_the_period_before_is_an_estimate() {
    let world = World::with(GROWTH);
    load(&world, month(2025, 4), 30, Status::Estimate);
    load(&world, month(2025, 5), 60, Status::Final);
    assert_eq!(total(&world.ledger, "T.07", month(2025, 5)).1.n_estimated, 1);
    load(&world, month(2025, 4), 30, Status::Final);
    assert_eq!(total(&world.ledger, "T.07", month(2025, 5)).1.n_estimated, 0);
}
