//! The way of a task against a table of what is allowed, and names against a small tree.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const DUE: Date = date(2026, 3, 13);

/// Which steps are allowed from where, as a regulation would list them; `?` where a later day is asked for.
const TABLE: &str = "\
assigned: progress report ask_extension assign cancel
begun: progress report ask_extension assign cancel
returned: progress report ask_extension assign cancel
assigned?: progress report grant_extension refuse_extension assign cancel
begun?: progress report grant_extension refuse_extension assign cancel
returned?: progress report grant_extension refuse_extension assign cancel
reported: confirm return cancel
done:
cancelled:";

/// Where each step leads; what is not listed stays where it is.
fn leads_to(from: &str, step: &str) -> String {
    let asked = from.ends_with('?');
    let stage = from.trim_end_matches('?');
    let asks = |stage: &str| if asked { format!("{stage}?") } else { stage.to_owned() };
    match step {
        "assign" => "assigned".to_owned(),
        "progress" => asks("begun"),
        "report" => "reported".to_owned(),
        "confirm" => "done".to_owned(),
        "return" => "returned".to_owned(),
        "ask_extension" => format!("{stage}?"),
        "grant_extension" | "refuse_extension" => stage.to_owned(),
        _ => "cancelled".to_owned(),
    }
}

fn place(course: &Course) -> String {
    let mark = if course.asked_until.is_some() { "?" } else { "" };
    format!("{}{mark}", course.stage.code())
}

fn allowed(place: &str) -> Vec<&'static str> {
    let row = TABLE.lines().find_map(|it| it.strip_prefix(&format!("{place}:")));
    row.unwrap().split_whitespace().collect()
}

fn steps() -> impl Strategy<Value = Vec<(TaskStep, u8, i8)>> {
    let until = (1..=28_i8).prop_map(|day| date(2026, 4, day));
    let step = prop_oneof![
        Just(TaskStep::Assign),
        Just(TaskStep::Progress),
        Just(TaskStep::Report),
        Just(TaskStep::Confirm),
        Just(TaskStep::Return),
        until.clone().prop_map(|until| TaskStep::AskExtension { until }),
        until.prop_map(|until| TaskStep::GrantExtension { until }),
        Just(TaskStep::RefuseExtension),
        Just(TaskStep::Cancel),
    ];
    proptest::collection::vec((step, 0..2_u8, 1..=28_i8), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// However steps come, only those of the table are taken, and each leads where it must.
    #[test]
    fn no_step_is_taken_that_the_table_does_not_allow(steps in steps()) {
        let mut course = Course::assigned(Some(DUE));
        let mut model = "assigned".to_owned();
        let mut reporter = 9;
        for (step, actor, day) in steps {
            let name = ["Lan", "Minh"][usize::from(actor)];
            let mut is_allowed = allowed(&model).contains(&step.code());
            is_allowed &= step.code() != "confirm" || reporter != actor;
            if let TaskStep::AskExtension { until } | TaskStep::GrantExtension { until } = step {
                is_allowed &= until > course.due.unwrap();
            }
            match course.after(step, (name, date(2026, 3, day))) {
                Ok(next) => {
                    prop_assert!(is_allowed, "{model} {step:?}");
                    model = leads_to(&model, step.code());
                    if step == TaskStep::Report {
                        reporter = actor;
                    }
                    course = next;
                }
                Err(_) => prop_assert!(!is_allowed, "{model} {step:?}"),
            }
            prop_assert_eq!(place(&course), model.clone());
            let mut offered = course.steps();
            let mut listed = allowed(&model);
            offered.sort_unstable();
            listed.sort_unstable();
            prop_assert_eq!(offered, listed);
        }
    }

    /// Once over, a task stands in the same words for ever; before, it can only go from in time to late.
    #[test]
    fn waiting_makes_a_task_late_and_never_in_time_again(steps in steps()) {
        let mut course = Course::assigned(Some(DUE));
        for (step, actor, day) in steps {
            let by = (["Lan", "Minh"][usize::from(actor)], date(2026, 3, day));
            course = course.after(step, by).unwrap_or(course);
            let days = (1..=60).map(|n| course.state(date(2026, 3, 1).saturating_add(jiff::ToSpan::days(n))));
            let mut words: Vec<TaskState> = days.collect();
            words.dedup();
            let most = if course.stage.is_over() { 1 } else { 2 };
            prop_assert!(words.len() <= most, "{words:?}");
            if words.len() == 2 {
                prop_assert_eq!(words[1], TaskState::Overdue);
            }
        }
    }
}

#[test]
fn the_day_of_the_report_decides_whether_it_was_in_time() {
    let begun = Course::assigned(Some(DUE)).after(TaskStep::Progress, ("Lan", DUE)).unwrap();
    assert_eq!(begun.state(DUE), TaskState::InProgress);
    assert_eq!(begun.state(date(2026, 3, 14)), TaskState::Overdue);
    for (reported_on, waiting, confirmed) in [
        (DUE, TaskState::InProgress, TaskState::DoneOnTime),
        (date(2026, 3, 14), TaskState::Overdue, TaskState::DoneLate),
    ] {
        let reported = begun.after(TaskStep::Report, ("Lan", reported_on)).unwrap();
        assert_eq!(reported.state(date(2026, 5, 1)), waiting);
        let done = reported.after(TaskStep::Confirm, ("Minh", date(2026, 5, 1))).unwrap();
        assert_eq!(done.state(date(2026, 5, 1)), confirmed);
    }
}

#[test]
fn nobody_confirms_his_own_report() {
    let reported = Course::assigned(None).after(TaskStep::Report, ("Lan", DUE)).unwrap();
    let own = reported.after(TaskStep::Confirm, ("Lan", DUE));
    assert_eq!(own, Err(TaskStepError::OwnReport { actor: "Lan".to_owned() }));
    assert!(reported.after(TaskStep::Confirm, ("Minh", DUE)).is_ok());
}

#[test]
fn a_task_without_a_day_is_never_late_and_none_can_be_put_off() {
    let course = Course::assigned(None);
    assert_eq!(course.state(date(2099, 1, 1)), TaskState::NotStarted);
    let asked = course.admits(TaskStep::AskExtension { until: DUE });
    assert_eq!(asked, Err(TaskStepError::NoDeadline));
}

#[test]
fn a_later_day_must_be_later() {
    let course = Course::assigned(Some(DUE));
    let asked = course.admits(TaskStep::AskExtension { until: DUE });
    assert_eq!(asked, Err(TaskStepError::NotLater { until: DUE, due: DUE }));
    let until = date(2026, 3, 20);
    let asked = course.after(TaskStep::AskExtension { until }, ("Lan", DUE)).unwrap();
    let granted = asked.after(TaskStep::GrantExtension { until }, ("Minh", DUE)).unwrap();
    assert_eq!((granted.due, granted.asked_until), (Some(until), None));
}
