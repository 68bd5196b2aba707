//! What comes of something that may take two people.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{CountersignView, Made};

/// What came of something that may take two people.
pub(crate) enum Answer<T> {
    /// It is done.
    Done(T),
    /// It waits for a second person (202).
    Asked(Box<CountersignView>),
}

/// What came of a deed.
pub(crate) enum Begun {
    /// It is done.
    Done(Made),
    /// It waits for a second person.
    Asked(Box<CountersignView>),
}

impl<T: IntoResponse> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        match self {
            Self::Done(it) => it.into_response(),
            Self::Asked(view) => (StatusCode::ACCEPTED, Json(*view)).into_response(),
        }
    }
}
