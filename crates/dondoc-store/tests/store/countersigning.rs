//! What two people must want, as it is kept.

use dondoc_core::countersign::{CountersignError, Decision, Said, Standing};
use dondoc_store::{
    Action, StoreError, audit,
    countersigns::{self, Countersign, DecideError, NewCountersign},
};
use jiff::SignedDuration;

use crate::sample::{Sample, by};

const DIGEST: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

fn ask(sample: &Sample) -> i64 {
    let new =
        NewCountersign {
            kind: "lock.lift", deed: r#"{"lock":7,"vì":"nộp lại"}"#, digest: DIGEST
        };
    let asked = sample.store.write(|tx| -> Result<_, StoreError> {
        let id = countersigns::ask(tx, &new, &by())?;
        Ok((id, Action { by: by(), verb: "countersign.ask", object: id.to_string() }))
    });
    asked.unwrap()
}

fn said<'a>(decision: Decision, by_whom: &'a str, why: Option<&'a str>) -> Said<'a> {
    let at = by().at + SignedDuration::from_hours(5);
    Said { decision, by: by_whom, at, digest: Some(DIGEST), why }
}

fn decide(sample: &Sample, id: i64, said: &Said<'_>) -> Result<Countersign, DecideError> {
    sample.store.write(|tx| {
        let asked = countersigns::decide(tx, id, said)?;
        Ok((asked, Action { by: by(), verb: "lock.lift", object: "7".to_owned() }))
    })
}

fn get(sample: &Sample, id: i64) -> Countersign {
    sample.store.read(|tx| countersigns::get(tx, id)).unwrap().unwrap()
}

fn refused(error: &DecideError) -> Option<CountersignError> {
    match error {
        DecideError::Refused(why) => Some(*why),
        _ => None,
    }
}

#[test]
fn what_was_asked_for_comes_back_whole_and_is_decided_once() {
    let sample = Sample::new();
    let (first, second) = (ask(&sample), ask(&sample));
    let open = get(&sample, first);
    assert_eq!((open.kind.as_str(), open.digest.as_str()), ("lock.lift", DIGEST));
    assert_eq!(open.deed, r#"{"lock":7,"vì":"nộp lại"}"#);
    assert_eq!((&open.asked, open.left, &open.decided), (&by(), Standing::Open, &None));
    assert_eq!(open.until.to_string(), "2026-11-28T07:30:00Z");

    let own = decide(&sample, first, &said(Decision::Confirm, "Lan", None)).unwrap_err();
    assert_eq!(refused(&own), Some(CountersignError::Own));
    assert_eq!(get(&sample, first), open, "as before");
    let before = decide(&sample, first, &said(Decision::Confirm, "Minh", None)).unwrap();
    assert_eq!(before, open);
    let confirmed = get(&sample, first);
    assert_eq!(confirmed.left, Standing::Confirmed);
    assert_eq!(confirmed.decided.map(|it| it.actor).as_deref(), Some("Minh"));
    let again = decide(&sample, first, &said(Decision::Confirm, "Hoa", None)).unwrap_err();
    assert_eq!(refused(&again), Some(CountersignError::Over));

    let why = Some(" chưa có quyết định ");
    decide(&sample, second, &said(Decision::Refuse, "Minh", why)).unwrap();
    assert_eq!(get(&sample, second).why.as_deref(), Some("chưa có quyết định"));
    let newest = sample.store.read(|tx| countersigns::newest(tx, 9)).unwrap();
    assert_eq!(newest.iter().map(|it| it.id).collect::<Vec<_>>(), [second, first]);
    let nobody = decide(&sample, 99, &said(Decision::Confirm, "Minh", None)).unwrap_err();
    assert!(matches!(nobody, DecideError::NotFound));
}

#[test]
fn the_second_person_has_a_line_of_the_audit_trail_beside_that_of_the_deed() {
    let sample = Sample::new();
    let id = ask(&sample);
    decide(&sample, id, &said(Decision::Confirm, "Minh", None)).unwrap();
    let lines = sample.place.rows("select actor, verb, object from audit order by audit_id");
    let lines: Vec<Vec<&str>> =
        lines.iter().map(|it| it.iter().map(String::as_str).collect()).collect();
    let expected: [[&str; 3]; 3] = [
        ["Lan", "countersign.ask", "1"],
        ["Minh", "countersign.confirm", "1 lock.lift"],
        ["Lan", "lock.lift", "7"],
    ];
    assert_eq!(lines, expected);
    assert!(matches!(audit::verify(&sample.store), Ok(audit::Chain::Whole { n_lines: 3, .. })));
}

#[test]
fn the_store_itself_takes_no_confirmation_by_the_one_who_asked() {
    let sample = Sample::new();
    ask(&sample);
    let forged =
        "update countersign set state = 'confirmed', decided_by = asked_by, decided_at = 'x'";
    let place = &sample.place;
    let tried = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| place.run(forged)));
    assert!(tried.is_err());
    assert_eq!(get(&sample, 1).left, Standing::Open);
}
