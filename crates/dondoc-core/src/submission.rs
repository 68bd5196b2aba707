//! The way of a submission (*báo cáo nộp*): from draft to locked, and who may take which step.

use serde::{Deserialize, Serialize};

/// Where a submission stands, with whom it takes to know what may come next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Being filled in (*nháp*).
    #[default]
    Draft,
    /// Handed in (*đã nộp*).
    Submitted {
        /// Who handed it in.
        by: String,
    },
    /// Sent back with reasons at cells (*trả lại*); may be changed and handed in again.
    Returned {
        /// Who had handed it in.
        submitted_by: String,
    },
    /// Found right by somebody else (*đã duyệt*).
    Approved {
        /// Who handed it in.
        submitted_by: String,
        /// Who approved it.
        by: String,
    },
    /// Its period is closed (*đã khóa*); only a correction changes its figures.
    Locked {
        /// Who handed it in.
        submitted_by: String,
        /// Who approved it.
        approved_by: String,
    },
}

/// [`Standing`] without the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum SubmissionState {
    /// Being filled in.
    Draft,
    /// Handed in.
    Submitted,
    /// Sent back.
    Returned,
    /// Found right.
    Approved,
    /// Closed.
    Locked,
}

/// A step that somebody takes with a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubmissionStep {
    /// Replace what stands in it.
    Save,
    /// Hand it in.
    Submit,
    /// Send it back; takes at least one reason, which the store asks for.
    Return,
    /// Find it right.
    Approve,
    /// Close it.
    Lock,
    /// Open it again; takes a reason.
    Unlock,
}

/// A step was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmissionStepError {
    /// It can't be taken from here.
    #[error("`{}` is no step from `{}`", .step.code(), .state.code())]
    NotFromHere {
        /// Where it stands.
        state: SubmissionState,
        /// What was tried.
        step: SubmissionStep,
    },
    /// Nobody approves what he handed in himself.
    #[error("`{actor}` handed it in; somebody else has to approve it")]
    OwnSubmission {
        /// Who tried.
        actor: String,
    },
}

impl SubmissionState {
    /// All of them, in the order of the way.
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::Submitted, Self::Returned, Self::Approved, Self::Locked];

    /// The name in JSON and in the store: `draft`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Locked => "locked",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl SubmissionStep {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Save, Self::Submit, Self::Return, Self::Approve, Self::Lock, Self::Unlock];

    /// The name in JSON and in the store: `submit`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Save => "save",
            Self::Submit => "submit",
            Self::Return => "return",
            Self::Approve => "approve",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
        }
    }

    /// The step of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl Standing {
    /// The state alone.
    #[must_use]
    pub fn state(&self) -> SubmissionState {
        match self {
            Self::Draft => SubmissionState::Draft,
            Self::Submitted { .. } => SubmissionState::Submitted,
            Self::Returned { .. } => SubmissionState::Returned,
            Self::Approved { .. } => SubmissionState::Approved,
            Self::Locked { .. } => SubmissionState::Locked,
        }
    }

    /// Who handed it in last; `None` if nobody has.
    #[must_use]
    pub fn submitted_by(&self) -> Option<&str> {
        match self {
            Self::Draft => None,
            Self::Submitted { by: submitted_by }
            | Self::Returned { submitted_by }
            | Self::Approved { submitted_by, .. }
            | Self::Locked { submitted_by, .. } => Some(submitted_by),
        }
    }

    /// Who approved it, as long as that stands.
    #[must_use]
    pub fn approved_by(&self) -> Option<&str> {
        match self {
            Self::Approved { by, .. } | Self::Locked { approved_by: by, .. } => Some(by),
            _ => None,
        }
    }

    /// Where it stands after `actor` has taken `step`.
    ///
    /// # Errors
    ///
    /// [`SubmissionStepError`] with why not; nothing else is checked here: rights, locks and reasons are others' work.
    pub fn after(self, step: SubmissionStep, actor: &str) -> Result<Self, SubmissionStepError> {
        use SubmissionStep as Step;
        let by = || actor.to_owned();
        Ok(match (self, step) {
            (it @ (Self::Draft | Self::Returned { .. }), Step::Save) => it,
            (Self::Draft | Self::Returned { .. }, Step::Submit) => Self::Submitted { by: by() },
            (
                Self::Submitted { by: submitted_by } | Self::Approved { submitted_by, .. },
                Step::Return,
            ) => Self::Returned { submitted_by },
            (Self::Submitted { by: submitted_by }, Step::Approve) => {
                if submitted_by == actor {
                    return Err(SubmissionStepError::OwnSubmission { actor: by() });
                }
                Self::Approved { submitted_by, by: by() }
            }
            (Self::Approved { submitted_by, by: approved_by }, Step::Lock) => {
                Self::Locked { submitted_by, approved_by }
            }
            (Self::Locked { submitted_by, approved_by }, Step::Unlock) => {
                Self::Approved { submitted_by, by: approved_by }
            }
            (it, step) => return Err(SubmissionStepError::NotFromHere { state: it.state(), step }),
        })
    }
}

/// Where a request for a correction (*đề nghị điều chỉnh*) stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum CorrectionState {
    /// Asked for.
    Open,
    /// Granted; its figures are in force.
    Accepted,
    /// Refused, with a reason.
    Refused,
}

/// A decision about a correction was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// It was decided already.
    #[error("the correction is `{}` already", .0.code())]
    Decided(CorrectionState),
    /// Nobody grants what he asked for himself.
    #[error("`{actor}` asked for the correction; somebody else has to decide")]
    OwnRequest {
        /// Who tried.
        actor: String,
    },
}

impl CorrectionState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Accepted, Self::Refused];

    /// The name in JSON and in the store: `open`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Where it stands after `actor` accepted or refused what `asked_by` asked for.
    ///
    /// To refuse one's own request is to take it back, and allowed.
    ///
    /// # Errors
    ///
    /// [`CorrectionError`] with why not.
    pub fn decided(
        self,
        accepts: bool,
        asked_by: &str,
        actor: &str,
    ) -> Result<Self, CorrectionError> {
        match self {
            Self::Open if accepts && asked_by == actor => {
                Err(CorrectionError::OwnRequest { actor: actor.to_owned() })
            }
            Self::Open if accepts => Ok(Self::Accepted),
            Self::Open => Ok(Self::Refused),
            decided => Err(CorrectionError::Decided(decided)),
        }
    }
}

#[cfg(test)]
mod tests;
