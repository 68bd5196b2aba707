//! Units over time, on histories that are made up for each claim.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use dondoc_core::unit::{
    Astray, Change, FlawKind, Kind, Line, Moment, Part, Share, UnitId, Units, Weight, What,
    apportion,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const MERGER: Date = date(2025, 7, 1);
const BEFORE: Date = date(2025, 6, 30);
const LATER: Date = date(2026, 3, 1);

fn change(unit: u32, when: Moment, what: What) -> Change {
    Change { unit: UnitId(unit), when, what, source: "test".to_owned() }
}

/// A commune since ever, under a unit or none.
fn old(unit: u32, name: &str, parent: Option<u32>) -> Change {
    found(unit, Moment::Always, name, parent)
}

fn found(unit: u32, when: Moment, name: &str, parent: Option<u32>) -> Change {
    let what = What::Found {
        kind: Kind::Commune,
        name: name.to_owned(),
        code: Some(format!("C{unit}")),
        key: None,
        rank: unit,
        parents: vec![(Line::State, parent.map(UnitId))],
    };
    change(unit, when, what)
}

fn on(day: Date, unit: u32, what: What) -> Change {
    change(unit, Moment::On(day), what)
}

fn part(into: u32, area: u64, population: u64) -> Part {
    Part { into: UnitId(into), area: Some(area), population: Some(population) }
}

fn flaws(changes: Vec<Change>) -> Vec<&'static str> {
    Units::new(changes).check().iter().map(|it| it.kind.code()).collect()
}

fn fractions(shares: &[Share]) -> Vec<(u32, i64, i64)> {
    shares.iter().map(|it| (it.unit.0, it.numerator, it.denominator)).collect()
}

#[test]
fn a_tree_is_that_of_its_day() {
    let units = Units::new(vec![
        old(1, "Tỉnh", None),
        old(3, "B", Some(1)),
        old(2, "A", Some(1)),
        found(4, Moment::On(MERGER), "C", Some(1)),
        on(MERGER, 2, What::Merge(UnitId(4))),
        on(MERGER, 3, What::Merge(UnitId(4))),
    ]);
    let tree = |day| units.tree(Line::State, day).units().iter().map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(tree(BEFORE), [1, 2, 3]);
    assert_eq!(tree(MERGER), [1, 4]);
    assert_eq!(units.epochs(Line::State), [MERGER]);
    assert!(units.tree(Line::Party, MERGER).is_empty());
    assert!(units.epochs(Line::Party).is_empty());
}

#[test]
fn one_tree_serves_all_days_between_two_changes() {
    let units = Units::new(vec![
        old(1, "Tỉnh", None),
        old(2, "A", Some(1)),
        on(MERGER, 2, What::Rename("Á".to_owned())),
        on(LATER, 2, What::Leave(Line::State)),
    ]);
    let before = units.tree(Line::State, date(1990, 1, 1));
    assert!(std::sync::Arc::ptr_eq(&before, &units.tree(Line::State, MERGER)));
    assert_eq!(units.epochs(Line::State), [LATER], "a new name is no new tree");
    assert_eq!(units.tree(Line::State, LATER).len(), 1);
}

#[test]
fn names_are_found_without_accents_and_on_their_day_only() {
    let units = Units::new(vec![
        old(1, "Hoà Bình", None),
        old(2, "Hòa Bình", None),
        old(3, "Hóa Bính", None),
        old(4, "Phường 1", None),
        old(5, "Phường 2", None),
        on(MERGER, 2, What::Rename("Tân Lập".to_owned())),
    ]);
    let ids = |text, day| units.find(text, day).iter().map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(ids("hoa binh", BEFORE), [1, 2, 3]);
    assert_eq!(ids("HÒA BÌNH", BEFORE), [1, 2, 3], "those that are written alike come first");
    assert_eq!(ids("Hóa Bính", BEFORE), [3, 1, 2]);
    assert_eq!(ids("xã hoà bình", BEFORE), [1, 2, 3]);
    assert_eq!(ids("hòa bình", MERGER), [1, 3]);
    assert_eq!(ids("tân lập", BEFORE), [] as [u32; 0]);
    assert_eq!(ids("phường 2", BEFORE), [5]);
    let ever: Vec<u32> = units.find_ever("hòa bình").iter().map(|it| it.0).collect();
    assert_eq!(ever, [1, 2, 3]);
}

#[test]
fn a_code_that_was_given_again_means_another_unit() {
    let units = Units::new(vec![
        old(1, "Hang", None),
        old(2, "Cò", None),
        on(MERGER, 1, What::Recode(None)),
        on(MERGER, 2, What::Recode(Some("C1".to_owned()))),
    ]);
    assert_eq!(units.by_code("C1", BEFORE), [UnitId(1)]);
    assert_eq!(units.by_code("C1", MERGER), [UnitId(2)]);
    assert_eq!(units.get(UnitId(1)).unwrap().code_on(MERGER), None);
    assert!(units.check().is_empty());
}

