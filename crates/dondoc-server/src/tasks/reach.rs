//! Which tasks an account may see, and what it may do with one.
//!
//! A task has two sides: the unit that gave it and the unit that leads. What each side may do is an operation of its own in the
//! policy; this says which side is meant.

use std::sync::Arc;

use dondoc_core::{
    access::{Policy, Scope},
    unit::UnitId,
};
use dondoc_ledger::Books;
use dondoc_store::tasks::Task;
use jiff::civil::Date;

use super::{board::Board, giving::root};
use crate::{
    ApiError,
    desk::{Desk, Who},
    error::Denial,
    scopes::{Keepers, Scopes},
};

/// Whose step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The unit that leads.
    Lead,
    /// The unit that gave it.
    Giver,
}

/// What an account may reach with the operation of its request.
#[derive(Clone)]
pub(crate) struct Reach {
    who: Arc<Who>,
    pub(crate) scope: Scopes,
    pub(crate) today: Date,
    keepers: Keepers,
}

impl Reach {
    pub(crate) fn of(desk: &Desk) -> Self {
        let keepers = desk.app().keepers();
        Self { who: Arc::clone(desk.who()), scope: desk.scope(), today: desk.today(), keepers }
    }

    /// The units that the account was granted anything at, if not the whole installation.
    pub(crate) fn own(&self) -> Option<Vec<UnitId>> {
        let grants = self.who.grants.iter().filter(|it| it.holds_on(self.today));
        grants.map(|it| it.unit).collect()
    }

    /// The unit that the account acts for where nobody says: its own, or the root for one of the whole installation.
    pub(crate) fn home(&self, books: &Books) -> Result<UnitId, ApiError> {
        let own = self.own().unwrap_or_default();
        let covered = own.into_iter().find(|it| self.scope.covers(*it));
        covered.map_or_else(|| root(books, self.today), Ok)
    }

    /// What the account may reach with another operation.
    pub(crate) fn scope_of(&self, operation: &str, books: &Books) -> Scopes {
        let operation = Policy::built_in().ok().and_then(|it| it.by_code(operation));
        let scope = operation.map_or_else(Scope::empty, |it| {
            if self.who.key_opens(&it.code) {
                Scope::of(it, &self.who.grants, &books.units, self.today)
            } else {
                Scope::empty()
            }
        });
        Scopes::new(scope, self.keepers)
    }

    /// Goes on only if the account may do its operation on a side of a task. To those who may not even see it, it is not there.
    pub(crate) fn may(
        &self,
        (books, board): (&Books, &Board),
        task: &Task,
        side: Side,
    ) -> Result<(), ApiError> {
        if self.reaches(&self.scope, task, side) {
            return Ok(());
        }
        let read = self.scope_of("task.read", books);
        if board.is_seen(task, &read) {
            return Err(Denial::Forbidden.into());
        }
        Err(ApiError::NotFound)
    }

    pub(crate) fn reaches(&self, scope: &Scope, task: &Task, side: Side) -> bool {
        match side {
            Side::Giver => scope.covers(task.order.giver),
            // A task of several units has no lead; its giver answers for it.
            Side::Lead => scope.covers(task.lead.unwrap_or(task.order.giver)),
        }
    }

    /// Goes on only if the operation is allowed on a unit that the request names.
    pub(crate) fn over(&self, unit: UnitId) -> Result<(), ApiError> {
        crate::desk::over(&self.scope, unit)
    }
}
