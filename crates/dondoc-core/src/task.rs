//! A task (*nhiệm vụ*): who must do what by when, and the way it goes from being given to being confirmed.
//!
//! What is kept of a task is facts: what was done with it, and on which day. The words that offices use for where it
//! stands (*đang thực hiện*, *quá hạn chưa hoàn thành* …) follow from the facts and the day, and are kept nowhere.

use jiff::civil::Date;

pub mod addressee;
pub mod recurrence;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use words::named;
pub use words::{Origin, TaskKind, TaskState};

/// What has become of a task; each with what it takes to know what may come next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Given out; nobody has begun.
    Assigned,
    /// Begun, or at least something was said about it.
    Begun,
    /// Reported as done by its lead unit, and waiting for the one who gave it.
    Reported {
        /// The account that reported.
        by: String,
        /// The day, which decides whether it was in time.
        on: Date,
    },
    /// Sent back with a reason: what was reported is not enough.
    Returned,
    /// Confirmed by the one who gave it.
    Done {
        /// The day it was reported, which decides whether it was in time.
        reported_on: Date,
    },
    /// Called off.
    Cancelled,
}

/// The facts about a task that decide what may be done with it and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Course {
    /// What has become of it.
    pub stage: Stage,
    /// The last day on which it is in time; `None` if it has none.
    pub due: Option<Date>,
    /// The day until which its lead unit asked to be given, as long as nobody has decided.
    pub asked_until: Option<Date>,
}

/// Something that is done with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskStep {
    /// Give it to another unit, or to other units beside it (*giao lại*).
    Assign,
    /// Say how it goes (*cập nhật tiến độ*).
    Progress,
    /// Say that it is done, with proof (*báo cáo hoàn thành*).
    Report,
    /// Find that it is done (*xác nhận hoàn thành*).
    Confirm,
    /// Find that it is not (*trả lại*); takes a reason.
    Return,
    /// Ask for a later day (*xin gia hạn*); takes a reason.
    AskExtension {
        /// The day asked for.
        until: Date,
    },
    /// Give a later day, the one that was asked for or another (*đồng ý gia hạn*).
    GrantExtension {
        /// The day that is given.
        until: Date,
    },
    /// Give none (*không đồng ý gia hạn*); takes a reason.
    RefuseExtension,
    /// Call it off (*hủy*); takes a reason.
    Cancel,
}

/// A step was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskStepError {
    /// It can't be taken from here.
    #[error("`{step}` is no step from `{stage}`")]
    NotFromHere {
        /// What has become of the task.
        stage: &'static str,
        /// What was tried.
        step: &'static str,
    },
    /// The task has no day, so there is none to put off.
    #[error("the task has no day to be done by, so none can be put off")]
    NoDeadline,
    /// The new day is not after the one in force.
    #[error("{until} is not after {due}, which is the day in force")]
    NotLater {
        /// The day asked for.
        until: Date,
        /// The day in force.
        due: Date,
    },
    /// Nobody asked for a later day, or that was decided already.
    #[error("no later day is asked for")]
    NothingAsked,
    /// A later day is asked for already.
    #[error("{until} is asked for already; wait for the decision")]
    AskedAlready {
        /// The day asked for.
        until: Date,
    },
    /// Nobody confirms what he reported himself.
    #[error("`{actor}` reported it; somebody else has to confirm it")]
    OwnReport {
        /// Who tried.
        actor: String,
    },
}

impl TaskState {
    /// Where a task of several units stands, from where each of theirs stands; `None` if there are none.
    #[must_use]
    pub fn of_parts(parts: &[Self]) -> Option<Self> {
        let counted: Vec<Self> =
            parts.iter().copied().filter(|it| *it != Self::Cancelled).collect();
        if counted.is_empty() {
            return parts.first().map(|_| Self::Cancelled);
        }
        let is_done = |it: &Self| matches!(it, Self::DoneOnTime | Self::DoneLate);
        Some(if counted.contains(&Self::Overdue) {
            Self::Overdue
        } else if counted.iter().all(is_done) {
            let is_late = counted.contains(&Self::DoneLate);
            if is_late { Self::DoneLate } else { Self::DoneOnTime }
        } else if counted.contains(&Self::Returned) {
            Self::Returned
        } else if counted.iter().all(|it| *it == Self::NotStarted) {
            Self::NotStarted
        } else {
            Self::InProgress
        })
    }
}

impl Stage {
    /// The name in JSON and in the store.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Begun => "begun",
            Self::Reported { .. } => "reported",
            Self::Returned => "returned",
            Self::Done { .. } => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether its lead unit has it in hand: it was neither reported, nor confirmed, nor called off.
    #[must_use]
    pub fn is_with_the_lead(&self) -> bool {
        matches!(self, Self::Assigned | Self::Begun | Self::Returned)
    }

    /// Whether nothing more can become of it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Cancelled)
    }
}

impl TaskStep {
    /// The name in JSON and in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Progress => "progress",
            Self::Report => "report",
            Self::Confirm => "confirm",
            Self::Return => "return",
            Self::AskExtension { .. } => "ask_extension",
            Self::GrantExtension { .. } => "grant_extension",
            Self::RefuseExtension => "refuse_extension",
            Self::Cancel => "cancel",
        }
    }

    /// Whether it takes a reason.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(
            self,
            Self::Return | Self::AskExtension { .. } | Self::RefuseExtension | Self::Cancel
        )
    }
}

