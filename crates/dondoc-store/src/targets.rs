//! Targets (*chỉ tiêu giao*): what a unit should reach in a period. A new one replaces the one before; both are kept.

use dondoc_core::{figure::Series, period::Period, unit::UnitId};

use crate::{
    blocks::{Digest, Digesting},
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// What should be reached, scaled as the indicator's figures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetValue {
    /// A number.
    Value(i64),
    /// A share, by its parts: 95 % is 95 of 100.
    Ratio {
        /// How many should have it.
        numerator: i64,
        /// Of how many.
        denominator: i64,
    },
}

/// A target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Of what.
    pub series: Series,
    /// Whose.
    pub unit: UnitId,
    /// Of when.
    pub period: Period,
    /// What should be reached.
    pub value: TargetValue,
    /// Who says so: a document by number, date and issuer.
    pub source: String,
}

/// A target that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTarget {
    /// Its number; the highest of a series, unit and period is in force.
    pub id: i64,
    /// What it says.
    pub target: Target,
    /// Who kept it, and when.
    pub by: By,
}

/// Keeps a target, and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn set(tx: &mut Tx<'_>, target: &Target, by: &By) -> Result<i64, StoreError> {
    let id = tx.take_ids("target", 1)?;
    let digest = digest(id, target, by);
    let (value, denominator) = parts(target.value);
    let (unit_id, period) = (i64::from(target.unit.0), target.period.to_string());
    let at = by.moment();
    tx.execute(
        sql!("targets/set"),
        &[
            &id,
            &target.series.indicator,
            &target.series.option,
            &unit_id,
            &period,
            &value,
            &denominator,
            &target.source,
            &by.actor,
            &at,
            &digest.0.as_slice(),
        ],
    )?;
    Ok(id)
}

/// The targets of a unit for a period, those in force and those before, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or one of them is damaged.
pub fn of(tx: &mut Tx<'_>, unit: UnitId, period: Period) -> Result<Vec<KeptTarget>, StoreError> {
    if !tx.sees(unit) {
        return Ok(Vec::new());
    }
    tx.query(sql!("targets/of"), &[&i64::from(unit.0), &period.to_string()], read)
}

/// The targets of all units for a period, those in force and those before, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or one of them is damaged.
pub fn of_period(tx: &mut Tx<'_>, period: Period) -> Result<Vec<KeptTarget>, StoreError> {
    tx.query(sql!("targets/of_period"), &[&period.to_string()], read)
}

/// The target in force for a series, unit and period.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or one of them is damaged.
pub fn in_force(
    tx: &mut Tx<'_>,
    series: &Series,
    unit: UnitId,
    period: Period,
) -> Result<Option<KeptTarget>, StoreError> {
    Ok(of(tx, unit, period)?.into_iter().rfind(|it| it.target.series == *series))
}

fn parts(value: TargetValue) -> (i64, Option<i64>) {
    match value {
        TargetValue::Value(value) => (value, None),
        TargetValue::Ratio { numerator, denominator } => (numerator, Some(denominator)),
    }
}

fn digest(id: i64, target: &Target, by: &By) -> Digest {
    let (value, denominator) = parts(target.value);
    Digesting::new("dondoc target 1")
        .int(id)
        .text(&target.series.indicator)
        .maybe_text(target.series.option.as_deref())
        .int(target.unit.0.into())
        .text(&target.period.to_string())
        .int(value)
        .maybe_int(denominator)
        .text(&target.source)
        .text(&by.actor)
        .text(&by.moment())
        .done()
}

pub(crate) fn read(row: &Row<'_>) -> Result<KeptTarget, BoxError> {
    let value = row.int(5)?;
    let value = match row.maybe_int(6)? {
        None => TargetValue::Value(value),
        Some(denominator) => TargetValue::Ratio { numerator: value, denominator },
    };
    let target = Target {
        series: Series { indicator: row.text(1)?, option: row.maybe_text(2)? },
        unit: UnitId(row.int(3)?.try_into()?),
        period: row.text(4)?.parse()?,
        value,
        source: row.text(7)?,
    };
    let (id, by) = (row.int(0)?, By { actor: row.text(8)?, at: row.text(9)?.parse()? });
    if digest(id, &target, &by) != Digest::read(&row.bytes(10)?)? {
        return Err(format!("target {id} is damaged: its digest does not hold").into());
    }
    Ok(KeptTarget { id, target, by })
}
