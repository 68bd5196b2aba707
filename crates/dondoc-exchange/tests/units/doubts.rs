//! Every inconsistency of the real files is told, with its row; none is repaired silently.

use std::collections::BTreeMap;

use dondoc_core::unit::{FlawKind, Units};
use dondoc_exchange::units::{self, Doubt, DoubtKind, Outcome, Vouched};
use jiff::civil::date;

use crate::source::{
    DRAFT, LIST_2026, Loaded, MERGES, OLD_LISTS, PROVINCES, REFORM, everything, real, reform,
};

fn count<'d>(doubts: impl IntoIterator<Item = &'d Doubt>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for doubt in doubts {
        *counts.entry(doubt.kind.code()).or_default() += 1;
    }
    counts
}

fn rows(doubts: &[Doubt], kind: DoubtKind) -> Vec<(u32, &str)> {
    let told = doubts.iter().filter(|it| it.kind == kind);
    told.map(|it| (it.row.unwrap_or_default(), it.words.as_str())).collect()
}

#[test]
fn the_slips_of_the_table_are_told_with_their_rows() {
    let Some(loaded) = reform() else { return };
    let doubts = &loaded.steps[0].doubts;
    let twice = rows(doubts, DoubtKind::CodeTwice);
    assert_eq!(
        twice,
        [
            (424, "00553: Xã Cổ Bi, Xã Đặng Xá"),
            (912, "01615: Xã Hồng Quang, Xã Mỹ Hưng"),
            (1260, "02485: Xã Công Đa, Xã Phú Thịnh"),
        ]
    );
    assert_eq!(rows(doubts, DoubtKind::TwoCodes), [(426, "Xã Đặng Xá: 00556, 00553")]);
    let wrong = rows(doubts, DoubtKind::WrongCodeOfParent);
    assert_eq!(wrong, [(6212, "Quảng Trị (44) ≠ Tỉnh Quảng Trị (45)")]);
    let wrong: Vec<u32> = rows(doubts, DoubtKind::WrongParent).into_iter().map(|it| it.0).collect();
    assert_eq!(wrong, [9532, 10652]);
    assert_eq!(rows(doubts, DoubtKind::NoKindWord).len(), 6);
    assert!(rows(doubts, DoubtKind::UnknownNote).is_empty());
}

#[test]
fn tone_placement_is_one_kind_of_doubt_and_no_change_of_name() {
    let Some(loaded) = reform() else { return };
    let plan = &loaded.steps[1].plan;
    // Measured on the names of both lists, outside this code.
    assert_eq!(rows(&plan.doubts, DoubtKind::TonePlacement).len(), 190);
    assert!(rows(&plan.doubts, DoubtKind::Renamed).is_empty());
}

#[test]
fn the_draft_with_wrong_codes_is_refused() {
    let (Some(loaded), Some(draft)) = (reform(), real(DRAFT)) else { return };
    let after_table = Units::new(loaded.steps[0].plan.changes.clone());
    let vouched = Vouched { days: vec![REFORM] };
    for day in [REFORM, date(2025, 8, 1)] {
        let (file, _) = units::read(DRAFT, &draft, Some(day)).unwrap();
        let plan = units::plan(&after_table, &vouched, &file);
        assert_eq!(plan.outcome, Outcome::Refused);
        assert!(plan.changes.is_empty());
        // 114 codes are not in the final list, 9 mean another unit.
        assert_eq!(rows(&plan.doubts, DoubtKind::CodeMeansAnother).len(), 9);
        assert_eq!(rows(&plan.doubts, DoubtKind::Recoded).len(), 114 + 9);
    }
}

#[test]
fn the_code_list_of_the_provinces_agrees() {
    let (Some(loaded), Some(bytes)) = (reform(), real(PROVINCES)) else { return };
    let (file, _) = units::read(PROVINCES, &bytes, Some(date(2026, 7, 25))).unwrap();
    let plan = units::plan(&loaded.units, &loaded.vouched, &file);
    assert_eq!(plan.outcome, Outcome::Known);
    assert!(plan.doubts.is_empty(), "{:?}", plan.doubts);
}

#[test]
fn what_the_resolutions_say_otherwise_is_told_and_not_taken_over() {
    let (Some(loaded), Some(bytes)) = (reform(), real(MERGES)) else { return };
    let (file, _) = units::read(MERGES, &bytes, None).unwrap();
    let plan = units::plan(&loaded.units, &loaded.vouched, &file);
    assert_eq!(plan.outcome, Outcome::Compared);
    assert!(plan.changes.is_empty());
    // Of the 59 the islands' districts are no difference, nor is the slip of the pen that the table's own rows settle; the
    // land without commune is one more.
    let counts = count(&plan.doubts);
    assert_eq!(counts.get("pair_only_here"), Some(&43));
    assert_eq!(counts.get("pair_missing_here"), Some(&10));
    assert_eq!(43 + 10, 59 - 5 - 2 + 1);
}

#[test]
fn a_list_after_the_reform_is_refused_where_the_table_is_missing() {
    let Some(bytes) = real(OLD_LISTS[3]) else { return };
    let mut loaded = Loaded::default();
    loaded.add(OLD_LISTS[3], &bytes, date(2025, 1, 4));
    let step = loaded.add(LIST_2026, &real(LIST_2026).unwrap(), date(2026, 7, 25));
    assert_eq!(step.plan.outcome, Outcome::Refused);
    assert!(!rows(&step.plan.doubts, DoubtKind::TooMuchGone).is_empty());
}

#[test]
fn an_older_list_is_compared_only() {
    let (Some(loaded), Some(bytes)) = (everything(), real(OLD_LISTS[1])) else { return };
    let (file, _) = units::read("again.csv", &bytes, Some(date(2022, 1, 1))).unwrap();
    let plan = units::plan(&loaded.units, &loaded.vouched, &file);
    assert!(matches!(plan.outcome, Outcome::Known | Outcome::Compared));
    assert!(plan.changes.is_empty());
}

#[test]
fn the_check_of_the_loaded_units_tells_what_the_sources_leave() {
    let Some(loaded) = reform() else { return };
    let flaws = loaded.units.check();
    let n = |code: &str| flaws.iter().filter(|it| it.kind.code() == code).count();
    // Two slips of the pen; the twelve changes between the two lists; nothing else but missing weights.
    assert_eq!(n("same_code"), 2);
    assert_eq!(n("open_day"), 12);
    assert_eq!(n("same_code") + n("open_day") + n("part_without_weight"), flaws.len());
    let codes: Vec<&str> = flaws
        .iter()
        .filter_map(|it| match &it.kind {
            FlawKind::SameCode { code, .. } => Some(code.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(codes, ["01615", "02485"]);
}
