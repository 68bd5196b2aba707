//! The policy: one file that says who may do what.

use std::{collections::BTreeSet, sync::LazyLock};

use serde::Deserialize;

use crate::access::Grant;

/// The file, as it is built in.
const BUILT_IN: &str = include_str!("../../policy/access.toml");

static POLICY: LazyLock<Result<Policy, PolicyFault>> = LazyLock::new(|| Policy::parse(BUILT_IN));

/// Who may do what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    #[serde(rename = "role")]
    roles: Vec<Role>,
    #[serde(rename = "operation")]
    operations: Vec<Operation>,
}

/// A role (*vai trò*).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The name in the store: `clerk`.
    pub code: String,
    /// What it is called.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Whether its holders need a second factor.
    #[serde(default)]
    pub second_factor: bool,
}

/// Something that is done: one or more routes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// As `noun.verb`: `report.approve`.
    pub code: String,
    /// Method and path, as the router has them: `POST /api/reports/{id}/approve`.
    pub routes: Vec<String>,
    /// Done without signing in.
    #[serde(default)]
    pub public: bool,
    /// Roles that may, at the unit of their grant.
    #[serde(default)]
    pub own: Vec<String>,
    /// Roles that may, at all units below.
    #[serde(default)]
    pub below: Vec<String>,
    /// Roles that may wherever they were granted, for what it concerns belongs to no unit; `everyone` is all who signed in.
    #[serde(default)]
    pub anywhere: Vec<String>,
    /// Whether the second factor has to be shown again for it.
    #[serde(default)]
    pub step_up: bool,
    /// Whether asking for it leaves a line in the audit trail, as writing always does.
    #[serde(default)]
    pub logged: bool,
}

/// The policy does not hold together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// The file can't be read.
    #[error("the access policy can't be read: {0}")]
    Unreadable(String),
    /// A role that nobody knows.
    #[error("operation `{operation}` names the role `{role}`, which is not there")]
    UnknownRole {
        /// Where.
        operation: String,
        /// Which.
        role: String,
    },
    /// Two rows of one code or route.
    #[error("`{0}` stands there twice")]
    Twice(String),
}

/// The role of all who signed in.
const EVERYONE: &str = "everyone";

impl Policy {
    /// The policy of this program.
    ///
    /// # Errors
    ///
    /// [`PolicyFault`] if the built-in file does not hold together; a test keeps that from happening.
    pub fn built_in() -> Result<&'static Self, &'static PolicyFault> {
        POLICY.as_ref()
    }

    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// [`PolicyFault`] if it does not hold together.
    pub fn parse(text: &str) -> Result<Self, PolicyFault> {
        let policy: Self =
            toml::from_str(text).map_err(|error| PolicyFault::Unreadable(error.to_string()))?;
        let mut seen = BTreeSet::new();
        let codes = policy.operations.iter().map(|it| &it.code);
        let routes = policy.operations.iter().flat_map(|it| &it.routes);
        for name in codes.chain(routes) {
            if !seen.insert(name) {
                return Err(PolicyFault::Twice(name.clone()));
            }
        }
        for operation in &policy.operations {
            let named = operation.own.iter().chain(&operation.below).chain(&operation.anywhere);
            for role in named.filter(|it| *it != EVERYONE) {
                if policy.role(role).is_none() {
                    let (operation, role) = (operation.code.clone(), role.clone());
                    return Err(PolicyFault::UnknownRole { operation, role });
                }
            }
        }
        Ok(policy)
    }

    /// The role of that code.
    #[must_use]
    pub fn role(&self, code: &str) -> Option<&Role> {
        self.roles.iter().find(|it| it.code == code)
    }

    /// All roles, in the order of the screens.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// All operations.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation that a route does: `POST`, `/api/reports/{id}/approve`.
    #[must_use]
    pub fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let is_meant = |route: &String| {
            route.split_once(' ').is_some_and(|(verb, place)| verb == method && place == path)
        };
        self.operations.iter().find(|it| it.routes.iter().any(is_meant))
    }

    /// The operation of that code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Operation> {
        self.operations.iter().find(|it| it.code == code)
    }
}

impl Operation {
    /// Whether a grant allows it anywhere at all.
    #[must_use]
    pub fn is_open_to(&self, grant: &Grant) -> bool {
        let names = |roles: &[String]| roles.contains(&grant.role);
        self.is_for_all_signed_in()
            || names(&self.own)
            || names(&self.below)
            || names(&self.anywhere)
    }

    /// Whether everyone who signed in may.
    #[must_use]
    pub fn is_for_all_signed_in(&self) -> bool {
        self.anywhere.iter().any(|it| it == EVERYONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_policy_holds_together() {
        assert_eq!(Policy::built_in().map(|it| it.roles().is_empty()), Ok(false));
    }

    #[test]
    fn a_role_that_is_not_there_is_refused() {
        let text =
            "[[role]]\ncode='a'\nvi='a'\nen='a'\n[[operation]]\ncode='x'\nroutes=[]\nown=['b']\n";
        let fault = PolicyFault::UnknownRole { operation: "x".into(), role: "b".into() };
        assert_eq!(Policy::parse(text), Err(fault));
    }

    #[test]
    fn two_rows_for_one_route_are_refused() {
        let row = |code: &str| format!("[[operation]]\ncode='{code}'\nroutes=['GET /a']\n");
        let text = format!("[[role]]\ncode='a'\nvi='a'\nen='a'\n{}{}", row("x"), row("y"));
        assert_eq!(Policy::parse(&text), Err(PolicyFault::Twice("GET /a".into())));
    }
}
