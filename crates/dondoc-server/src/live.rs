//! `/api/live`: tells pages that something has changed, so that they ask anew what they show.
//!
//! Only the number of the newest write goes out, never what it was: whoever hears it learns nothing that he may not see.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::response::sse::{Event, KeepAlive, Sse};
use dondoc_store::steps;
use futures_util::{Stream, stream};
use tokio::sync::watch;

use crate::{ApiError, App, desk::Desk};

/// How often the store is asked whether anything was written; no page hears of it sooner.
const EVERY: Duration = Duration::from_secs(1);
/// So that nothing on the way takes the line for dead.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// The newest write, for all who listen.
#[derive(Clone, Debug)]
pub(crate) struct Steps(Arc<watch::Sender<Step>>);

/// How far the store has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Step {
    newest: i64,
    /// The server stops: whoever listens is let go.
    is_over: bool,
}

impl Default for Steps {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Step::default())))
    }
}

impl Steps {
    /// Lets all go who listen.
    pub(crate) fn end(&self) {
        self.0.send_modify(|it| it.is_over = true);
    }

    fn tell(&self, newest: i64) {
        self.0.send_if_modified(|it| {
            let is_new = it.newest != newest;
            it.newest = newest;
            is_new
        });
    }

    fn has_listeners(&self) -> bool {
        self.0.receiver_count() > 0
    }
}

/// Looks for writes as long as anybody listens; never ends by itself.
pub(crate) async fn watch(app: App) {
    loop {
        tokio::time::sleep(EVERY).await;
        if app.steps().has_listeners() {
            look(&app).await;
        }
    }
}

/// Without an answer nothing is told; the next look comes soon.
async fn look(app: &App) {
    if let Ok(newest) = app.ask(steps::newest).await {
        app.steps().tell(newest);
    }
}

/// The number of the newest write, and each newer one as it comes: server-sent events named `step`.
#[utoipa::path(
    get, path = "/api/live", tag = "server",
    responses(
        (status = 200, content_type = "text/event-stream", description = "Events named step, each with a number"),
        crate::refusals::Refusals
    )
)]
pub(crate) async fn live(
    desk: Desk,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let mut heard = desk.app().steps().0.subscribe();
    look(desk.app()).await;
    heard.mark_changed();
    let events = stream::unfold(heard, |mut heard| async move {
        heard.changed().await.ok()?;
        let step = *heard.borrow_and_update();
        if step.is_over {
            return None;
        }
        let event = Event::default().event("step").data(step.newest.to_string());
        Some((Ok(event), heard))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_hears_of_new_steps_only() {
        let steps = Steps::default();
        let mut heard = steps.0.subscribe();
        steps.tell(3);
        assert!(heard.has_changed().unwrap());
        heard.mark_unchanged();
        steps.tell(3);
        assert!(!heard.has_changed().unwrap());
        steps.end();
        assert!(heard.borrow_and_update().is_over);
    }
}
