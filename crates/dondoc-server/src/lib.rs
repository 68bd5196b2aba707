//! Dondoc over HTTP: the JSON API and the page, for people with accounts.
//!
//! **Invariant:** a handler reads the request, asks the store once or twice on a thread that may wait, and answers.
//! It holds no rule of its own, and no SQL.
//!
//! **Invariant:** the description of the API is made from the router, so no route can be missing from it.
//!
//! **Invariant:** no outbound request is ever made, but to a provider of identities that was set up; see [`openid`]. Nothing is
//! answered to another site; see [`guard`].
//!
//! **Invariant:** what no row of the policy allows is refused before a handler sees it; see [`entry`]. Handlers that
//! belong to somebody sit at a [`desk`], which says which units are in reach.
//!
//! Start at [`api`], which lists the routes; [`run`] serves them.

mod accounts;
mod address;
mod admin;
mod api;
mod app;
mod approvals;
mod ask;
mod assets;
mod backups;
mod calendar_feed;
mod caretaker;
mod cascade;
mod changes;
mod citations;
mod completeness;
mod corrections;
mod countersigns;
mod description;
mod desk;
mod documents;
mod drafts;
mod entry;
mod error;
mod explorer;
mod extract;
mod faults;
mod figures;
mod files;
mod findings;
mod followup;
mod forms;
mod guard;
mod guidance;
mod handing;
mod health;
mod live;
mod locks;
mod maps;
mod moment;
mod notices;
mod numbers;
mod openid;
mod overview;
mod owed;
mod packs;
mod passages;
pub mod people;
mod receipts;
mod refusals;
mod registers;
mod report;
mod reports;
mod scopes;
mod sessions;
mod task;
mod tasks;
mod totals;
mod typed;
mod units;
mod utf16;
mod view;
mod workbooks;

pub use address::{BadAddress, PublicAddress};
pub use admin::site::{ShippedPack, Site};
pub use api::{openapi, router};
pub use app::{App, Clock, Persona, ReadFile, TakeApart, today};
pub use error::{ApiError, Denial, OpenIdRefusal};
pub use openid::{BadOpenId, OpenId, OpenIdSettings};
pub use scopes::Keepers;
pub use task::TaskRefusal;

use std::{future::Future, io, time::Duration};

use axum::serve::ListenerExt as _;
use dondoc_store::blocks::BlockId;

/// How long a start reads blocks again at most, for those of this time.
const SNAPSHOT_EVERY: Duration = Duration::from_mins(10);

/// Answers on `listener` until `shutdown` is done and the requests under way are answered.
///
/// The caller binds the listener to a loopback address: TLS is the business of a web server before it.
///
/// # Errors
///
/// If the listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    // A small answer must not wait until the client has said that it got the one before.
    let listener = listener.tap_io(|stream| {
        // Without it answers come all the same, only later.
        let _ = stream.set_nodelay(true);
    });
    let keeper = tokio::spawn(keep_snapshots(app.clone()));
    let watcher = tokio::spawn(live::watch(app.clone()));
    // Whoever listens for news would keep the server from ending.
    let steps = app.steps().clone();
    let shutdown = async move {
        shutdown.await;
        steps.end();
    };
    let caretaker = tokio::spawn(caretaker::tend(app.clone()));
    let served = axum::serve(listener, router(app.clone())).with_graceful_shutdown(shutdown).await;
    keeper.abort();
    watcher.abort();
    caretaker.abort();
    app.keep_snapshot(BlockId::NONE).await;
    served
}

/// Keeps the totals in their file every now and then, if anything has changed.
async fn keep_snapshots(app: App) {
    let mut last = BlockId::NONE;
    loop {
        tokio::time::sleep(SNAPSHOT_EVERY).await;
        last = app.keep_snapshot(last).await;
    }
}

/// Answers on `listener` until the process is told to stop (Ctrl-C, or SIGTERM), on threads of its own.
///
/// For callers without a runtime; otherwise as [`serve`].
///
/// # Errors
///
/// If the listener or the runtime fails.
pub fn run(listener: std::net::TcpListener, app: App) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        serve(listener, app, told_to_stop()).await
    })
}

async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a handler there is nothing to wait for: the system ends the process itself.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
