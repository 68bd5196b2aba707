//! The units that an account reaches, in the hands of two who each keep to them by themselves.
//!
//! A handler asks [`Scopes`] before it answers. Store and ledger are told the same units by [`Scopes::bound`] and show nothing of
//! others, so that a question that a handler forgot tells nothing. Either is enough; tests take one away at a time.

use std::{ops::Deref, sync::Arc};

use dondoc_core::access::Scope;

/// Who keeps to the scope of an account. Both do, always; only tests in a build for them may say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keepers {
    /// What handlers ask before they answer.
    pub handlers: bool,
    /// What store and ledger show.
    pub store: bool,
}

/// The units that may be reached with an operation. As itself it is what handlers ask.
#[derive(Clone)]
pub(crate) struct Scopes {
    asked: Arc<Scope>,
    bound: Arc<Scope>,
}

impl Default for Keepers {
    fn default() -> Self {
        Self { handlers: true, store: true }
    }
}

impl Scopes {
    pub(crate) fn new(scope: Scope, keepers: Keepers) -> Self {
        let scope = Arc::new(scope);
        let kept = |by: bool| if by { Arc::clone(&scope) } else { Arc::new(Scope::whole()) };
        Self { asked: kept(keepers.handlers), bound: kept(keepers.store) }
    }

    /// What store and ledger are told.
    pub(crate) fn bound(&self) -> &Arc<Scope> {
        &self.bound
    }
}

impl Deref for Scopes {
    type Target = Scope;

    fn deref(&self) -> &Scope {
        &self.asked
    }
}
