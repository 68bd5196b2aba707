//! What two people must want, and how it is done.

use dondoc_core::{
    access::Grant,
    problem::Language,
    unit::{Change, ChangeRequest, Line, UnitId},
};
use dondoc_store::{
    Action, By, Tx,
    accounts::{self, AccountState},
    countersigns::{self, NewCountersign},
    packs::{self, Clearance},
    submissions::locks,
    units::{self, Brought, UnitsError, sha256},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::new_pack::NewPack;
use crate::{ApiError, error::Denial};

/// Something that reaches so far that two people must want it: all that it takes to do it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub(crate) enum Deed {
    /// Units change, as it was rehearsed.
    #[serde(rename = "unit.change")]
    ChangeUnits {
        /// What was asked for.
        change: ChangeRequest,
        /// How many changes of units there were when it was rehearsed.
        n_before: usize,
    },
    /// A list of units is taken over, as it was compared.
    #[serde(rename = "unit.load")]
    LoadUnits {
        /// The file, and SHA-256 of its bytes.
        name: String,
        sha256: String,
        /// The day for which it vouches.
        vouches_on: Option<Date>,
        changes: Vec<Change>,
        n_before: usize,
    },
    /// A closed period is opened again.
    #[serde(rename = "lock.lift")]
    LiftLock {
        lock: i64,
        /// Whom it reaches; nothing means everyone.
        unit: Option<UnitId>,
        /// What it closes, as it is told.
        pack: String,
        period: String,
        reason: String,
    },
    /// Somebody becomes an administrator, for good or for some days.
    #[serde(rename = "administrator.grant")]
    GrantAdministrator {
        account: i64,
        /// Its sign-in name.
        name: String,
        role: RoleAsked,
        /// The account that lends the role.
        lent_by: Option<i64>,
    },
    /// An indicator takes figures from now on, for its owner says so.
    #[serde(rename = "pack.confirm")]
    ClearIndicator { pack: String, code: String, basis: String },
    /// A version of a pack is taken into use: it says which figures wait for their owner, and so could do without asking what
    /// [`Deed::ClearIndicator`] asks for. A code says nothing of what it counts, so it takes two people whatever has changed.
    #[serde(rename = "pack.use")]
    AdoptPack(NewPack),
}

/// A role that is to be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleAsked {
    role: String,
    unit: Option<UnitId>,
    line: Line,
    from: Date,
    pub(super) until: Option<Date>,
}

/// What was done.
pub(crate) struct Made {
    /// Its line in the audit trail.
    pub(crate) action: Action,
    /// How many changes of units were kept.
    pub(crate) n_changes: usize,
    /// The units that were founded.
    pub(crate) founded: Vec<u32>,
    /// Whether the ledger has to be read anew.
    pub(crate) reopens: bool,
}

