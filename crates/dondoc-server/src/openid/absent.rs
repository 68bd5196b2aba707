//! The provider of a build without one.

use std::convert::Infallible;

use dondoc_store::accounts::openid::Identity;
use jiff::Timestamp;

use crate::{
    error::OpenIdRefusal,
    openid::{BadOpenId, OpenIdSettings, flows::Secrets},
};

/// Nothing: it can't be made, so nothing is ever called.
pub(super) struct Provider(Infallible);

/// Where somebody is sent.
pub(super) struct Way {
    pub(super) address: String,
    pub(super) state: String,
    pub(super) secrets: Secrets,
}

/// Whom the provider knows.
pub(super) struct Person {
    pub(super) identity: Identity,
    pub(super) has_two_factors: bool,
}

impl Provider {
    pub(super) fn new(_: &OpenIdSettings, _: &str) -> Result<Self, BadOpenId> {
        Err(BadOpenId::NotBuilt)
    }

    pub(super) fn issuer(&self) -> &str {
        match self.0 {}
    }

    pub(super) async fn way_there(&self, _: Timestamp) -> Result<Way, OpenIdRefusal> {
        match self.0 {}
    }

    pub(super) async fn person(
        &self,
        _: String,
        _: &Secrets,
        _: (Timestamp, Timestamp),
    ) -> Result<Person, OpenIdRefusal> {
        match self.0 {}
    }
}
