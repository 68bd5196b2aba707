//! Where the figures of a unit lie on a later day, and sharing them out so that nothing is lost.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::unit::{Change, Part, UnitId, Units, What};

/// By what the figures of a split unit are shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Weight {
    /// By area: land, forests.
    Area,
    /// By people: most figures.
    Population,
    /// The same for each part: what neither land nor people tell.
    Equal,
}

/// A share of a unit's figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Share {
    /// Where it lies.
    pub unit: UnitId,
    /// Over [`Share::denominator`], in lowest terms; may be 0.
    pub numerator: i64,
    /// At least 1.
    pub denominator: i64,
    /// Whether a weight decided, and not the sources: true as soon as any split on the way could be shared otherwise.
    pub estimated: bool,
    /// Whether the weight that was asked for was unknown for a split on the way, so that its parts counted the same.
    pub fell_back: bool,
}

/// Where figures of a unit lie can't be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Astray {
    /// There is no such unit.
    #[error("there is no unit {0}")]
    Unknown(UnitId),
    /// The unit does not live on the day of the figures.
    #[error("unit {unit} does not exist on {on}")]
    NotThere {
        /// The unit.
        unit: UnitId,
        /// The day.
        on: Date,
    },
    /// A unit on the way ended, and no source says what became of it.
    #[error("unit {unit} ended on {on}, and nothing says what became of it")]
    NoSuccessor {
        /// The unit that ended.
        unit: UnitId,
        /// Its first day of being no more.
        on: Date,
    },
    /// The weights make fractions that do not fit 63 bits.
    #[error("the shares of unit {0} are too fine")]
    TooFine(UnitId),
}

/// A fraction on the way.
#[derive(Clone, Copy)]
struct Portion {
    numerator: u128,
    denominator: u128,
    estimated: bool,
    fell_back: bool,
}

impl Units {
    /// Where the figures that a unit had on day `then` lie in the trees of a later day `on`.
    ///
    /// A whole successor has all, exactly. A split shares by `weight`; the fractions add up to exactly 1 and are marked as
    /// estimated, unless the weight leaves one part only. Changes one after the other multiply. In the order of the
    /// units' numbers. A change whose day is left open counts from the day on which it is vouched for
    /// ([`crate::unit::Moment::effective`]).
    ///
    /// # Errors
    ///
    /// [`Astray`] if the unit does not exist on `then`, or if no source says what became of it.
    pub fn shares(
        &self,
        unit: UnitId,
        then: Date,
        on: Date,
        weight: Weight,
    ) -> Result<Vec<Share>, Astray> {
        let found = self.get(unit).ok_or(Astray::Unknown(unit))?;
        if !found.life().contains(then) {
            return Err(Astray::NotThere { unit, on: then });
        }
        if on < then && !found.life().contains(on) {
            return Err(Astray::NotThere { unit, on });
        }
        let whole = Portion { numerator: 1, denominator: 1, estimated: false, fell_back: false };
        let mut sums = BTreeMap::new();
        let way = Way { units: self, on, weight, asked: unit };
        way.follow(unit, then, whole, &mut sums)?;
        sums.into_iter()
            .map(|(at, portion)| {
                let fits = |it: u128| i64::try_from(it).map_err(|_| Astray::TooFine(unit));
                Ok(Share {
                    unit: at,
                    numerator: fits(portion.numerator)?,
                    denominator: fits(portion.denominator)?,
                    estimated: portion.estimated,
                    fell_back: portion.fell_back,
                })
            })
            .collect()
    }
}

/// The way of figures through the changes up to a day.
struct Way<'u> {
    units: &'u Units,
    on: Date,
    weight: Weight,
    asked: UnitId,
}