impl Deed {
    /// One that was kept; `None` if another Dondoc wrote it that knows other deeds.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// `unit.change`
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::ChangeUnits { .. } => "unit.change",
            Self::LoadUnits { .. } => "unit.load",
            Self::LiftLock { .. } => "lock.lift",
            Self::GrantAdministrator { .. } => "administrator.grant",
            Self::ClearIndicator { .. } => "pack.confirm",
            Self::AdoptPack(_) => "pack.use",
        }
    }

    /// The operation of the policy that the second person has to be allowed as well.
    pub(super) fn operation(&self) -> &'static str {
        match self {
            Self::ChangeUnits { .. } | Self::LoadUnits { .. } => "unit.change",
            Self::LiftLock { .. } => "report.unlock",
            Self::GrantAdministrator { .. } => "account.change",
            Self::ClearIndicator { .. } | Self::AdoptPack(_) => "pack.use",
        }
    }

    /// Of the deed and of what it is planned on now: it changes when the deed would do anything else.
    pub(crate) fn digest(&self, tx: &mut Tx<'_>) -> Result<String, ApiError> {
        let mut bytes = serde_json::to_vec(self).map_err(|_| ApiError::Internal)?;
        if let Self::ChangeUnits { change, n_before } = self {
            let planned = planned(tx, change, *n_before)?;
            bytes.push(b'\n');
            bytes.extend(serde_json::to_vec(&planned).map_err(|_| ApiError::Internal)?);
        }
        if let Self::AdoptPack(new) = self {
            new.still_fits(tx)?;
        }
        Ok(sha256(&bytes))
    }

    /// Keeps it as a request, and gives its number.
    pub(crate) fn ask(&self, tx: &mut Tx<'_>, by: &By) -> Result<i64, ApiError> {
        let digest = self.digest(tx)?;
        let deed = serde_json::to_string(self).map_err(|_| ApiError::Internal)?;
        let new = NewCountersign { kind: self.kind(), deed: &deed, digest: &digest };
        Ok(countersigns::ask(tx, &new, by)?)
    }

    /// The line of the audit trail for that.
    pub(crate) fn asking(&self, id: i64, by: &By) -> Action {
        let object = format!("{id} {}", self.kind());
        Action { by: by.clone(), verb: "countersign.ask", object }
    }

    /// Does it.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from being done; then the caller has to let the transaction fail.
    pub(crate) fn carry_out(&self, tx: &mut Tx<'_>, by: &By) -> Result<Made, ApiError> {
        match self {
            Self::ChangeUnits { change, n_before } => {
                let changes = planned(tx, change, *n_before)?;
                let mut bytes = serde_json::to_vec(change).map_err(|_| ApiError::Internal)?;
                // The same may be asked for again after it was undone: what was known then makes its bytes its own.
                bytes.extend(format!("\n{n_before}").as_bytes());
                let (name, digest) = (change.source.as_str(), sha256(&bytes));
                let brought =
                    Brought { name, sha256: &digest, vouches_on: None, changes: &changes };
                bring(tx, &brought, *n_before, by)
            }
            Self::LoadUnits { name, sha256, vouches_on, changes, n_before } => {
                let vouches_on = *vouches_on;
                bring(tx, &Brought { name, sha256, vouches_on, changes }, *n_before, by)
            }
            Self::LiftLock { lock, reason, .. } => {
                locks::lift(tx, *lock, reason, by)?;
                Ok(Made::plain(by, "lock.lift", lock.to_string()))
            }
            Self::GrantAdministrator { account, role, lent_by, .. } => {
                let seen = accounts::get(tx, *account)?.ok_or(ApiError::NotFound)?;
                if seen.state == AccountState::Suspended {
                    return Err(Denial::IsSuspended.into());
                }
                let id = accounts::grant(tx, *account, &role.clone().into(), *lent_by, by)?;
                Ok(match lent_by {
                    Some(_) => Made::plain(by, "account.delegate", format!("{} {id}", seen.name)),
                    None => Made::plain(by, "account.grant", seen.name),
                })
            }
            Self::ClearIndicator { pack, code, basis } => {
                let (pack, code, basis) = (pack.clone(), code.clone(), basis.clone());
                let clearance = Clearance { pack, code, confirmed: true, basis };
                packs::clear(tx, &clearance, by)?;
                let made = Made::plain(by, "pack.confirm", clearance.code);
                Ok(Made { reopens: true, ..made })
            }
            Self::AdoptPack(new) => new.adopt(tx, by),
        }
    }
}

/// What a change of units comes to on what is known now.
fn planned(
    tx: &mut Tx<'_>,
    change: &ChangeRequest,
    n_before: usize,
) -> Result<Vec<Change>, ApiError> {
    let kept = units::all(tx)?.units;
    if kept.changes().len() != n_before {
        return Err(ApiError::Stale);
    }
    let refused = |it: dondoc_core::unit::RequestFault| ApiError::BadValue {
        detail: it.say(Language::Vietnamese),
    };
    change.changes(&kept).map_err(refused)
}

/// Keeps changes of units.
fn bring(
    tx: &mut Tx<'_>,
    brought: &Brought<'_>,
    n_before: usize,
    by: &By,
) -> Result<Made, ApiError> {
    let n_known = units::all(tx)?.units.next_id().0;
    let action = units::append_in(tx, &[*brought], n_before, by).map_err(|error| match error {
        UnitsError::Stale => ApiError::Stale,
        UnitsError::Store(error) => error.into(),
    })?;
    let founded = brought.changes.iter().map(|it| it.unit.0).filter(|it| *it >= n_known);
    let mut founded: Vec<u32> = founded.collect();
    founded.dedup();
    Ok(Made { action, n_changes: brought.changes.len(), founded, reopens: true })
}

impl Made {
    pub(super) fn plain(by: &By, verb: &'static str, object: String) -> Self {
        let action = Action { by: by.clone(), verb, object };
        Self { action, n_changes: 0, founded: Vec::new(), reopens: false }
    }
}

impl From<Grant> for RoleAsked {
    fn from(it: Grant) -> Self {
        let Grant { role, unit, line, from, until } = it;
        Self { role, unit, line, from, until }
    }
}

impl From<RoleAsked> for Grant {
    fn from(it: RoleAsked) -> Self {
        let RoleAsked { role, unit, line, from, until } = it;
        Self { role, unit, line, from, until }
    }
}
