//! `/api/names`: who is meant by a sign-in name, as people call each other.

use axum::Json;
use dondoc_store::{
    StoreError,
    accounts::{self, Account},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{ApiError, desk::Desk, extract::Asked, refusals::Refusals};

/// More are not asked for at once: what stands on one screen.
const MAX_NAMES: usize = 100;

/// Whose names are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NamesAsked {
    /// Sign-in names, whole, with commas between; 100 at most.
    #[serde(default)]
    of: String,
}

/// What somebody is called.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonView {
    /// The sign-in name, as it stands in the audit trail.
    name: String,
    /// The name on the screen.
    display: String,
    /// The office: `Văn phòng UBND xã Bình An`; may be empty.
    office: String,
}

/// The people who were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeopleNamed {
    items: Vec<PersonView>,
}

/// What the people with these sign-in names are called, also those who have left. Nobody who was not asked for by the whole name is in
/// the answer, and whom no account stands for (the program itself, a command at the machine) is left out.
#[utoipa::path(
    get, path = "/api/names", tag = "accounts", params(NamesAsked),
    responses((status = 200, body = PeopleNamed), Refusals)
)]
pub(crate) async fn named(
    desk: Desk,
    Asked(asked): Asked<NamesAsked>,
) -> Result<Json<PeopleNamed>, ApiError> {
    let mut names: Vec<String> = asked.of.split(',').map(accounts::sign_in_name).collect();
    names.retain(|it| !it.is_empty());
    names.sort();
    names.dedup();
    if names.len() > MAX_NAMES {
        return Err(ApiError::BadValue { detail: "of".to_owned() });
    }
    desk.ask(move |store| {
        store.read(|tx| {
            let mut items = Vec::new();
            for name in &names {
                items.extend(accounts::by_name(tx, name)?.map(PersonView::from));
            }
            Ok::<_, StoreError>(Json(PeopleNamed { items }))
        })
    })
    .await
}

impl From<Account> for PersonView {
    fn from(it: Account) -> Self {
        let Account { name, display, office, .. } = it;
        Self { name, display, office }
    }
}
