//! What two people must want (*việc cần hai người*): one asks, another confirms or refuses.
//!
//! For what reaches far and can hardly be taken back: units that change, a closed period that is opened again, another
//! administrator, a figure that its owner lets into an open system, a pack that says which figures those are (ASVS 5.0, 2.3.5).
//!
//! **Invariant:** nobody confirms what he asked for himself, nothing is confirmed twice or after its days, and what is confirmed
//! is what was asked for: its digest says so.

use jiff::{SignedDuration, Timestamp};

/// A request that nobody confirmed ends after so many days.
pub const DAYS: i64 = 7;

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Somebody else is to decide.
    Open,
    /// Somebody else confirmed it, and it was done.
    Confirmed,
    /// Somebody else refused it.
    Refused,
    /// Who asked for it took it back.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
}

/// What somebody wants of an open request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// That it is done.
    Confirm,
    /// That it is not done.
    Refuse,
    /// To take his own request back.
    Withdraw,
}

/// Why nothing is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountersignError {
    /// He asked for it himself.
    #[error("nobody countersigns what he asked for himself")]
    Own,
    /// Another asked for it: that one takes it back, this one refuses.
    #[error("only who asked for it takes it back")]
    NotOwn,
    /// It was decided already.
    #[error("it was decided already")]
    Over,
    /// Its days are over.
    #[error("it was not confirmed within {DAYS} days")]
    Expired,
    /// What was seen is not what was asked for, or what it was planned on has changed.
    #[error("it is not any more what was asked for")]
    Changed,
    /// To refuse takes a reason.
    #[error("no reason is given")]
    NoReason,
}

/// What was asked for, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The sign-in name of the one who asked.
    pub by: &'a str,
    /// Nobody confirms it from then on.
    pub until: Timestamp,
    /// How it was left; never [`Standing::Expired`].
    pub left: Standing,
    /// Of the deed and of what it was planned on.
    pub digest: &'a str,
}

/// What somebody says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// What he wants.
    pub decision: Decision,
    /// His sign-in name.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
    /// What he saw; only to confirm.
    pub digest: Option<&'a str>,
    /// Why; only to refuse.
    pub why: Option<&'a str>,
}

/// Until when something that is asked for now can be confirmed.
#[must_use]
pub fn until(now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(24 * DAYS)).unwrap_or(Timestamp::MAX)
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Open, Self::Confirmed, Self::Refused, Self::Withdrawn, Self::Expired];

    /// The name in JSON and in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl Asked<'_> {
    /// How it stands at a moment.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.left {
            Standing::Open if self.until <= now => Standing::Expired,
            left => left,
        }
    }

    /// How it stands after what somebody said.
    ///
    /// # Errors
    ///
    /// [`CountersignError`]; then it stands as before.
    pub fn decide(&self, said: &Said<'_>) -> Result<Standing, CountersignError> {
        let is_own = self.by == said.by;
        match self.standing(said.at) {
            Standing::Open => {}
            Standing::Expired => return Err(CountersignError::Expired),
            _ => return Err(CountersignError::Over),
        }
        match said.decision {
            Decision::Withdraw if is_own => Ok(Standing::Withdrawn),
            Decision::Withdraw => Err(CountersignError::NotOwn),
            _ if is_own => Err(CountersignError::Own),
            Decision::Refuse if said.why.is_none_or(|it| it.trim().is_empty()) => {
                Err(CountersignError::NoReason)
            }
            Decision::Refuse => Ok(Standing::Refused),
            Decision::Confirm if said.digest != Some(self.digest) => Err(CountersignError::Changed),
            Decision::Confirm => Ok(Standing::Confirmed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const ASKED_AT: &str = "2026-11-21T07:30:00Z";

    fn asked(left: Standing) -> Asked<'static> {
        Asked { by: "lan", until: until(at(ASKED_AT)), left, digest: "ab" }
    }

    fn said(decision: Decision, by: &'static str) -> Said<'static> {
        let (digest, why) = (Some("ab"), Some("chưa có nghị quyết"));
        Said { decision, by, at: at("2026-11-23T00:00:00Z"), digest, why }
    }

    #[test]
    fn another_person_confirms_or_refuses_and_the_one_who_asked_takes_back() {
        let open = asked(Standing::Open);
        assert_eq!(open.decide(&said(Decision::Confirm, "minh")), Ok(Standing::Confirmed));
        assert_eq!(open.decide(&said(Decision::Refuse, "minh")), Ok(Standing::Refused));
        assert_eq!(open.decide(&said(Decision::Withdraw, "lan")), Ok(Standing::Withdrawn));
        let not_own = Err(CountersignError::NotOwn);
        assert_eq!(open.decide(&said(Decision::Withdraw, "minh")), not_own);
        for decision in [Decision::Confirm, Decision::Refuse] {
            assert_eq!(open.decide(&said(decision, "lan")), Err(CountersignError::Own));
        }
    }

    #[test]
    fn what_was_decided_is_not_decided_again() {
        for left in [Standing::Confirmed, Standing::Refused, Standing::Withdrawn] {
            for decision in [Decision::Confirm, Decision::Refuse, Decision::Withdraw] {
                for who in ["lan", "minh"] {
                    let again = asked(left).decide(&said(decision, who));
                    assert_eq!(again, Err(CountersignError::Over), "{left:?} {decision:?} {who}");
                }
            }
        }
    }

    #[test]
    fn it_ends_to_the_second_after_seven_days() {
        let confirm = |at: Timestamp| {
            asked(Standing::Open).decide(&Said { at, ..said(Decision::Confirm, "minh") })
        };
        assert_eq!(confirm(at("2026-11-28T07:29:59Z")), Ok(Standing::Confirmed));
        assert_eq!(confirm(at("2026-11-28T07:30:00Z")), Err(CountersignError::Expired));
    }

    #[test]
    fn only_what_was_seen_is_confirmed_and_only_with_a_reason_refused() {
        let open = asked(Standing::Open);
        for digest in [None, Some("abc"), Some("")] {
            let other = Said { digest, ..said(Decision::Confirm, "minh") };
            assert_eq!(open.decide(&other), Err(CountersignError::Changed), "{digest:?}");
        }
        for why in [None, Some(" ")] {
            let mute = Said { why, ..said(Decision::Refuse, "minh") };
            assert_eq!(open.decide(&mute), Err(CountersignError::NoReason), "{why:?}");
        }
    }
}
