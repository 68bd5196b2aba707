//! Who was sent to the provider and has not come back, and who came back and has something to show yet.
//!
//! A start forgets all of them, which only means that somebody presses once more.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use dondoc_store::accounts::{openid::Identity, sessions::SecretDigest};
use jiff::Timestamp;

/// Seconds in which somebody comes back, and shows the second factor.
pub(crate) const PATIENCE: i64 = 10 * 60;
/// So many are kept; the oldest goes for the next, so nobody keeps others out by asking often.
const MAX_FLOWS: usize = 10_000;

/// What somebody was sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Errand {
    /// To sign in.
    SignIn,
    /// To link an account, from a session of it.
    Link(i64, SecretDigest),
}

/// What only the one who sent somebody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secrets {
    /// Comes back in the token.
    pub(crate) nonce: String,
    /// Of PKCE (RFC 7636).
    pub(crate) verifier: String,
}

/// How far somebody has come.
pub(crate) enum Flow {
    /// At the provider.
    Away {
        /// Comes back with the code.
        state: String,
        secrets: Secrets,
        errand: Errand,
    },
    /// Known to the provider; the second factor is waited for.
    Waiting { person: Identity, account: i64 },
}

/// All of them, each by the digest of the browser's cookie.
#[derive(Default)]
pub(crate) struct Flows(Mutex<HashMap<SecretDigest, (Timestamp, Flow)>>);

impl Flows {
    /// Keeps somebody, in the place of whatever the same browser was about.
    pub(super) fn put(&self, browser: SecretDigest, flow: Flow, now: Timestamp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MAX_FLOWS {
            all.retain(|_, it| is_open(it.0, now));
        }
        while all.len() >= MAX_FLOWS {
            let oldest = all.iter().min_by_key(|it| it.1.0).map(|it| *it.0);
            let Some(oldest) = oldest else { break };
            all.remove(&oldest);
        }
        all.insert(browser, (now, flow));
    }

    /// Whoever is away from a browser, with the moment when he left; afterwards nobody is. None of another state, or too late.
    pub(super) fn take_away(
        &self,
        browser: &SecretDigest,
        state: &str,
        now: Timestamp,
    ) -> Option<(Secrets, Errand, Timestamp)> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.remove(browser)? {
            (begun, Flow::Away { state: sent, secrets, errand })
                if sent == state && is_open(begun, now) =>
            {
                Some((secrets, errand, begun))
            }
            _ => None,
        }
    }

    /// Who waits in a browser; he goes on waiting, for digits may be mistyped.
    pub(super) fn waiting(
        &self,
        browser: &SecretDigest,
        now: Timestamp,
    ) -> Option<(Identity, i64)> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(browser)? {
            (begun, Flow::Waiting { person, account }) if is_open(*begun, now) => {
                Some((person.clone(), *account))
            }
            _ => None,
        }
    }

    /// Forgets whoever a browser is about; he is in.
    pub(super) fn forget(&self, browser: &SecretDigest) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(browser);
    }
}

fn is_open(begun: Timestamp, now: Timestamp) -> bool {
    now.as_second() - begun.as_second() < PATIENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).unwrap_or_default()
    }

    fn away(state: &str) -> Flow {
        let secrets = Secrets { nonce: "n".to_owned(), verifier: "v".to_owned() };
        Flow::Away { state: state.to_owned(), secrets, errand: Errand::SignIn }
    }

    fn browser(n: usize) -> SecretDigest {
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&(n as u64).to_be_bytes());
        digest
    }

    #[test]
    fn an_answer_counts_once_in_its_browser_with_its_state_and_in_time() {
        let flows = Flows::default();
        let taken = |n, state: &str, second| flows.take_away(&browser(n), state, at(second));
        flows.put(browser(1), away("a"), at(0));
        assert_eq!(taken(2, "a", 1), None, "another browser");
        assert!(taken(1, "a", PATIENCE - 1).is_some(), "the control");
        assert_eq!(taken(1, "a", 1), None, "the same once more");
        flows.put(browser(1), away("a"), at(0));
        assert_eq!(taken(1, "b", 1), None, "another state");
        assert_eq!(taken(1, "a", 1), None, "and that was the one try");
        flows.put(browser(1), away("a"), at(0));
        assert_eq!(taken(1, "a", PATIENCE), None, "too late");
    }

    #[test]
    fn who_asks_often_pushes_out_the_oldest_and_no_more() {
        let flows = Flows::default();
        for n in 0..=MAX_FLOWS {
            flows.put(browser(n), away("a"), at(i64::from(n > 0)));
        }
        assert_eq!(flows.take_away(&browser(0), "a", at(1)), None);
        assert!(flows.take_away(&browser(MAX_FLOWS), "a", at(1)).is_some());
        assert!(flows.take_away(&browser(1), "a", at(1)).is_some());
    }
}
