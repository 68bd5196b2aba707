//! The refusals that routes share, described once.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{Ref, RefOr, Response, ResponseBuilder, content::ContentBuilder},
};

/// What the routes of figures refuse with; each is described under `components/responses`.
pub(crate) struct Refusals;

/// Status, name under `components/responses`, and meaning.
pub(crate) const ALL: [(&str, &str, &str); 5] = [
    ("400", "BadRequest", "A value can't be understood"),
    ("404", "NotFound", "There is no such thing"),
    ("409", "Conflict", "Stale, locked, not from here, one's own work, or a key used before"),
    ("422", "Unprocessable", "Findings, each with place and remedy; nothing was kept"),
    (
        "500",
        "Failed",
        "Something failed here; a damaged block is `damaged`, and no figures are given",
    ),
];

impl Refusals {
    /// The descriptions themselves.
    pub(crate) fn described() -> impl Iterator<Item = (String, Response)> {
        let body = || {
            let schema = RefOr::Ref(Ref::from_schema_name("ProblemView"));
            ContentBuilder::new().schema(Some(schema)).build()
        };
        ALL.into_iter().map(move |(_, name, description)| {
            let response = ResponseBuilder::new().description(description);
            (name.to_owned(), response.content("application/json", body()).build())
        })
    }
}

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let shared = |name| RefOr::Ref(Ref::from_response_name(name));
        ALL.into_iter().map(|(status, name, _)| (status.to_owned(), shared(name))).collect()
    }
}
