//! `/api/documents/{id}/cascade`.

use axum::Json;
use dondoc_store::cascade::{self, Edge, Node};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError,
    desk::Desk,
    documents::unknown,
    error::ProblemView,
    extract::{Asked, Id},
};

/// How far to go.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CascadeAsked {
    /// Steps above and below, 1 to 8; 3 if nothing is said.
    depth: Option<u32>,
}

/// Documents and how they cite each other.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CascadeView {
    /// The document in the middle.
    root: i64,
    nodes: Vec<NodeView>,
    edges: Vec<EdgeView>,
}

/// A document in a cascade.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NodeView {
    /// What edges call it.
    key: String,
    /// Null of a document that is cited but not stored.
    document_id: Option<i64>,
    kind: String,
    number: Option<String>,
    title: Option<String>,
    #[schema(format = Date)]
    issued_on: Option<String>,
    issuer: Option<String>,
    /// 0 of the document in the middle, negative above it, positive below it.
    level: i64,
}

/// One document cites another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EdgeView {
    /// The key of the citing one.
    from: String,
    /// The key of the cited one.
    to: String,
    relation: &'static str,
    n_mentions: i64,
}

/// What a document rests on and carries out, and what rests on it.
#[utoipa::path(
    get, path = "/api/documents/{id}/cascade", tag = "documents",
    params(("id" = i64, Path, description = "The document"), CascadeAsked),
    responses(
        (status = 200, body = CascadeView),
        (status = 400, body = ProblemView, description = "A value can't be understood"),
        (status = 404, body = ProblemView, description = "There is no such document"),
    )
)]
pub(crate) async fn get(
    desk: Desk,
    Id(id): Id,
    Asked(asked): Asked<CascadeAsked>,
) -> Result<Json<CascadeView>, ApiError> {
    let depth = asked.depth.unwrap_or(3);
    if !(1..=8).contains(&depth) {
        return Err(unknown("depth", "1 … 8"));
    }
    let found = desk.ask(move |store| cascade::around(store, id, depth)).await?;
    let found = found.ok_or(ApiError::NotFound)?;
    Ok(Json(CascadeView {
        root: id,
        nodes: found.nodes.into_iter().map(NodeView::from).collect(),
        edges: found.edges.into_iter().map(EdgeView::from).collect(),
    }))
}

impl From<Node> for NodeView {
    fn from(it: Node) -> Self {
        Self {
            key: it.key,
            document_id: it.document_id,
            kind: it.kind,
            number: it.number,
            title: it.title,
            issued_on: it.issued_on.map(|it| it.to_string()),
            issuer: it.issuer,
            level: it.level,
        }
    }
}

impl From<Edge> for EdgeView {
    fn from(it: Edge) -> Self {
        let Edge { from, to, relation, n_mentions } = it;
        Self { from, to, relation: relation.code(), n_mentions }
    }
}
