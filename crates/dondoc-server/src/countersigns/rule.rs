//! Whether two people are needed, and who the second one may be.

use dondoc_core::{
    access::{Grant, Policy, Scope},
    countersign::Standing,
};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::{
    Action, By, Store, StoreError, Tx,
    accounts::{self, Account, AccountState},
    countersigns::Countersign,
    settings,
};
use jiff::civil::Date;

use super::{Asker, CountersignView, Deed};
use crate::{ApiError, error::Denial};

/// The setting that says so; without it two are needed.
const SETTING: &str = "countersign.two_people";
/// No more people are named to whoever waits for one of them.
const MAX_SECOND: usize = 10;
/// What only administrators may.
const ADMINISTERS: &str = "account.change";

/// Whether two people are needed on this installation.
pub(crate) fn is_needed(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    Ok(settings::get(tx, SETTING)?.as_deref() != Some("false"))
}

/// Chooses whether two people are needed, with a line in the audit trail. Nothing that comes over HTTP does this.
///
/// # Errors
///
/// [`StoreError`] if the store fails.
pub(crate) fn need(store: &Store, two: bool, by: &By) -> Result<(), StoreError> {
    store.write(|tx| {
        settings::put(tx, SETTING, if two { "true" } else { "false" }, by)?;
        let object = if two { "on" } else { "off" }.to_owned();
        Ok(((), Action { by: by.clone(), verb: "setting.two_people", object }))
    })
}

/// Whether a role makes its holder an administrator.
pub(crate) fn administers(grant: &Grant) -> bool {
    let operation = Policy::built_in().ok().and_then(|it| it.by_code(ADMINISTERS));
    operation.is_none_or(|it| it.is_open_to(grant))
}

/// Whether some grant that holds today opens an operation anywhere.
pub(super) fn may_do(grants: &[Grant], operation: &str, today: Date) -> bool {
    let operation = Policy::built_in().ok().and_then(|it| it.by_code(operation));
    let mut held = grants.iter().filter(|it| it.holds_on(today));
    operation.is_some_and(|operation| held.any(|it| operation.is_open_to(it)))
}

/// Whether grants make their holder a second person for a deed: an administrator, or whoever might have asked for it.
pub(super) fn may_confirm(books: &Books, grants: &[Grant], deed: &Deed, today: Date) -> bool {
    if may_do(grants, ADMINISTERS, today) {
        return true;
    }
    let Deed::LiftLock { unit, .. } = deed else {
        return may_do(grants, deed.operation(), today);
    };
    let operation = Policy::built_in().ok().and_then(|it| it.by_code(deed.operation()));
    let scope = operation.map(|it| Scope::of(it, grants, &books.units, today));
    scope.is_some_and(|scope| unit.map_or(scope.is_whole(), |it| scope.covers(it)))
}

/// Whether the one who asked for a deed is still somebody who may.
pub(super) fn may_still_ask(
    tx: &mut Tx<'_>,
    name: &str,
    deed: &Deed,
    today: Date,
) -> Result<bool, StoreError> {
    let account = accounts::by_name(tx, name)?.filter(|it| it.state == AccountState::Confirmed);
    let Some(account) = account else { return Ok(false) };
    let grants: Vec<Grant> =
        accounts::grants(tx, account.id)?.into_iter().map(|it| it.grant).collect();
    Ok(may_do(&grants, deed.operation(), today))
}

/// Goes on only if there is somebody else who could confirm a deed.
pub(super) fn somebody_else(ledger: &Ledger, asker: &Asker, deed: &Deed) -> Result<(), ApiError> {
    let others = others(ledger, asker)?;
    let may =
        |grants: &Vec<Grant>| ledger.look(|books| may_confirm(books, grants, deed, asker.today));
    if others.iter().any(|it| may(&it.1)) {
        Ok(())
    } else {
        Err(Denial::SecondPersonMissing.into())
    }
}

/// Goes on only if there is another administrator.
pub(crate) fn another_administrator(ledger: &Ledger, asker: &Asker) -> Result<(), ApiError> {
    match n_other_administrators(ledger, asker)? {
        0 => Err(Denial::SecondPersonMissing.into()),
        _ => Ok(()),
    }
}

/// How many other administrators there are.
pub(super) fn n_other_administrators(ledger: &Ledger, asker: &Asker) -> Result<usize, ApiError> {
    let others = others(ledger, asker)?;
    Ok(others.iter().filter(|it| may_do(&it.1, ADMINISTERS, asker.today)).count())
}

/// The sign-in names of those among others who could confirm a deed, as far as they are told of.
fn second_people(
    books: &Books,
    others: &[(String, Vec<Grant>)],
    deed: &Deed,
    today: Date,
) -> Vec<String> {
    let may = others.iter().filter(|it| may_confirm(books, &it.1, deed, today));
    may.map(|it| it.0.clone()).take(MAX_SECOND).collect()
}

impl CountersignView {
    /// The same, with whom it waits for.
    pub(super) fn naming(
        mut self,
        books: &Books,
        kept: &Countersign,
        others: &[(String, Vec<Grant>)],
        asker: &Asker,
    ) -> Self {
        if self.is_own && self.state == Standing::Open.code() {
            let deed = Deed::read(&kept.deed);
            let names = deed.map(|it| second_people(books, others, &it, asker.today));
            self.waits_for = names.unwrap_or_default();
        }
        self
    }
}

/// All other accounts that can sign in, by sign-in name, with their roles.
pub(super) fn others(
    ledger: &Ledger,
    asker: &Asker,
) -> Result<Vec<(String, Vec<Grant>)>, ApiError> {
    let (all, grants) = ledger
        .store()
        .read(|tx| Ok::<_, StoreError>((accounts::all(tx)?, accounts::all_grants(tx)?)))?;
    let is_other = |it: &&Account| it.state == AccountState::Confirmed && it.name != asker.by.actor;
    let of = |account: &Account| {
        let own = grants.iter().filter(|it| it.0 == account.id);
        (account.name.clone(), own.map(|it| it.1.grant.clone()).collect())
    };
    Ok(all.iter().filter(is_other).map(of).collect())
}
