//! Where a handler sits: who asks, with what right, and everything that there is to ask.

use std::sync::Arc;

use axum::{extract::FromRequestParts, http::request::Parts};
use dondoc_core::{
    access::{Grant, Scope},
    unit::UnitId,
};
use dondoc_ledger::Ledger;
use dondoc_store::{
    By, Standing, Store,
    accounts::{Account, sessions::SecretDigest},
};
use jiff::{Timestamp, civil::Date};

use crate::{ApiError, App, admin::site::Site, entry::Admitted, error::Denial, scopes::Scopes};

/// The account that asks.
#[derive(Debug)]
pub(crate) struct Who {
    pub(crate) account: Account,
    /// All that were not ended, whether they hold today or not.
    pub(crate) grants: Vec<Grant>,
    /// With what the account was let in; each write looks once more whether it holds.
    pub(crate) standing: Arc<Standing>,
    /// The session, unless a key was shown.
    pub(crate) session: Option<SecretDigest>,
    pub(crate) second_factor_at: Option<Timestamp>,
    /// What a key is good for.
    pub(crate) operations: Option<String>,
}

/// A request of somebody who may make it.
#[derive(Clone)]
pub(crate) struct Desk {
    app: App,
    who: Arc<Who>,
    scope: Scopes,
}

impl Who {
    /// Whether what was shown is good for an operation.
    pub(crate) fn key_opens(&self, code: &str) -> bool {
        self.operations.as_deref().is_none_or(|it| it == "*" || it.split(' ').any(|it| it == code))
    }
}

impl Desk {
    /// Who asks, and when.
    pub(crate) fn by(&self) -> By {
        By { actor: self.actor().to_owned(), at: self.app.now() }
    }

    /// The day in Viet Nam.
    pub(crate) fn today(&self) -> Date {
        self.app.today()
    }

    /// The sign-in name of the one who asks.
    pub(crate) fn actor(&self) -> &str {
        &self.who.account.name
    }

    /// The account that asks.
    pub(crate) fn who(&self) -> &Arc<Who> {
        &self.who
    }

    /// The units that may be reached with this operation.
    pub(crate) fn scope(&self) -> Scopes {
        self.scope.clone()
    }

    /// Goes on only if this operation is allowed on a unit that the request names. That there is such a unit is no secret.
    ///
    /// # Errors
    ///
    /// [`Denial::Forbidden`].
    pub(crate) fn over(&self, unit: UnitId) -> Result<(), ApiError> {
        over(&self.scope, unit)
    }

    /// Goes on only if this operation is allowed on the unit of a thing (a report, an entry, a task) that the request names by its
    /// number: to others even that there is such a thing is not told.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`].
    pub(crate) fn sees(&self, unit: UnitId) -> Result<(), ApiError> {
        if self.scope.covers(unit) { Ok(()) } else { Err(ApiError::NotFound) }
    }

    /// The installation.
    pub(crate) fn site(&self) -> &Arc<Site> {
        self.app.site()
    }

    /// The ledger, for work that outlives a request.
    pub(crate) fn ledger(&self) -> Arc<Ledger> {
        self.app.ledger()
    }

    /// The application, for what belongs to nobody.
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// Asks the ledger, on a thread that may wait.
    pub(crate) async fn consult<T, E>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Send + 'static,
        ApiError: From<E>,
    {
        let standing = Arc::clone(&self.who.standing);
        self.app.consult(move |ledger| standing.hold(|| question(ledger))).await
    }

    /// As [`App::glance`].
    pub(crate) async fn glance<T, E>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Send + 'static,
        ApiError: From<E>,
    {
        let standing = Arc::clone(&self.who.standing);
        self.app.glance(move |ledger| standing.hold(|| question(ledger))).await
    }

    /// Asks the store, on a thread that may wait.
    pub(crate) async fn ask<T, E>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Send + 'static,
        ApiError: From<E>,
    {
        self.consult(move |ledger| question(ledger.store())).await
    }
}

/// As [`Desk::over`], for work on other threads.
pub(crate) fn over(scope: &Scope, unit: UnitId) -> Result<(), ApiError> {
    if scope.covers(unit) { Ok(()) } else { Err(Denial::Forbidden.into()) }
}

impl FromRequestParts<App> for Desk {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        // Without it the request did not come through the entry: a mistake here, and nobody is let in by it.
        let admitted = parts.extensions.get::<Admitted>().ok_or(ApiError::Internal)?;
        let Admitted { who, scopes } = admitted.clone();
        let (who, scope) = who.zip(scopes).ok_or(Denial::NotSignedIn)?;
        Ok(Self { app: app.clone(), who, scope })
    }
}
