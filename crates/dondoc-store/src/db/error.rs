//! What can go wrong with an engine.

use std::{error::Error, fmt, sync::Arc};

/// A statement failed, or a row held what it never should.
///
/// Three kinds can be told apart, for the caller may do something about them:
/// [`is_unknown`](Self::is_unknown), [`is_conflict`](Self::is_conflict) and [`is_of_rights`](Self::is_of_rights).
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words())]
pub struct StoreError {
    at: &'static str,
    kind: Kind,
    source: BoxError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Failed,
    Conflict,
    Unknown,
    OfRights,
}

pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

impl StoreError {
    pub(crate) fn at<E: Into<BoxError>>(at: &'static str) -> impl Fn(E) -> Self {
        move |source| Self { at, kind: Kind::Failed, source: source.into() }
    }

    pub(crate) fn conflict(at: &'static str) -> Self {
        let source = "others wrote to the same rows each time it was tried".into();
        Self { at, kind: Kind::Conflict, source }
    }

    pub(crate) fn of_rights(at: &'static str) -> Self {
        let source = "the one who asks was let in with rights that were ended since".into();
        Self { at, kind: Kind::OfRights, source }
    }

    pub(crate) fn unknown(at: &'static str, source: BoxError) -> Self {
        Self { at, kind: Kind::Unknown, source }
    }

    /// Whether nobody can say if the write was kept: the connection was lost, or the disk failed, at the commit.
    ///
    /// The write may be repeated with the same key; see [`Store::write_once`](crate::Store::write_once).
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.kind == Kind::Unknown
    }

    /// Whether other programs got in the way of the write each time it was tried; nothing was kept.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.kind == Kind::Conflict
    }

    /// Whether the one who asks was let in with an account, session, key or role that was ended since; nothing was kept.
    #[must_use]
    pub fn is_of_rights(&self) -> bool {
        self.kind == Kind::OfRights
    }

    fn words(&self) -> String {
        match self.kind {
            Kind::Failed => format!("the store failed at `{}`", self.at),
            Kind::Conflict => format!("the store gave up `{}` after several tries", self.at),
            Kind::OfRights => "who asks may no longer write".to_owned(),
            Kind::Unknown => {
                format!("the store cannot say whether the write was kept (`{}`)", self.at)
            }
        }
    }

    /// The same error for each of those whom it concerns.
    pub(super) fn shared(self) -> impl Fn() -> Self + Clone {
        let Self { at, kind, source } = self;
        let source = Shared(source.into());
        move || Self { at, kind, source: Box::new(source.clone()) }
    }
}

/// One cause of the errors of several writers.
#[derive(Clone, Debug)]
struct Shared(Arc<dyn Error + Send + Sync>);

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Shared {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
