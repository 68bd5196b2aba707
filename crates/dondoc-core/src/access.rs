//! Who may do what, and with what: roles, operations and scopes, as data.
//!
//! An account has *grants*: a role at a unit along a line for a time. The [`Policy`] is one file, `policy/access.toml`: it says for
//! each operation which routes do it and which roles may, at their own unit, below it, or anywhere. A [`Scope`] is what that comes
//! to for one account and operation: the units that it may reach.
//!
//! **Invariant:** what no row allows is refused.

mod policy;
mod scope;

use jiff::civil::Date;

use crate::unit::{Line, UnitId};

pub use policy::{Operation, Policy, PolicyFault, Role};
pub use scope::Scope;

/// A role of an account at a unit, for a time.
#[doc(alias = "phân quyền")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    /// The role's code in the policy: `clerk`.
    pub role: String,
    /// Where; nothing means the whole installation.
    pub unit: Option<UnitId>,
    /// The line along which "below" is meant.
    pub line: Line,
    /// The first day.
    pub from: Date,
    /// The last day; nothing means for good.
    pub until: Option<Date>,
}

impl Grant {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|it| day <= it)
    }
}
