//! What a person decides about a finding, and what becomes of it.
//!
//! A reader suggests; only a person makes a suggestion a fact.

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FindingState {
    /// Read from the text, not yet looked at.
    Suggested,
    /// A person has accepted it as read.
    Accepted,
    /// A person has rejected it; it counts for nothing.
    Rejected,
    /// A person has put it right.
    Corrected,
    /// A person has added it; the reader had not found it.
    Added,
}

/// A step that a person takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is as read.
    Accept,
    /// It is none.
    Reject,
    /// It is, but otherwise.
    Correct,
    /// Back to where it was before anyone decided.
    Reopen,
}

impl FindingState {
    /// The name in JSON and in the store: `suggested`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            FindingState::Suggested => "suggested",
            FindingState::Accepted => "accepted",
            FindingState::Rejected => "rejected",
            FindingState::Corrected => "corrected",
            FindingState::Added => "added",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        [Self::Suggested, Self::Accepted, Self::Rejected, Self::Corrected, Self::Added]
            .into_iter()
            .find(|it| it.code() == code)
    }

    /// The state after `step`, of a finding that the reader made (`was_read`) or a person added.
    ///
    /// To accept what a person has corrected or added changes nothing: it is a fact already. What was
    /// rejected has to be reopened before it can be corrected or accepted.
    ///
    /// # Errors
    ///
    /// [`StepError`] if the step can't be taken from here.
    pub fn after(self, step: Step, was_read: bool) -> Result<Self, StepError> {
        use FindingState as S;
        match (step, self) {
            (Step::Accept, S::Suggested | S::Accepted) => Ok(S::Accepted),
            (Step::Accept, S::Corrected | S::Added) => Ok(self),
            (Step::Reject, _) => Ok(S::Rejected),
            (Step::Correct, S::Suggested | S::Accepted | S::Corrected) => Ok(S::Corrected),
            (Step::Correct, S::Added) => Ok(S::Added),
            (Step::Reopen, _) => Ok(if was_read { S::Suggested } else { S::Added }),
            (Step::Accept | Step::Correct, S::Rejected) => Err(StepError { from: self }),
        }
    }
}

/// A step can't be taken from where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the finding is `{}`; reopen it first", from.code())]
pub struct StepError {
    /// Where it stands.
    pub from: FindingState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejected_finding_is_reopened_before_it_is_accepted() {
        let rejected = FindingState::Suggested.after(Step::Reject, true).unwrap();
        assert!(rejected.after(Step::Accept, true).is_err());
        let reopened = rejected.after(Step::Reopen, true).unwrap();
        assert_eq!(reopened.after(Step::Accept, true), Ok(FindingState::Accepted));
    }

    #[test]
    fn what_a_person_added_never_becomes_a_suggestion() {
        let rejected = FindingState::Added.after(Step::Reject, false).unwrap();
        assert_eq!(rejected.after(Step::Reopen, false), Ok(FindingState::Added));
    }

    #[test]
    fn every_state_has_its_own_name() {
        for state in ["suggested", "accepted", "rejected", "corrected", "added"] {
            assert_eq!(FindingState::by_code(state).unwrap().code(), state);
        }
    }
}
