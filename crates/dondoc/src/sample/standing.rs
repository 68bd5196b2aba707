//! What the sample province was to reach, and how it was rated from above.

use std::sync::Arc;

use dondoc_core::{figure::Series, period::Period, problem::Language};
use dondoc_ledger::Ledger;
use dondoc_store::{
    Action, Store, StoreError,
    targets::{self, Target, TargetValue},
};

use crate::{commands::registers::note_all, question::today};

const RATINGS: (&str, &[u8]) = (
    "lam-giang-ratings.json",
    include_bytes!("../../../../testdata/figures/lam-giang-ratings.json"),
);
const PLAN: &str = "Kế hoạch số 146/KH-UBND của UBND tỉnh Lam Giang (mẫu)";
const YEAR: Period = Period::Year { year: 2026 };

/// For the province in 2026, in the smallest unit of each indicator.
const TARGETS: [(&str, TargetValue); 4] = [
    ("KVPT.02.02", TargetValue::Value(6_000)),
    ("KVPT.06.02", TargetValue::Ratio { numerator: 90, denominator: 100 }),
    ("KVPT.07.03", TargetValue::Value(20_000)),
    ("KVPT.11.02", TargetValue::Ratio { numerator: 95, denominator: 100 }),
];

/// Puts targets and ratings into a store that has no targets for the sample year yet.
///
/// # Errors
///
/// The store can't be written, or the sample does not fit the program any more.
pub(crate) fn put_into(store: &Arc<Store>, language: Language) -> anyhow::Result<()> {
    if !store.read(|tx| targets::of_period(tx, YEAR))?.is_empty() {
        return Ok(());
    }
    let by = super::by()?;
    let ledger = Ledger::open(Arc::clone(store), today())?;
    let Some(unit) = ledger.look(|books| books.units.by_key("lg")) else { return Ok(()) };
    store.write(|tx| {
        for (indicator, value) in TARGETS {
            let series = Series { indicator: indicator.to_owned(), option: None };
            let target = Target { series, unit, period: YEAR, value, source: PLAN.to_owned() };
            targets::set(tx, &target, &by)?;
        }
        let object = format!("{unit} {YEAR}");
        let action = Action { by: by.clone(), verb: "target.set", object };
        Ok::<_, StoreError>(((), action))
    })?;
    note_all(&ledger, RATINGS, &by, language)?;
    Ok(())
}
