//! Backups by schedule and the weekly drill: what is due, and doing it.

use dondoc_store::{
    By, Store,
    backup::{Backup, How, State, records},
};
use jiff::{SignedDuration, Timestamp};

use super::{Schedule, drill_now, take_now};
use crate::{admin::site::Site, app};

/// A backup that failed is tried again after so long.
const AGAIN: SignedDuration = SignedDuration::from_mins(30);
/// A restore drill is made so often; a day before it would be overdue.
const DRILL_EVERY: SignedDuration = SignedDuration::from_hours(6 * 24);

/// Takes a backup and tries one out, each if it is due. What fails is said on the standard error and in the list of backups.
pub(crate) fn back_up(store: &Store, site: &Site, by: &By) {
    let Ok(schedule) = Schedule::of(store, site) else { return };
    let Ok(all) = store.read(|tx| records::list(tx, 1_000)) else { return };
    if is_due(&schedule, &all, by.at)
        && let Err(fault) = take_now(store, site, How::Schedule, by)
    {
        eprintln!("dondoc: backup: {fault}");
    }
    if let Some(id) = drill_due(&schedule, &all, by.at)
        && let Err(fault) = drill_now(store, site, id, by)
    {
        eprintln!("dondoc: restore drill: {fault}");
    }
}

/// Whether the hour has come and no backup by schedule was taken since; one that failed is tried again later.
fn is_due(schedule: &Schedule, all: &[Backup], now: Timestamp) -> bool {
    let hour = i64::from(schedule.hour);
    // The last time that the hour struck, in the clock of Viet Nam.
    let today = app::today(now);
    let Ok(midnight) = today.to_zoned(app::clock_of_vietnam()) else { return false };
    let mut struck = midnight.timestamp() + SignedDuration::from_hours(hour);
    if struck > now {
        struck -= SignedDuration::from_hours(24);
    }
    let tried = all.iter().filter(|it| it.how == How::Schedule.code());
    let last = tried.map(|it| (it.by.at, it.state)).max_by_key(|it| it.0);
    schedule.on
        && match last {
            None => true,
            Some((at, State::Failed)) => now.duration_since(at) >= AGAIN,
            Some((at, _)) => at < struck,
        }
}

/// The newest backup, if the last drill that ended well is too long ago and none was tried today.
fn drill_due(schedule: &Schedule, all: &[Backup], now: Timestamp) -> Option<i64> {
    let drills = || all.iter().filter_map(|it| it.drill.as_ref());
    let good = drills().filter(|it| it.fault.is_none()).map(|it| it.at).max();
    let tried = drills().map(|it| it.at).max();
    let is_old = good.is_none_or(|it| now.duration_since(it) >= DRILL_EVERY);
    let may_try = tried.is_none_or(|it| now.duration_since(it) >= SignedDuration::from_hours(24));
    let newest = all.iter().find(|it| it.state == State::Kept)?;
    (schedule.on && is_old && may_try).then_some(newest.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dondoc_store::backup::Drill;

    fn at(moment: &str) -> Timestamp {
        moment.parse().unwrap()
    }

    fn backup(moment: &str, state: State, drill: Option<(&str, bool)>) -> Backup {
        Backup {
            id: 7,
            folder: "/srv".to_owned(),
            name: "a.backup".to_owned(),
            how: "schedule".to_owned(),
            state,
            by: By { actor: "dondoc".to_owned(), at: at(moment) },
            n_bytes: 1,
            sha256: None,
            block: 0,
            chain: None,
            is_encrypted: false,
            fault: None,
            drill: drill.map(|(moment, is_good)| Drill {
                at: at(moment),
                fault: (!is_good).then(|| "backup_damaged".to_owned()),
            }),
        }
    }

    /// Two in the morning in Viet Nam is seven in the evening before in UTC.
    #[test]
    fn a_backup_is_due_when_the_hour_has_struck_since_the_last() {
        let schedule = Schedule::default();
        let before = [backup("2026-11-20T19:00:05Z", State::Kept, None)];
        assert!(!is_due(&schedule, &before, at("2026-11-21T18:59:59Z")));
        assert!(is_due(&schedule, &before, at("2026-11-21T19:00:00Z")));
        assert!(is_due(&schedule, &[], at("2026-11-21T07:30:00Z")));
        let off = Schedule { on: false, ..schedule };
        assert!(!is_due(&off, &[], at("2026-11-21T07:30:00Z")));
    }

    #[test]
    fn a_backup_that_failed_is_tried_again_after_half_an_hour() {
        let schedule = Schedule::default();
        let failed = [backup("2026-11-21T19:00:05Z", State::Failed, None)];
        assert!(!is_due(&schedule, &failed, at("2026-11-21T19:20:00Z")));
        assert!(is_due(&schedule, &failed, at("2026-11-21T19:30:05Z")));
    }

    #[test]
    fn a_drill_is_due_after_six_days_and_a_bad_one_is_tried_again_the_next_day() {
        let schedule = Schedule::default();
        let good = |moment| [backup("2026-11-20T19:00:00Z", State::Kept, Some((moment, true)))];
        let now = at("2026-11-21T07:30:00Z");
        assert_eq!(drill_due(&schedule, &good("2026-11-15T07:30:01Z"), now), None);
        assert_eq!(drill_due(&schedule, &good("2026-11-15T07:30:00Z"), now), Some(7));
        let bad = |moment| [backup("2026-11-20T19:00:00Z", State::Kept, Some((moment, false)))];
        assert_eq!(drill_due(&schedule, &bad("2026-11-20T08:00:00Z"), now), None);
        assert_eq!(drill_due(&schedule, &bad("2026-11-20T07:30:00Z"), now), Some(7));
    }
}
