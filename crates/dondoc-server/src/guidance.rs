//! What stands behind the rows of a form: their names, and what they count, how and by which document.

use dondoc_core::{
    aggregation::Aggregation,
    pack::{BreakdownOption, Indicator, Pack, Row, Text},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Bilingual;

/// What a row counts, how and by which document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GuidanceView {
    /// The indicator by its name.
    name: Bilingual,
    /// Of a share: what the one part counts.
    numerator: Option<Bilingual>,
    /// Of a share: what the other part counts.
    denominator: Option<Bilingual>,
    /// How periods make a year: `sum`, `weighted_average`, `last`, `max` or `none`.
    #[schema(value_type = String)]
    over_time: Aggregation,
    /// What is to be reached, in words.
    target: Option<Bilingual>,
    /// The registers that it is counted from.
    counted_from: Vec<Bilingual>,
    /// Of one that is worked out: how.
    formula: Option<String>,
    /// The documents that ask for it, by their names.
    basis: Vec<Bilingual>,
}

impl GuidanceView {
    pub(crate) fn new(pack: &Pack, indicator: &Indicator) -> Self {
        let ratio = indicator.ratio.as_ref();
        let registers = indicator.counted.iter().filter_map(|it| pack.register(&it.register));
        let basis = pack.sources.iter().filter(|it| indicator.basis.contains(&it.code));
        Self {
            name: (&indicator.name).into(),
            numerator: ratio.map(|it| (&it.numerator).into()),
            denominator: ratio.map(|it| (&it.denominator).into()),
            over_time: indicator.over_time,
            target: indicator.target.as_ref().map(Bilingual::from),
            counted_from: registers.map(|it| (&it.name).into()).collect(),
            formula: indicator.formula.clone(),
            basis: basis.map(|it| (&it.name).into()).collect(),
        }
    }
}

/// A row as it is shown: its title, or else the names of its options, or of its indicator.
pub(crate) fn name(pack: &Pack, row: &Row, indicator: Option<&Indicator>) -> Bilingual {
    if let Some(title) = &row.title {
        return title.into();
    }
    let options = options(pack, row, indicator);
    if options.is_empty() {
        return indicator.map(|it| (&it.name).into()).unwrap_or_default();
    }
    let joined = |of: fn(&Text) -> &str| {
        let names: Vec<&str> = options.iter().map(|it| of(&it.name)).collect();
        names.join(", ")
    };
    Bilingual { vi: joined(|it| &it.vi), en: joined(|it| &it.en) }
}

/// The unit of measure as printed: that of the option, where it has its own.
pub(crate) fn measure(pack: &Pack, row: &Row, indicator: Option<&Indicator>) -> Option<String> {
    let own = options(pack, row, indicator).first().and_then(|it| it.measure.clone());
    own.or_else(|| indicator.map(|it| it.measure.clone()))
}

fn options<'a>(
    pack: &'a Pack,
    row: &Row,
    indicator: Option<&Indicator>,
) -> Vec<&'a BreakdownOption> {
    let (Some(codes), Some(indicator)) = (&row.option, indicator) else { return Vec::new() };
    let all = indicator.breakdowns.iter().filter_map(|it| pack.breakdown(it));
    let all: Vec<&BreakdownOption> = all.flat_map(|it| &it.options).collect();
    codes.split('+').filter_map(|code| all.iter().copied().find(|it| it.code == code)).collect()
}
