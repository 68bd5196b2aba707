//! Another version of a pack, and figures that were kept by the one before.

use dondoc_core::{
    figure::{Content, Series},
    finding::Fault,
    pack::Pack,
    period::Period,
    submission::CorrectionState,
    unit::{Change, Moment, UnitId, What},
};
use dondoc_ledger::{Batch, LedgerError, Question, Sight};
use dondoc_rollup::value::Value;
use dondoc_store::{
    Action,
    packs::{self, PackError},
    submissions::corrections,
    units::{self, NewSource},
};

use crate::world::{TODAY, World, by, figure, programme_with};

const UNIT: UnitId = UnitId(13);
const MAY: Period = Period::Month { year: 2025, month: 5 };

fn batch(value: i64) -> Batch {
    Batch { unit: UNIT, period: MAY, figures: vec![figure("T.01", Content::Value(value))] }
}

fn total(world: &World) -> Option<Value> {
    let series = Series { indicator: "T.01".to_owned(), option: None };
    let question =
        Question { series, unit: UNIT, period: MAY, sight: Sight::AsThen, line: None, as_of: None };
    world.ledger.total(&question).unwrap().total.value.ok()
}

/// A programme with one more indicator, and what it comes to: known once the programme is.
fn more() -> Pack {
    programme_with(
        r#"
[[indicators]]
code = "T.09"
name = { vi = "Số đợt", en = "Rounds" }
measure = "đợt"
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "both"
clearing = "open"
"#,
    )
}

#[test]
fn what_another_process_puts_into_use_is_known_to_one_that_runs() {
    let world = World::new();
    world.ledger.load(&[batch(7)], "t.csv", (&by("lan"), TODAY)).unwrap();
    let knows = || world.ledger.look(|books| books.programmes.indicator("T.09").is_some());
    let other = world.again();
    let adopted = other.store().write(|tx| -> Result<_, PackError> {
        packs::adopt(tx, &more(), &by("an"))?;
        Ok(((), Action { by: by("an"), verb: "pack.adopt", object: "T".to_owned() }))
    });
    adopted.unwrap();
    assert!(!knows(), "nobody has asked since");
    assert_eq!(total(&world), Some(Value::Number(7)));
    assert!(knows());
    let new = Batch { unit: UNIT, period: MAY, figures: vec![figure("T.09", Content::Value(3))] };
    world.ledger.load(&[new], "t.csv", (&by("lan"), TODAY)).unwrap();
}

#[test]
fn units_that_another_process_changes_are_known_to_one_that_runs() {
    let world = World::new();
    let name =
        || world.ledger.look(|books| books.units.get(UNIT).and_then(|it| it.full_name_on(TODAY)));
    let before = name();
    let what = What::Rename("Mới".to_owned());
    let when = Moment::On(TODAY);
    let changes = [Change { unit: UNIT, when, what, source: "t2.csv".to_owned() }];
    let source = NewSource { name: "t2.csv", bytes: b"t2", vouches_on: None, changes: &changes };
    let other = world.again();
    let known = other.store().read(units::all).unwrap();
    let n_known = known.sources.iter().map(|it| it.n_changes).sum();
    units::append(other.store(), &[source], n_known, &by("an")).unwrap();
    total(&world);
    assert_ne!(name(), before);
}

#[test]
fn no_version_of_a_pack_reads_figures_that_are_kept_as_other_numbers() {
    let world = World::new();
    world.ledger.load(&[batch(7)], "t.csv", (&by("lan"), TODAY)).unwrap();
    let mut finer = programme_with("");
    finer.indicators[0].decimals = 2;
    // Seven courses would be 0,07 of one.
    let refused = world.adopt(&finer).unwrap_err();
    assert!(matches!(refused, PackError::Reread { code, .. } if code == "T.01"));
    let mut share = programme_with("");
    share.indicators[0].ratio = share.indicators[2].ratio.clone();
    assert!(matches!(world.adopt(&share), Err(PackError::Reread { .. })));
    let mut finer = programme_with("");
    finer.registers[0].fields[1].decimals = 1;
    let refused = world.adopt(&finer).unwrap_err();
    assert!(matches!(refused, PackError::Reread { code, .. } if code == "course.students"));
    let decimals = world.ledger.look(|books| books.programmes.decimals("T.01"));
    assert_eq!((total(&world), decimals), (Some(Value::Number(7)), 0));
    world.adopt(&programme_with("")).unwrap();
}

#[test]
fn a_correction_is_not_granted_where_its_figures_would_not_be_taken_any_more() {
    let world = World::new();
    world.ledger.load(&[batch(7)], "t.csv", (&by("lan"), TODAY)).unwrap();
    let asked = world.ledger.ask_for_correction(&batch(8), "đếm lại", (&by("lan"), TODAY)).unwrap();
    let mut closed = programme_with("");
    closed.indicators[0].closed_on = Some("2025-01-31".parse().unwrap());
    world.adopt(&closed).unwrap();
    let id = asked.correction_id;
    let refused = world.ledger.decide_correction(id, (true, None), &by("binh")).unwrap_err();
    let LedgerError::Findings(found) = refused else { panic!("{refused}") };
    assert_eq!(found[0].fault, Fault::SeriesClosed { on: "2025-01-31".to_owned() });
    assert_eq!(total(&world), Some(Value::Number(7)));
    let kept = world.ledger.store().read(|tx| corrections::get(tx, id)).unwrap().unwrap();
    assert_eq!(kept.state, CorrectionState::Open, "it is still to be decided");
    let why = Some("chỉ tiêu đã khép");
    world.ledger.decide_correction(id, (false, why), &by("binh")).unwrap();
}
