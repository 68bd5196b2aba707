//! What is done by itself while the server answers: the audit trail is signed, backups are taken and tried out, the keys of
//! requests that nobody repeats any more are forgotten.

use std::{sync::Arc, time::Duration};

use dondoc_store::{By, Store, checkpoints};
use jiff::{SignedDuration, Timestamp};

use crate::{App, admin::site::Site, backups::keeper::back_up};

/// How often it is looked whether anything is due.
const EVERY: Duration = Duration::from_secs(5);
/// A request may be repeated for so long: longer than any computer is kept without network.
const KEYS_LAST: SignedDuration = SignedDuration::from_hours(180 * 24);
/// Who does it.
const ACTOR: &str = "dondoc";

/// Looks every now and then whether anything is due, and does it.
pub(crate) async fn tend(app: App) {
    if app.site().folder().is_none() {
        return;
    }
    let mut forgot_on = None;
    loop {
        tokio::time::sleep(EVERY).await;
        let (ledger, site) = (app.ledger(), Arc::clone(app.site()));
        let by = By { actor: ACTOR.to_owned(), at: app.now() };
        let is_new_day = forgot_on.replace(app.today()) != Some(app.today());
        let done = tokio::task::spawn_blocking(move || {
            sign(ledger.store(), &site, by.at);
            back_up(ledger.store(), &site, &by);
            if is_new_day {
                forget_keys(ledger.store(), &by);
            }
        });
        // Work that panics is over; the next look begins anew.
        let _ = done.await;
    }
}

/// Signs the trail if that is due.
fn sign(store: &Store, site: &Site, now: Timestamp) {
    let Some(Ok(key)) = site.key() else { return };
    let due = store.read(|tx| checkpoints::is_due(tx, now));
    if matches!(due, Ok(true))
        && let Err(error) = checkpoints::sign(store, key, now)
    {
        eprintln!("dondoc: {error}");
    }
}

fn forget_keys(store: &Store, by: &By) {
    if let Err(error) = store.forget_keys(by.at - KEYS_LAST, by) {
        eprintln!("dondoc: {error}");
    }
}
