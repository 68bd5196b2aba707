//! The ledger as somebody sees it who may see some units alone.
//!
//! It stands behind whatever the caller decides by itself, so that a decision that was forgotten tells no figure of others.

use dondoc_core::{
    access::Scope,
    figure::{Figure, Series},
    period::Period,
    unit::UnitId,
};

use crate::{Ledger, LedgerError, Question, total::Makeup, trace::Version};

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
        let mut makeup = self.ledger.makeup(question)?;
        makeup.parts.retain(|it| self.scope.covers(it.0.unit));
        makeup.gaps.retain(|it| self.scope.covers(it.0.unit));
        Ok(makeup)
    }
}