impl Way<'_> {
    fn follow(
        &self,
        unit: UnitId,
        after: Date,
        portion: Portion,
        sums: &mut BTreeMap<UnitId, Portion>,
    ) -> Result<(), Astray> {
        let next = self.units.history(unit).into_iter().find_map(|change| {
            let day = change.when.effective()?;
            let goes_over = change.unit == unit && !change.what.successors().is_empty();
            let ends = change.unit == unit && change.what.ends(unit);
            ((goes_over || ends) && after < day && day <= self.on).then_some((day, change))
        });
        let Some((day, change)) = next else {
            return self.add(unit, portion, sums);
        };
        match &change.what {
            What::Merge(into) | What::Dissolve { into: Some(into) } => {
                self.follow(*into, day, portion, sums)
            }
            What::Split(parts) => {
                let parts = self.weighed(change, parts);
                for (into, portion) in self.divide(&parts, portion)? {
                    self.follow(into, day, portion, sums)?;
                }
                Ok(())
            }
            _ => Err(Astray::NoSuccessor { unit, on: day }),
        }
    }

    fn add(
        &self,
        unit: UnitId,
        portion: Portion,
        sums: &mut BTreeMap<UnitId, Portion>,
    ) -> Result<(), Astray> {
        if !self.units.get(unit).is_some_and(|it| it.life().contains(self.on)) {
            return Err(Astray::NoSuccessor { unit, on: self.on });
        }
        let sum = match sums.get(&unit) {
            Some(before) => before.plus(portion).ok_or(Astray::TooFine(self.asked))?,
            None => portion.reduced(),
        };
        sums.insert(unit, sum);
        Ok(())
    }

    /// The parts of a split, with the weights that became known later.
    fn weighed(&self, split: &Change, parts: &[Part]) -> Vec<Part> {
        let mut parts = parts.to_vec();
        for change in self.units.history(split.unit) {
            if let What::Weigh(known) = change.what
                && change.unit == split.unit
                && change.when.effective() == split.when.effective()
            {
                for part in parts.iter_mut().filter(|it| it.into == known.into) {
                    part.area = known.area.or(part.area);
                    part.population = known.population.or(part.population);
                }
            }
        }
        parts
    }

    fn divide(&self, parts: &[Part], whole: Portion) -> Result<Vec<(UnitId, Portion)>, Astray> {
        let asked = parts.iter().map(|part| match self.weight {
            Weight::Area => part.area,
            Weight::Population => part.population,
            Weight::Equal => Some(1),
        });
        let known: Option<Vec<u64>> = asked.collect();
        let known = known.filter(|it| it.iter().any(|weight| *weight > 0));
        let fell_back = known.is_none();
        let weights = known.unwrap_or_else(|| vec![1; parts.len()]);
        let total: u128 = weights.iter().map(|it| u128::from(*it)).sum();
        // One known successor of several, or all weight on one part given by a source: nobody had to guess.
        let is_settled = !fell_back
            && self.weight != Weight::Equal
            && weights.iter().filter(|it| **it > 0).count() == 1
            && parts.len() > 1;
        let divided = parts.iter().zip(weights).filter(|(_, weight)| *weight > 0);
        divided
            .map(|(part, weight)| {
                let portion = whole.times(u128::from(weight), total);
                let mut portion = portion.ok_or(Astray::TooFine(self.asked))?;
                portion.estimated |= !is_settled;
                portion.fell_back |= fell_back;
                Ok((part.into, portion))
            })
            .collect()
    }
}

impl Portion {
    fn reduced(self) -> Self {
        let divisor = gcd(self.numerator, self.denominator).max(1);
        Self {
            numerator: self.numerator / divisor,
            denominator: self.denominator / divisor,
            ..self
        }
    }

    fn times(self, numerator: u128, denominator: u128) -> Option<Self> {
        let by = Self { numerator, denominator, ..self }.reduced();
        Some(
            Self {
                numerator: self.numerator.checked_mul(by.numerator)?,
                denominator: self.denominator.checked_mul(by.denominator)?,
                ..self
            }
            .reduced(),
        )
    }

    fn plus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Some(
            Self {
                numerator: left.checked_add(right)?,
                denominator: self.denominator.checked_mul(other.denominator)?,
                estimated: self.estimated || other.estimated,
                fell_back: self.fell_back || other.fell_back,
            }
            .reduced(),
        )
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Shares a total out in whole numbers that add up to it exactly, by largest remainder.
///
/// Each share first gets its part rounded towards zero; what is left over goes, one each, to the largest remainders, and
/// of equal remainders to the one that stands first. A negative total is shared as its opposite and turned round. The shares
/// have to add up to 1, as those of [`Units::shares`] do; what others would leave over goes to the first.
///
/// # Example
///
/// ```
/// use dondoc_core::unit::{Share, UnitId, apportion};
///
/// let third = |unit| Share { unit: UnitId(unit), numerator: 1, denominator: 3, estimated: true, fell_back: false };
/// assert_eq!(apportion(100, &[third(1), third(2), third(3)]), [34, 33, 33]);
/// assert_eq!(apportion(-100, &[third(1), third(2), third(3)]), [-34, -33, -33]);
/// ```
#[must_use]
pub fn apportion(total: i64, shares: &[Share]) -> Vec<i64> {
    let size = i128::from(total.unsigned_abs());
    let exact = |share: &Share| {
        let product = size * i128::from(share.numerator);
        let denominator = i128::from(share.denominator.max(1));
        (product / denominator, product % denominator)
    };
    let (mut parts, remainders): (Vec<i128>, Vec<i128>) = shares.iter().map(exact).unzip();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder.sort_by(|a, b| {
        let left = remainders[*a] * i128::from(shares[*b].denominator.max(1));
        let right = remainders[*b] * i128::from(shares[*a].denominator.max(1));
        right.cmp(&left).then(a.cmp(b))
    });
    let left_over = size - parts.iter().sum::<i128>();
    let n_more = usize::try_from(left_over).unwrap_or(0).min(shares.len());
    for at in by_remainder.iter().take(n_more) {
        parts[*at] += 1;
    }
    let still_left = size - parts.iter().sum::<i128>();
    if let Some(first) = parts.first_mut() {
        *first += still_left;
    }
    let sign = i128::from(total.signum());
    parts.into_iter().map(|it| i64::try_from(sign * it).unwrap_or(total)).collect()
}