#[test]
fn shares_follow_chains_of_changes() {
    let units = Units::new(vec![
        old(1, "A", None),
        found(2, Moment::On(MERGER), "B", None),
        found(3, Moment::On(MERGER), "C", None),
        found(4, Moment::On(LATER), "D", None),
        on(MERGER, 1, What::Split(vec![part(2, 1, 3), part(3, 2, 1)])),
        on(LATER, 3, What::Split(vec![part(3, 1, 1), part(4, 3, 1)])),
    ]);
    let shares =
        |then, day, weight| fractions(&units.shares(UnitId(1), then, day, weight).unwrap());
    assert_eq!(shares(BEFORE, BEFORE, Weight::Area), [(1, 1, 1)]);
    assert_eq!(shares(BEFORE, MERGER, Weight::Area), [(2, 1, 3), (3, 2, 3)]);
    assert_eq!(shares(BEFORE, LATER, Weight::Area), [(2, 1, 3), (3, 1, 6), (4, 1, 2)]);
    assert_eq!(shares(BEFORE, LATER, Weight::Population), [(2, 3, 4), (3, 1, 8), (4, 1, 8)]);
    let of_c = units.shares(UnitId(3), MERGER, LATER, Weight::Area).unwrap();
    assert_eq!(fractions(&of_c), [(3, 1, 4), (4, 3, 4)]);
    let of_c = units.shares(UnitId(3), LATER, LATER, Weight::Area).unwrap();
    assert_eq!(
        fractions(&of_c),
        [(3, 1, 1)],
        "what it reports after it gave a part away is its own"
    );
}

#[test]
fn figures_that_go_nowhere_are_said_to() {
    let units = Units::new(vec![
        old(1, "A", None),
        old(2, "B", None),
        on(MERGER, 1, What::Dissolve { into: None }),
        on(MERGER, 2, What::Dissolve { into: Some(UnitId(1)) }),
        found(3, Moment::On(MERGER), "C", None),
    ]);
    let shares = |unit, then, day| units.shares(UnitId(unit), then, day, Weight::Equal);
    let gone = Astray::NoSuccessor { unit: UnitId(1), on: MERGER };
    assert_eq!(shares(1, BEFORE, LATER), Err(gone));
    assert_eq!(shares(2, BEFORE, LATER), Err(Astray::NoSuccessor { unit: UnitId(1), on: LATER }));
    assert_eq!(shares(3, BEFORE, LATER), Err(Astray::NotThere { unit: UnitId(3), on: BEFORE }));
    assert_eq!(shares(3, LATER, BEFORE), Err(Astray::NotThere { unit: UnitId(3), on: BEFORE }));
    assert_eq!(shares(9, BEFORE, LATER), Err(Astray::Unknown(UnitId(9))));
}

#[test]
fn weights_too_fine_for_whole_numbers_are_refused() {
    let split = |into: [u32; 2]| What::Split(vec![part(into[0], u64::MAX, 1), part(into[1], 1, 1)]);
    let units = Units::new(vec![
        old(1, "A", None),
        found(2, Moment::On(MERGER), "B", None),
        found(3, Moment::On(MERGER), "C", None),
        on(MERGER, 1, split([2, 3])),
    ]);
    let shares = units.shares(UnitId(1), BEFORE, MERGER, Weight::Area);
    assert_eq!(shares, Err(Astray::TooFine(UnitId(1))));
}

#[test]
fn every_flaw_is_told() {
    let split = |parts| on(MERGER, 1, What::Split(parts));
    let bare = |into| Part { into: UnitId(into), area: None, population: None };
    let fine = vec![old(1, "A", None), old(2, "B", None)];
    assert!(flaws(fine.clone()).is_empty());
    let after = |more: Vec<Change>| flaws([fine.clone(), more].concat());
    let twin = |mut it: Change| {
        if let What::Found { code, .. } = &mut it.what {
            *code = Some("C1".to_owned());
        }
        it
    };
    assert_eq!(after(vec![twin(old(3, "D", None))]), ["same_code"]);
    assert_eq!(after(vec![old(3, "B", None)]), ["same_name"]);
    assert_eq!(after(vec![old(3, "C", Some(7))]), ["parent_not_there"]);
    let orphan = after(vec![old(3, "C", Some(2)), on(MERGER, 2, What::Merge(UnitId(1)))]);
    assert_eq!(orphan, ["parent_not_there"]);
    let round = vec![old(3, "C", Some(4)), old(4, "D", Some(3))];
    assert_eq!(after(round), ["under_itself", "under_itself"]);
    assert_eq!(after(vec![on(MERGER, 1, What::Merge(UnitId(7)))]), ["successor_not_there"]);
    assert_eq!(after(vec![on(MERGER, 7, What::Rename("X".to_owned()))]), ["never_founded"]);
    let twice = vec![on(MERGER, 1, What::Merge(UnitId(2))), on(LATER, 1, What::Recode(None))];
    assert_eq!(after(twice), ["not_there"]);
    assert_eq!(after(vec![old(2, "Z", None)]), ["founded_twice"]);
    assert_eq!(after(vec![on(MERGER, 1, What::Dissolve { into: None })]), ["without_successor"]);
    assert_eq!(after(vec![split(vec![bare(2)])]), ["rest_unknown"]);
    let third = old(3, "C", None);
    let weightless = vec![third.clone(), split(vec![bare(2), bare(3)])];
    assert_eq!(after(weightless), ["part_without_weight", "part_without_weight"]);
    let stray = vec![third, on(MERGER, 1, What::Weigh(part(3, 1, 1)))];
    assert_eq!(after(stray), ["no_such_part"]);
    let open = Moment::Between { after: BEFORE, by: LATER };
    assert_eq!(after(vec![change(1, open, What::Rename("Y".to_owned()))]), ["open_day"]);
}

