//! Dondoc over HTTP: the JSON API and the page, for one person on this machine.
//!
//! **Invariant:** a handler reads the request, asks the store once or twice on a thread that may wait, and answers.
//! It holds no rule of its own, and no SQL.
//!
//! **Invariant:** the description of the API is made from the router, so no route can be missing from it.
//!
//! **Invariant:** no outbound request is ever made, and nothing is answered to another site; see [`guard`].
//!
//! Start at [`api`], which lists the routes; [`run`] serves them.

mod api;
mod app;
mod assets;
mod cascade;
mod citations;
mod documents;
mod error;
mod extract;
mod files;
mod findings;
mod guard;
mod utf16;
mod view;

pub use api::{openapi, router};
pub use app::{App, Clock, ReadFile};
pub use error::ApiError;

use std::{future::Future, io};

/// Answers on `listener` until `shutdown` is done and the requests under way are answered.
///
/// The caller binds the listener to a loopback address: there is no sign-in yet.
///
/// # Errors
///
/// If the listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(app)).with_graceful_shutdown(shutdown).await
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
