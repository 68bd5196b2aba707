//! Which entries a later one took the place of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    entry::{FieldValue, Fields},
    fold::bare,
    pack::Register,
    unit::UnitId,
};

/// The numbers of the entries that a later one of the same unit took the place of, by [`Register::latest_of`]; none where
/// every entry stands for itself.
///
/// Later is the later day of the entry; on the same day, what was noted down later.
pub fn superseded<'a>(
    register: &Register,
    entries: impl Iterator<Item = (i64, UnitId, Date, &'a Fields)>,
) -> BTreeSet<i64> {
    let mut superseded = BTreeSet::new();
    if register.latest_of.is_empty() {
        return superseded;
    }
    let mut latest: BTreeMap<(UnitId, Vec<String>), (Date, i64)> = BTreeMap::new();
    for (id, unit, on, fields) in entries {
        let about = register.latest_of.iter().map(|it| said(fields.get(it)));
        let before = latest.entry((unit, about.collect())).or_insert((on, id));
        if before.1 != id {
            let (earlier, later) = ((*before).min((on, id)), (*before).max((on, id)));
            superseded.insert(earlier.1);
            *before = later;
        }
    }
    superseded
}

/// What a field says, alike for two spellings of one name.
fn said(value: Option<&FieldValue>) -> String {
    match value {
        None => String::new(),
        Some(FieldValue::Text(text)) => bare(text),
        Some(other) => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn register(latest_of: &[&str]) -> Register {
        serde_json::from_value(serde_json::json!({
            "code": "damage", "name": { "vi": "Sổ", "en": "Register" }, "fields": [], "latest_of": latest_of,
        }))
        .unwrap()
    }

    fn about(name: &str) -> Fields {
        [("incident".to_owned(), FieldValue::Text(name.to_owned()))].into()
    }

    #[test]
    fn the_latest_of_a_unit_takes_the_place_of_those_before_whatever_their_order() {
        let (storm, flood) = (about("Bão số 3"), about("lũ quét"));
        let (one, other) = (UnitId(1), UnitId(2));
        let entries = [
            (1, one, date(2026, 9, 7), &storm),
            (2, one, date(2026, 9, 9), &storm),
            (3, one, date(2026, 9, 8), &storm),
            (4, other, date(2026, 9, 7), &storm),
            (5, one, date(2026, 9, 1), &flood),
        ];
        let wanted = BTreeSet::from([1, 3]);
        let register = register(&["incident"]);
        assert_eq!(superseded(&register, entries.into_iter()), wanted);
        assert_eq!(superseded(&register, entries.into_iter().rev()), wanted);
    }

    #[test]
    fn a_name_is_the_same_however_it_is_spelled_and_a_day_goes_to_the_last_that_was_noted() {
        let (one, other) = (about("Bão số 3"), about("bao so 3"));
        let day = date(2026, 9, 7);
        let entries = [(1, UnitId(1), day, &one), (2, UnitId(1), day, &other)];
        let register = register(&["incident"]);
        assert_eq!(superseded(&register, entries.into_iter()), BTreeSet::from([1]));
    }

    #[test]
    fn where_every_entry_stands_for_itself_none_is_superseded() {
        let storm = about("Bão số 3");
        let day = date(2026, 9, 7);
        let entries = [(1, UnitId(1), day, &storm), (2, UnitId(1), day, &storm)];
        assert!(superseded(&register(&[]), entries.into_iter()).is_empty());
    }
}