impl Course {
    /// A task that was just given.
    #[must_use]
    pub fn assigned(due: Option<Date>) -> Self {
        Self { stage: Stage::Assigned, due, asked_until: None }
    }

    /// Where it stands at the end of a day.
    ///
    /// A task that was reported is late only if it was reported late, however long its confirmation takes.
    #[must_use]
    pub fn state(&self, today: Date) -> TaskState {
        let is_late = |on: Date| self.due.is_some_and(|due| due < on);
        match &self.stage {
            Stage::Cancelled => TaskState::Cancelled,
            Stage::Done { reported_on } if is_late(*reported_on) => TaskState::DoneLate,
            Stage::Done { .. } => TaskState::DoneOnTime,
            Stage::Reported { on, .. } if is_late(*on) => TaskState::Overdue,
            Stage::Reported { .. } => TaskState::InProgress,
            _ if is_late(today) => TaskState::Overdue,
            Stage::Assigned => TaskState::NotStarted,
            Stage::Begun => TaskState::InProgress,
            Stage::Returned => TaskState::Returned,
        }
    }

    /// What becomes of it with a step that an account takes on a day.
    ///
    /// # Errors
    ///
    /// [`TaskStepError`]; the task stays as it is.
    pub fn after(&self, step: TaskStep, (actor, on): (&str, Date)) -> Result<Self, TaskStepError> {
        self.admits(step)?;
        let with = |stage| Self { stage, ..self.clone() };
        Ok(match step {
            TaskStep::Assign => Self { stage: Stage::Assigned, due: self.due, asked_until: None },
            TaskStep::Progress => with(Stage::Begun),
            TaskStep::Report => Self {
                stage: Stage::Reported { by: actor.to_owned(), on },
                due: self.due,
                asked_until: None,
            },
            TaskStep::Confirm => match &self.stage {
                Stage::Reported { by, .. } if by == actor => {
                    return Err(TaskStepError::OwnReport { actor: actor.to_owned() });
                }
                Stage::Reported { on, .. } => with(Stage::Done { reported_on: *on }),
                _ => return Err(self.not_from_here(step)),
            },
            TaskStep::Return => with(Stage::Returned),
            TaskStep::AskExtension { until } => Self { asked_until: Some(until), ..self.clone() },
            TaskStep::GrantExtension { until } => {
                Self { stage: self.stage.clone(), due: Some(until), asked_until: None }
            }
            TaskStep::RefuseExtension => Self { asked_until: None, ..self.clone() },
            TaskStep::Cancel => Self { stage: Stage::Cancelled, due: self.due, asked_until: None },
        })
    }

    /// Whether a step may be taken at all from here, whoever takes it.
    ///
    /// # Errors
    ///
    /// [`TaskStepError`] says why not.
    pub fn admits(&self, step: TaskStep) -> Result<(), TaskStepError> {
        let is_from_here = match step {
            TaskStep::Confirm | TaskStep::Return => matches!(self.stage, Stage::Reported { .. }),
            TaskStep::Cancel => !self.stage.is_over(),
            _ => self.stage.is_with_the_lead(),
        };
        if !is_from_here {
            return Err(self.not_from_here(step));
        }
        match step {
            TaskStep::AskExtension { until } => match self.asked_until {
                Some(until) => Err(TaskStepError::AskedAlready { until }),
                None => self.is_put_off_to(until),
            },
            TaskStep::GrantExtension { until } if self.asked_until.is_some() => {
                self.is_put_off_to(until)
            }
            TaskStep::GrantExtension { .. } | TaskStep::RefuseExtension
                if self.asked_until.is_none() =>
            {
                Err(TaskStepError::NothingAsked)
            }
            _ => Ok(()),
        }
    }

    fn is_put_off_to(&self, until: Date) -> Result<(), TaskStepError> {
        match self.due {
            None => Err(TaskStepError::NoDeadline),
            Some(due) if until <= due => Err(TaskStepError::NotLater { until, due }),
            Some(_) => Ok(()),
        }
    }

    fn not_from_here(&self, step: TaskStep) -> TaskStepError {
        TaskStepError::NotFromHere { stage: self.stage.code(), step: step.code() }
    }

    /// The names of the steps that may be taken from here, whoever takes them.
    #[must_use]
    pub fn steps(&self) -> Vec<&'static str> {
        // Any day after the one in force stands for all of them.
        let later = self.due.and_then(|it| it.tomorrow().ok()).unwrap_or(Date::MAX);
        [
            TaskStep::Progress,
            TaskStep::Report,
            TaskStep::Confirm,
            TaskStep::Return,
            TaskStep::AskExtension { until: later },
            TaskStep::GrantExtension { until: later },
            TaskStep::RefuseExtension,
            TaskStep::Assign,
            TaskStep::Cancel,
        ]
        .into_iter()
        .filter(|it| self.admits(*it).is_ok())
        .map(TaskStep::code)
        .collect()
    }
}
