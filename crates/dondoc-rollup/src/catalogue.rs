//! What is added up, and by which rules.

use std::collections::HashMap;

use dondoc_core::{aggregation::Aggregation, figure::Series};

/// A series by its number in the [`Catalogue`]: dense, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesNo(pub u32);

/// Which units should report a series: a class that every [`Epoch`](crate::epoch::Epoch) knows the units of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Expectation(pub u16);

impl Expectation {
    /// All units that have nothing under them.
    pub const LEAVES: Self = Self(0);
}

/// A series with all that adding it up needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What is counted.
    pub series: Series,
    /// Whether its figures are ratios, of which both parts are added up.
    pub is_ratio: bool,
    /// Over the units under a unit.
    pub over_units: Aggregation,
    /// Over the periods that are asked for.
    pub over_time: Aggregation,
    /// Who should report it.
    pub expected: Expectation,
}

/// A series cannot be added up as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// The same series twice.
    #[error("`{}` stands in the catalogue twice", .0.indicator)]
    Twice(Series),
    /// A weighted average needs both parts.
    #[error("`{}` is a weighted average without parts; report numerator and denominator", .0.indicator)]
    NoParts(Series),
    /// "Last" is a rule over time.
    #[error("`{}`: \"last\" is no rule over units; use sum, wavg, max or none", .0.indicator)]
    LastOverUnits(Series),
}

/// All series that are added up, each with its number. Series are only ever added, so numbers hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    entries: Vec<Counted>,
    numbers: HashMap<Series, SeriesNo>,
    /// By number: plain numbers that add up over units. Beside the entries it takes a line of the cache for 64 of them.
    sums: Vec<bool>,
}

impl Catalogue {
    /// Numbers series in the order given.
    ///
    /// # Errors
    ///
    /// [`CatalogueError`] with the first series that does not fit.
    pub fn new(entries: impl IntoIterator<Item = Counted>) -> Result<Self, CatalogueError> {
        let mut catalogue = Self::default();
        for entry in entries {
            catalogue.add(entry)?;
        }
        Ok(catalogue)
    }

    /// The number of a series.
    #[must_use]
    pub fn number(&self, series: &Series) -> Option<SeriesNo> {
        self.numbers.get(series).copied()
    }

    /// What stands under a number.
    #[must_use]
    pub fn get(&self, series: SeriesNo) -> Option<&Counted> {
        self.entries.get(series.0 as usize)
    }

    /// Whether a series is of plain numbers that add up over units.
    pub(crate) fn is_sum(&self, series: SeriesNo) -> bool {
        self.sums.get(series.0 as usize).is_some_and(|it| *it)
    }

    /// All, in the order of their numbers.
    #[must_use]
    pub fn entries(&self) -> &[Counted] {
        &self.entries
    }

    pub(crate) fn add(&mut self, entry: Counted) -> Result<SeriesNo, CatalogueError> {
        if self.numbers.contains_key(&entry.series) {
            return Err(CatalogueError::Twice(entry.series));
        }
        let is_average = |it| it == Aggregation::WeightedAverage;
        if !entry.is_ratio && (is_average(entry.over_units) || is_average(entry.over_time)) {
            return Err(CatalogueError::NoParts(entry.series));
        }
        if entry.over_units == Aggregation::Last {
            return Err(CatalogueError::LastOverUnits(entry.series));
        }
        let number = SeriesNo(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.numbers.insert(entry.series.clone(), number);
        self.sums.push(!entry.is_ratio && entry.over_units == Aggregation::Sum);
        self.entries.push(entry);
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(rules: [Aggregation; 2], is_ratio: bool) -> Counted {
        let [over_units, over_time] = rules;
        let series = Series { indicator: "KVPT.02.01".to_owned(), option: None };
        Counted { series, is_ratio, over_units, over_time, expected: Expectation::LEAVES }
    }

    #[test]
    fn rules_that_cannot_work_are_refused() {
        use Aggregation::{Last, Sum, WeightedAverage};
        let check = |rules, is_ratio| Catalogue::new([counted(rules, is_ratio)]);
        assert!(check([Sum, Last], false).is_ok());
        assert!(check([WeightedAverage, WeightedAverage], true).is_ok());
        assert!(matches!(check([Sum, WeightedAverage], false), Err(CatalogueError::NoParts(_))));
        assert!(matches!(check([Last, Sum], false), Err(CatalogueError::LastOverUnits(_))));
        let twice = Catalogue::new([counted([Sum, Sum], false), counted([Sum, Sum], false)]);
        assert!(matches!(twice, Err(CatalogueError::Twice(_))));
    }
}
