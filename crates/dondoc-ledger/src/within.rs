//! The ledger as somebody sees it who may see some units alone.
//!
//! It stands behind whatever the caller decides by itself, so that a decision that was forgotten tells no figure of others.

use dondoc_core::{
    access::Scope,
    figure::{Figure, Series},
    period::Period,
    unit::UnitId,
};
use dondoc_rollup::{total::Total, value::Value};
use dondoc_store::blocks::BlockId;

use crate::{
    Ledger, LedgerError, Question,
    grid::{Sheet, Table},
    owed::{Asked, Owed},
    total::Makeup,
    trace::Version,
};

/// A ledger with a scope.
pub struct Within<'l> {
    ledger: &'l Ledger,
    scope: &'l Scope,
}

impl Ledger {
    /// The ledger as far as a scope goes.
    #[must_use]
    pub fn within<'l>(&'l self, scope: &'l Scope) -> Within<'l> {
        Within { ledger: self, scope }
    }
}

impl Within<'_> {
    /// Goes on only with a unit that is in the scope; of another one nothing is known here.
    ///
    /// # Errors
    ///
    /// [`LedgerError::NotThere`].
    pub fn must_see(&self, unit: UnitId) -> Result<(), LedgerError> {
        if self.scope.covers(unit) {
            return Ok(());
        }
        Err(LedgerError::NotThere { what: "unit", name: unit.to_string() })
    }

    /// As [`Ledger::table`], of units in the scope alone.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] as there, and as [`Within::must_see`].
    pub fn table(&self, table: &Table) -> Result<Sheet, LedgerError> {
        table.units.iter().try_for_each(|it| self.must_see(*it))?;
        self.ledger.table(table)
    }

    /// As [`Ledger::each_total`], of units in the scope alone.
    ///
    /// # Errors
    ///
    /// As [`Within::table`].
    pub fn each_total(
        &self,
        table: &Table,
        found: impl FnMut(&Total),
    ) -> Result<BlockId, LedgerError> {
        table.units.iter().try_for_each(|it| self.must_see(*it))?;
        self.ledger.each_total(table, found)
    }

    /// As [`Ledger::each_value`], of units in the scope alone.
    ///
    /// # Errors
    ///
    /// As [`Within::table`].
    pub fn each_value(
        &self,
        table: &Table,
        found: impl FnMut(Option<Value>, u32),
    ) -> Result<BlockId, LedgerError> {
        table.units.iter().try_for_each(|it| self.must_see(*it))?;
        self.ledger.each_value(table, found)
    }

    /// As [`Ledger::owed`], of units in the scope alone.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] as there.
    pub fn owed(&self, asked: &Asked<'_>) -> Result<Vec<Owed>, LedgerError> {
        let concerns = |it: UnitId| self.scope.covers(it) && (asked.concerns)(it);
        self.ledger.owed(&Asked { concerns: &concerns, ..*asked })
    }

    /// As [`Ledger::versions`]; none of a unit that is not in the scope.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] as there.
    pub fn versions(
        &self,
        unit: UnitId,
        series: &Series,
        period: Period,
    ) -> Result<Vec<Version>, LedgerError> {
        if !self.scope.covers(unit) {
            return Ok(Vec::new());
        }
        self.ledger.versions(unit, series, period)
    }

    /// As [`Ledger::own_figures`]; none of a unit that is not in the scope.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] as there.
    pub fn own_figures(&self, unit: UnitId, period: Period) -> Result<Vec<Figure>, LedgerError> {
        if !self.scope.covers(unit) {
            return Ok(Vec::new());
        }
        self.ledger.own_figures(unit, period)
    }

    /// As [`Ledger::makeup`], without the figures of units that are not in the scope, and without what they lack.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] as there.
    pub fn makeup(&self, question: &Question) -> Result<Makeup, LedgerError> {
        self.must_see(question.unit)?;
        let mut makeup = self.ledger.makeup(question)?;
        makeup.parts.retain(|it| self.scope.covers(it.0.unit));
        makeup.gaps.retain(|it| self.scope.covers(it.0.unit));
        Ok(makeup)
    }
}
