use super::*;
use SubmissionState as State;
use SubmissionStep as Step;

const STATES: [State; 5] =
    [State::Draft, State::Submitted, State::Returned, State::Approved, State::Locked];
const STEPS: [Step; 6] =
    [Step::Save, Step::Submit, Step::Return, Step::Approve, Step::Lock, Step::Unlock];

/// Row: where it stands; column: the step, both in the order above; `-` is refused. Taken from the way of a report on
/// paper: written, handed in, sent back or signed, filed.
#[rustfmt::skip]
const WAY: [[&str; 6]; 5] = [
    // save        submit       return      approve     lock      unlock
    ["draft",     "submitted", "-",        "-",        "-",      "-"],        // draft
    ["-",         "-",         "returned", "approved", "-",      "-"],        // submitted
    ["returned",  "submitted", "-",        "-",        "-",      "-"],        // returned
    ["-",         "-",         "returned", "-",        "locked", "-"],        // approved
    ["-",         "-",         "-",        "-",        "-",      "approved"], // locked
];

fn standing_in(state: State) -> Standing {
    let (submitted_by, approved_by) = ("Lan".to_owned(), "Minh".to_owned());
    match state {
        State::Draft => Standing::Draft,
        State::Submitted => Standing::Submitted { by: submitted_by },
        State::Returned => Standing::Returned { submitted_by },
        State::Approved => Standing::Approved { submitted_by, by: approved_by },
        State::Locked => Standing::Locked { submitted_by, approved_by },
    }
}

#[test]
fn every_step_from_every_state_leads_where_the_way_says() {
    for (state, row) in STATES.into_iter().zip(WAY) {
        for (step, expected) in STEPS.into_iter().zip(row) {
            let after = standing_in(state).after(step, "Hoa");
            let found = after.as_ref().map_or("-", |it| it.state().code());
            assert_eq!(found, expected, "{} from {}", step.code(), state.code());
            if let Err(err) = after {
                assert_eq!(err, SubmissionStepError::NotFromHere { state, step });
            }
        }
    }
}

#[test]
fn nobody_approves_what_he_handed_in_himself() {
    let submitted = Standing::Draft.after(Step::Submit, "Lan").unwrap();
    let refused = submitted.clone().after(Step::Approve, "Lan");
    assert_eq!(refused, Err(SubmissionStepError::OwnSubmission { actor: "Lan".into() }));
    let approved = submitted.after(Step::Approve, "Minh").unwrap();
    assert_eq!((approved.submitted_by(), approved.approved_by()), (Some("Lan"), Some("Minh")));
}

#[test]
fn who_handed_it_in_again_may_not_approve_it_and_who_did_first_may() {
    let steps = [(Step::Submit, "Lan"), (Step::Return, "Minh"), (Step::Submit, "Minh")];
    let standing =
        steps.into_iter().fold(Standing::Draft, |it, (step, actor)| it.after(step, actor).unwrap());
    assert!(standing.clone().after(Step::Approve, "Minh").is_err());
    assert!(standing.after(Step::Approve, "Lan").is_ok());
}

/// The state as three plain words, with rules written the other way round: by step, not by state.
#[derive(Clone, Debug, PartialEq)]
struct Model {
    at: &'static str,
    submitter: &'static str,
    approver: &'static str,
}

impl Model {
    fn take(&self, step: Step, actor: &'static str) -> Option<Self> {
        let Self { at, submitter, approver } = self.clone();
        let open = at == "draft" || at == "returned";
        let (at, submitter, approver) = match step {
            Step::Save => (open.then_some(at)?, submitter, approver),
            Step::Submit => (open.then_some("submitted")?, actor, ""),
            Step::Return => {
                let handed_in = at == "submitted" || at == "approved";
                (handed_in.then_some("returned")?, submitter, "")
            }
            Step::Approve => {
                let may = at == "submitted" && actor != submitter;
                (may.then_some("approved")?, submitter, actor)
            }
            Step::Lock => ((at == "approved").then_some("locked")?, submitter, approver),
            Step::Unlock => ((at == "locked").then_some("approved")?, submitter, approver),
        };
        Some(Self { at, submitter, approver })
    }
}

#[test]
fn a_hundred_thousand_random_ways_go_as_a_plain_model_says() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |n: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % n).unwrap()
    };
    let (mut n_taken, mut n_refused) = (0, 0);
    for _ in 0..100_000 {
        let mut standing = Standing::Draft;
        let mut model = Model { at: "draft", submitter: "", approver: "" };
        for _ in 0..draw(12) + 1 {
            let (step, actor) = (STEPS[draw(6)], ["Lan", "Minh", "Hoa"][draw(3)]);
            let (after, expected) = (standing.clone().after(step, actor), model.take(step, actor));
            assert_eq!(after.is_ok(), expected.is_some(), "{standing:?} {step:?} {actor}");
            if let (Ok(after), Some(expected)) = (after, expected) {
                let approver = after.approved_by().unwrap_or_default();
                let found = (after.state().code(), after.submitted_by().unwrap_or_default());
                assert_eq!(
                    (found, approver),
                    ((expected.at, expected.submitter), expected.approver)
                );
                (standing, model) = (after, expected);
                n_taken += 1;
            } else {
                n_refused += 1;
            }
        }
    }
    println!("100,000 ways: {n_taken} steps taken, {n_refused} refused");
    assert!(n_taken > 100_000 && n_refused > 100_000);
}

#[test]
fn names_of_states_and_steps_lead_back_to_them() {
    assert!(State::ALL.iter().all(|it| State::by_code(it.code()) == Some(*it)));
    assert!(Step::ALL.iter().all(|it| Step::by_code(it.code()) == Some(*it)));
    assert!(CorrectionState::ALL.iter().all(|it| CorrectionState::by_code(it.code()) == Some(*it)));
    assert_eq!(State::by_code("nowhere"), None);
}

#[test]
fn a_correction_is_granted_by_somebody_else_and_once() {
    let open = CorrectionState::Open;
    let own = CorrectionError::OwnRequest { actor: "Lan".into() };
    assert_eq!(open.decided(true, "Lan", "Lan"), Err(own));
    assert_eq!(open.decided(false, "Lan", "Lan"), Ok(CorrectionState::Refused));
    assert_eq!(open.decided(true, "Lan", "Minh"), Ok(CorrectionState::Accepted));
    for decided in [CorrectionState::Accepted, CorrectionState::Refused] {
        for accepts in [true, false] {
            let again = decided.decided(accepts, "Lan", "Minh");
            assert_eq!(again, Err(CorrectionError::Decided(decided)));
        }
    }
}
