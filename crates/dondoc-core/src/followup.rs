//! Follow-up (*đôn đốc*): what is due to be sent about a task, and which documents of the year are missing.
//!
//! The rules are data of a programme pack. Nothing here sends anything: it says what is due, given what was sent.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, CalendarError},
    pack::{Level, Text},
    task::{Course, Stage, named},
};

mod expected;
#[cfg(test)]
mod tests;

pub use expected::{Issued, Missing, covered, missing};

/// When to follow up, in working days. Each programme sets its own.
#[doc(alias = "đôn đốc")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpRules {
    /// A first notice goes out this many working days before the deadline; 0 is the day itself.
    pub first_notice_before: u16,
    /// Past the deadline, a notice goes out every this many working days. At least 1.
    pub repeat_every: u16,
    /// This many working days past the deadline, the head of the unit is told (*báo cáo người đứng đầu*).
    pub escalate_after: u16,
}

/// A document that must come every year (*văn bản phải ban hành hằng năm*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedDocument {
    /// `VB-01`.
    pub code: String,
    /// What it is.
    pub name: Text,
    /// The abbreviation of its type: `KH`.
    pub kind: String,
    /// Its subject has all the words of at least one of these; blind to accents.
    pub words: Vec<String>,
    /// Who issues it: each commune, or the province.
    pub level: Level,
    /// The month by which it must be there, 1 to 12.
    pub by_month: u8,
    /// The day of that month, 1 to 31.
    pub by_day: u8,
    /// Where that is said: codes of the pack's sources.
    #[serde(default)]
    pub basis: Vec<String>,
}

/// What sort of notice is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// Before the deadline.
    First,
    /// Past it, and again.
    Repeat,
    /// Past it for long: the head of the unit is told.
    Escalation,
}

named!(NoticeKind,
    First "first" "nhắc trước hạn" "before the deadline",
    Repeat "repeat" "đôn đốc" "follow-up",
    Escalation "escalation" "báo cáo người đứng đầu" "to the head",
);

/// A notice that was sent about a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What sort.
    pub kind: NoticeKind,
    /// When.
    pub on: Date,
}

impl FollowUpRules {
    /// What holds where a programme sets nothing, and for tasks of no programme: three working days before, then weekly,
    /// and to the head after two weeks.
    pub const USUAL: Self = Self { first_notice_before: 3, repeat_every: 5, escalate_after: 10 };

    /// Whether a programme can use them.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let most = 250;
        (1..=most).contains(&self.repeat_every)
            && self.first_notice_before <= most
            && (1..=most).contains(&self.escalate_after)
    }
}

/// What is due to be sent about a task on a day, given what was sent; `None` if nothing is.
///
/// A task that was reported, confirmed or called off is left in peace, and so is one without a deadline. Of what was sent
/// only what was sent for the deadline in force counts: after a later day was granted, it begins anew.
///
/// # Errors
///
/// [`CalendarError`] if the days off of a year on the way are not known.
pub fn notice_due(
    rules: FollowUpRules,
    course: &Course,
    sent: &[Sent],
    (today, calendar): (Date, &Calendar),
) -> Result<Option<NoticeKind>, CalendarError> {
    let is_open = matches!(course.stage, Stage::Assigned | Stage::Begun | Stage::Returned);
    let Some(due) = course.due.filter(|_| is_open) else { return Ok(None) };
    if today <= due {
        let n_left = calendar.working_days_between(today, due)?;
        // One that was sent for an earlier deadline lies before this window.
        let mut is_told = false;
        for it in sent.iter().filter(|it| it.on <= today) {
            let before = calendar.working_days_between(it.on, due)?;
            is_told |= before <= u32::from(rules.first_notice_before);
        }
        let is_near = n_left <= u32::from(rules.first_notice_before);
        return Ok((is_near && !is_told).then_some(NoticeKind::First));
    }
    let since = |day: Date| calendar.working_days_between(day, today);
    let of_late = || sent.iter().filter(|it| it.on > due && it.on <= today);
    let is_escalated = of_late().any(|it| it.kind == NoticeKind::Escalation);
    if since(due)? >= u32::from(rules.escalate_after) && !is_escalated {
        return Ok(Some(NoticeKind::Escalation));
    }
    let is_again = match of_late().map(|it| it.on).max() {
        None => true,
        Some(last) => since(last)? >= u32::from(rules.repeat_every),
    };
    Ok(is_again.then_some(NoticeKind::Repeat))
}
