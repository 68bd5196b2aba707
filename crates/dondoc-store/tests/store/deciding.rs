//! What people decide about findings.

use dondoc_core::{decision::FindingState, reading::Citation};
use dondoc_store::{
    Found, documents,
    findings::{self, Decision, DecisionError, Finding},
};

use crate::sample::{Draft, Sample, by};

fn sample() -> (Sample, i64, Draft) {
    let sample = Sample::new();
    let draft = Draft::new(
        "KH | 1/KH-UBND | 2025-03-01 | UBND tỉnh Lam Giang",
        "Kế hoạch thực hiện Nghị quyết số 5-NQ/TU. Giao Sở Nội vụ chủ trì mở 12 lớp.",
    )
    .cites("Nghị quyết số 5-NQ/TU", "NQ | 5-NQ/TU")
    .counts("12 lớp", 12, "lớp");
    let id = sample.put(&draft);
    (sample, id, draft)
}

fn citation(sample: &Sample, id: i64) -> Finding {
    let found = findings::of_document(&sample.store, id).unwrap();
    found.into_iter().find(|it| matches!(it.value, Found::Citation(_))).unwrap()
}

#[test]
fn a_decision_is_kept_with_who_and_when() {
    let (sample, id, _) = sample();
    let it = citation(&sample, id);
    assert_eq!((it.version, it.state, &it.decided), (1, FindingState::Suggested, &None));
    let accepted = findings::decide(&sample.store, (it.id, 1), &Decision::Accept, &by()).unwrap();
    assert_eq!((accepted.version, accepted.state), (2, FindingState::Accepted));
    assert_eq!(accepted.decided, Some(("Lan".into(), "2026-11-21T07:30:00Z".into())));
    let n = documents::summary(&sample.store, id).unwrap().unwrap().n_undecided;
    assert_eq!(n, 1);
}

#[test]
fn a_decision_on_an_old_version_is_refused() {
    let (sample, id, _) = sample();
    let it = citation(&sample, id);
    findings::decide(&sample.store, (it.id, 1), &Decision::Accept, &by()).unwrap();
    let late = findings::decide(&sample.store, (it.id, 1), &Decision::Reject, &by());
    assert!(matches!(late, Err(DecisionError::Stale { current: 2 })));
    assert_eq!(citation(&sample, id).state, FindingState::Accepted);
}

#[test]
fn a_rejected_citation_counts_for_nothing() {
    let (sample, id, _) = sample();
    let it = citation(&sample, id);
    findings::decide(&sample.store, (it.id, 1), &Decision::Reject, &by()).unwrap();
    let summary = documents::summary(&sample.store, id).unwrap().unwrap();
    assert_eq!((summary.n_citations, summary.n_open_citations), (0, 0));
    let again = findings::decide(&sample.store, (it.id, 2), &Decision::Accept, &by());
    assert!(matches!(again, Err(DecisionError::Step(_))));
    let reopened = findings::decide(&sample.store, (it.id, 2), &Decision::Reopen, &by()).unwrap();
    assert_eq!(reopened.state, FindingState::Suggested);
    assert_eq!(reopened.resolution.unwrap().state, "open");
}

#[test]
fn a_corrected_citation_is_resolved_again_and_can_be_taken_back() {
    let (sample, id, _) = sample();
    let target =
        sample.put(&Draft::new("NQ | 7-NQ/TU | 2024-01-01 | Tỉnh ủy Lam Giang", "Nghị quyết."));
    let it = citation(&sample, id);
    let Found::Citation(read) = it.value.clone() else { panic!() };
    let right = Found::Citation(Citation { number: Some("7-NQ/TU".into()), ..read.clone() });
    let corrected =
        findings::decide(&sample.store, (it.id, 1), &Decision::Correct(right.clone()), &by())
            .unwrap();
    assert_eq!((corrected.state, &corrected.value), (FindingState::Corrected, &right));
    assert_eq!(corrected.original, Some(Found::Citation(read.clone())));
    assert_eq!(corrected.resolution.unwrap().document_id, Some(target));
    let back = findings::decide(&sample.store, (it.id, 2), &Decision::Reopen, &by()).unwrap();
    assert_eq!(back.value, Found::Citation(read));
    assert_eq!(back.resolution.unwrap().document_id, None);
}

#[test]
fn a_correction_keeps_its_type_and_stays_in_the_document() {
    let (sample, id, _) = sample();
    let it = citation(&sample, id);
    let Found::Citation(read) = it.value else { panic!() };
    let other = Decision::Correct(Found::Boilerplate(read.span));
    let refused = findings::decide(&sample.store, (it.id, 1), &other, &by());
    assert!(matches!(refused, Err(DecisionError::OtherKind { .. })));
    for span in [(5000, 5005), (7, 7)] {
        let moved =
            Decision::Correct(Found::Citation(Citation { span: span.into(), ..read.clone() }));
        let refused = findings::decide(&sample.store, (it.id, 1), &moved, &by());
        assert!(matches!(refused, Err(DecisionError::BadSpan { .. })));
    }
}

#[test]
fn what_the_reader_missed_can_be_added() {
    let (sample, id, draft) = sample();
    let task = draft.asks("Giao Sở Nội vụ chủ trì mở 12 lớp.", "Sở Nội vụ");
    let task = Found::Task(task.document.tasks[0].clone());
    let added = findings::add(&sample.store, id, &task, &by()).unwrap();
    assert_eq!((added.state, &added.original), (FindingState::Added, &None));
    assert_eq!(documents::summary(&sample.store, id).unwrap().unwrap().n_tasks, 1);
    let nowhere = findings::add(&sample.store, 404, &task, &by());
    assert!(matches!(nowhere, Err(DecisionError::NotFound)));
}

#[test]
fn a_refused_decision_leaves_no_line_in_the_audit_trail() {
    let (sample, id, _) = sample();
    let it = citation(&sample, id);
    let count =
        || -> i64 { sample.place.rows("select count(*) from audit")[0][0].parse().unwrap() };
    let before = count();
    assert!(findings::decide(&sample.store, (it.id, 9), &Decision::Accept, &by()).is_err());
    assert_eq!(count(), before);
    findings::decide(&sample.store, (it.id, 1), &Decision::Accept, &by()).unwrap();
    assert_eq!(count(), before + 1);
}