#[test]
fn a_day_that_two_lists_leave_open_is_settled_by_a_source_that_knows_it() {
    let open = Moment::Between { after: MERGER, by: LATER };
    let told = vec![old(1, "A", None), change(1, open, What::ChangeKind(Kind::Ward))];
    assert_eq!(flaws(told.clone()), ["open_day"]);
    let known = Change { when: Moment::On(date(2025, 12, 1)), ..told[1].clone() };
    let units = Units::new([told, vec![known]].concat());
    assert!(units.check().is_empty());
    let unit = units.get(UnitId(1)).unwrap();
    assert_eq!(unit.kind_on(date(2025, 11, 30)), Some(Kind::Commune));
    assert_eq!(unit.kind_on(date(2025, 12, 1)), Some(Kind::Ward));
    assert_eq!(unit.kinds().len(), 2);
}

#[test]
fn units_that_are_under_themselves_still_stand_in_the_tree() {
    let units = Units::new(vec![old(1, "A", Some(2)), old(2, "B", Some(1)), old(3, "C", Some(9))]);
    assert_eq!(units.tree(Line::State, MERGER).len(), 3);
    let kinds: Vec<FlawKind> = units.check().into_iter().map(|it| it.kind).collect();
    assert_eq!(kinds.len(), 3);
}

#[test]
fn changes_read_back_from_json() {
    let changes = vec![
        old(1, "A", None),
        on(MERGER, 1, What::Split(vec![part(2, 1, 0)])),
        change(1, Moment::Between { after: BEFORE, by: LATER }, What::ChangeKind(Kind::Ward)),
        on(MERGER, 1, What::Dissolve { into: None }),
        on(MERGER, 1, What::Move { line: Line::Party, parent: None }),
    ];
    let text = serde_json::to_string(&changes).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Change>>(&text).unwrap(), changes);
    let kept = r#"{"unit":7,"when":{"on":"2025-07-01"},"what":{"merge":9},"source":"table:12"}"#;
    let change: Change = serde_json::from_str(kept).unwrap();
    assert_eq!(change.what, What::Merge(UnitId(9)), "what stores hold must read for ever");
    assert_eq!(serde_json::to_string(&change).unwrap(), kept);
}

/// Shares that add up to 1, some of them with other denominators than the rest.
fn shares() -> impl Strategy<Value = Vec<Share>> {
    prop::collection::vec(1_u64..1_000_000, 1..9).prop_map(|weights| {
        let units = Units::new(
            (1..=weights.len() as u32 + 1)
                .map(|it| old(it, &format!("U{it}"), None))
                .chain([on(
                    MERGER,
                    1,
                    What::Split(
                        (2..).zip(&weights).map(|(it, weight)| part(it, *weight, 1)).collect(),
                    ),
                )])
                .collect(),
        );
        units.shares(UnitId(1), BEFORE, MERGER, Weight::Area).unwrap()
    })
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nobody_is_off_by_one(total: i64, shares in shares()) {
        let parts = apportion(total, &shares);
        prop_assert_eq!(parts.iter().map(|it| i128::from(*it)).sum::<i128>(), i128::from(total));
        for (part, share) in parts.iter().zip(&shares) {
            let off = i128::from(*part) * i128::from(share.denominator)
                - i128::from(total) * i128::from(share.numerator);
            prop_assert!(off.abs() < i128::from(share.denominator));
        }
    }

    #[test]
    fn the_opposite_is_shared_as_the_opposite(total in -i64::MAX..i64::MAX, shares in shares()) {
        let opposite: Vec<i64> = apportion(-total, &shares).iter().map(|it| -it).collect();
        prop_assert_eq!(apportion(total, &shares), opposite);
    }

    #[test]
    fn no_smaller_remainder_is_served_before_a_larger(total in 0_i64..1_000_000, shares in shares()) {
        let parts = apportion(total, &shares);
        let rest = |at: usize| {
            let share = &shares[at];
            let product = i128::from(total) * i128::from(share.numerator);
            (product % i128::from(share.denominator), i128::from(share.denominator),
             i128::from(parts[at]) > product / i128::from(share.denominator))
        };
        for a in 0..shares.len() {
            for b in 0..shares.len() {
                let ((left, left_of, left_up), (right, right_of, right_up)) = (rest(a), rest(b));
                let is_larger = left * right_of > right * left_of
                    || left * right_of == right * left_of && a < b;
                prop_assert!(!(is_larger && right_up && !left_up));
            }
        }
    }
}
