//! Submissions: each step once, by the right person, with its reasons; locks, corrections, the board.

use dondoc_core::{
    figure::Status,
    submission::{
        CorrectionError, CorrectionState, Standing, SubmissionState, SubmissionStep as Step,
        SubmissionStepError,
    },
    unit::UnitId,
};
use dondoc_store::{
    By, Store,
    blocks::{self, BlockId, NewBlock, Origin},
    submissions::{
        self, CellNote, NewSubmission, Submission, SubmissionError, SubmissionFilter,
        SubmissionKey, board,
        corrections::{self, NewCorrection},
        locks::{self, NewLock},
        steps::{self, StepWords},
    },
};
use serde_json::{Value, json};

use crate::{
    made::{BINH_AN, DONG_KHE, figures, minh, month, motley, write},
    sample::{Sample, by},
};

fn form<'a>(unit: UnitId, content: &'a Value) -> NewSubmission<'a> {
    NewSubmission {
        pack: ("KVPT", 1),
        form: ("B01-XA", 2),
        unit,
        period: month(9),
        kind: Status::Final,
        content,
    }
}

fn open(store: &Store, unit: UnitId) -> Submission {
    let content = json!({"2.1": {"3": "12"}});
    write(store, |tx| steps::open(tx, &form(unit, &content), &by())).unwrap()
}

fn take(
    store: &Store,
    it: &Submission,
    step: Step,
    (words, by): (StepWords<'_>, &By),
) -> Result<Submission, SubmissionError> {
    write(store, |tx| steps::take(tx, (it.id, it.version), (step, words), by))
}

const SILENT: StepWords<'static> = StepWords { reason: None, notes: &[] };

fn note(words: &str) -> CellNote {
    CellNote {
        row: Some("2.1".into()),
        column: Some("3".into()),
        about: Some("R-02-01".into()),
        words: words.into(),
    }
}

#[test]
fn a_form_goes_its_way_and_every_step_is_kept() {
    let Sample { store, place: _place } = &Sample::new();
    let it = open(store, BINH_AN);
    assert_eq!((it.standing.clone(), it.version, it.submitted_at), (Standing::Draft, 1, None));
    let changed = json!({"2.1": {"3": "13"}});
    let it = write(store, |tx| steps::save(tx, (it.id, 1), &changed, &by())).unwrap();
    assert_eq!((&it.content, it.version), (&changed, 2));
    let answers = [note("đã kiểm tra lại")];
    let words = StepWords { reason: None, notes: &answers };
    let it = take(store, &it, Step::Submit, (words, &by())).unwrap();
    assert_eq!(it.submitted_at, Some((by().at, by().at)));
    let reasons = [note("thiếu lớp tháng 8"), note("cột 3 phải bằng cột 4")];
    let words = StepWords { reason: Some("xem lại"), notes: &reasons };
    let it = take(store, &it, Step::Return, (words, &minh())).unwrap();
    let later = By { at: minh().at, ..by() };
    let it = take(store, &it, Step::Submit, (SILENT, &later)).unwrap();
    assert_eq!(it.submitted_at, Some((by().at, later.at)));
    let it = take(store, &it, Step::Approve, (SILENT, &minh())).unwrap();
    let it = take(store, &it, Step::Lock, (SILENT, &minh())).unwrap();
    assert_eq!(it.standing.approved_by(), Some("Minh"));
    assert_eq!(store.read(|tx| submissions::get(tx, it.id)).unwrap(), Some(it.clone()));

    let taken = store.read(|tx| steps::taken(tx, it.id)).unwrap();
    let told: Vec<_> = taken.iter().map(|it| (it.step.as_str(), it.by.actor.as_str())).collect();
    let expected = [
        ("open", "Lan"),
        ("save", "Lan"),
        ("submit", "Lan"),
        ("return", "Minh"),
        ("submit", "Lan"),
        ("approve", "Minh"),
        ("lock", "Minh"),
    ];
    assert_eq!(told, expected);
    assert_eq!((&taken[2].notes[..], &taken[3].notes[..]), (&answers[..], &reasons[..]));
    assert_eq!(taken[3].reason.as_deref(), Some("xem lại"));
    // SHA-256 of {"2.1":{"3":"13"}}, from another program.
    let sha256 = "e3d57934956855747e561f1c115e4a2999c7ab684ae1d272ab89e0d1e54039f7";
    assert!(taken[1..].iter().all(|it| it.content_sha256 == sha256));
    assert_ne!(taken[0].content_sha256, sha256);
}

#[test]
fn a_form_is_begun_once() {
    let Sample { store, place: _place } = &Sample::new();
    let first = open(store, BINH_AN);
    let content = json!({});
    let again = write(store, |tx| steps::open(tx, &form(BINH_AN, &content), &by()));
    assert!(matches!(again, Err(SubmissionError::Exists { id }) if id == first.id));
    let estimate = NewSubmission { kind: Status::Estimate, ..form(BINH_AN, &content) };
    let estimate = write(store, |tx| steps::open(tx, &estimate, &by())).unwrap();
    assert_eq!((estimate.id, estimate.kind), (first.id + 1, Status::Estimate));
    let key = SubmissionKey {
        pack: "KVPT",
        form: "B01-XA",
        unit: BINH_AN,
        period: month(9),
        kind: Status::Estimate,
    };
    assert_eq!(store.read(|tx| submissions::find(tx, key)).unwrap(), Some(estimate));
    let other = SubmissionKey { unit: DONG_KHE, ..key };
    assert_eq!(store.read(|tx| submissions::find(tx, other)).unwrap(), None);
}

#[test]
fn who_saw_an_older_version_takes_no_step() {
    let Sample { store, place: _place } = &Sample::new();
    let seen = open(store, BINH_AN);
    take(store, &seen, Step::Submit, (SILENT, &by())).unwrap();
    for refused in [
        take(store, &seen, Step::Approve, (SILENT, &minh())),
        write(store, |tx| steps::save(tx, (seen.id, seen.version), &json!({}), &by())),
    ] {
        assert!(matches!(refused, Err(SubmissionError::Stale { current: 2 })), "{refused:?}");
    }
    let nowhere = write(store, |tx| steps::save(tx, (99, 1), &json!({}), &by()));
    assert!(matches!(nowhere, Err(SubmissionError::NotFound)));
}

#[test]
fn a_refused_step_changes_nothing() {
    let Sample { store, place: _place } = &Sample::new();
    let it = open(store, BINH_AN);
    let it = take(store, &it, Step::Submit, (SILENT, &by())).unwrap();
    let own = take(store, &it, Step::Approve, (SILENT, &by()));
    let own_submission = SubmissionStepError::OwnSubmission { actor: "Lan".into() };
    assert!(matches!(own, Err(SubmissionError::Step(err)) if err == own_submission));
    assert!(take(store, &it, Step::Lock, (SILENT, &minh())).is_err());
    let changed = write(store, |tx| steps::save(tx, (it.id, it.version), &json!({}), &by()));
    assert!(changed.is_err());
    assert_eq!(store.read(|tx| submissions::get(tx, it.id)).unwrap().as_ref(), Some(&it));
    assert_eq!(store.read(|tx| steps::taken(tx, it.id)).unwrap().len(), 2);
}

#[test]
fn to_return_and_to_unlock_take_a_reason() {
    let Sample { store, place: _place } = &Sample::new();
    let it = take(store, &open(store, BINH_AN), Step::Submit, (SILENT, &by())).unwrap();
    let blank = StepWords { reason: Some("  "), notes: &[] };
    for words in [SILENT, blank] {
        let refused = take(store, &it, Step::Return, (words, &minh()));
        assert!(matches!(refused, Err(SubmissionError::NoReason { step: "return" })));
    }
    let it = take(store, &it, Step::Approve, (SILENT, &minh())).unwrap();
    let it = take(store, &it, Step::Lock, (SILENT, &minh())).unwrap();
    let refused = take(store, &it, Step::Unlock, (SILENT, &minh()));
    assert!(matches!(refused, Err(SubmissionError::NoReason { step: "unlock" })));
    let why = StepWords { reason: Some("khóa nhầm"), notes: &[] };
    let it = take(store, &it, Step::Unlock, (why, &minh())).unwrap();
    assert_eq!(it.standing.state(), SubmissionState::Approved);
}

#[test]
fn a_receipt_names_what_was_handed_in_and_where_its_figures_went() {
    let Sample { store, place: _place } = &Sample::new();
    let it = open(store, BINH_AN);
    assert_eq!(store.read(|tx| steps::receipt(tx, it.id)).unwrap(), None);
    let origin = Origin::Submission(it.id);
    let figures = figures(10, 1);
    let it = write(store, |tx| -> Result<_, SubmissionError> {
        let it = steps::take(tx, (it.id, it.version), (Step::Submit, SILENT), &by())?;
        let (unit, period) = (it.unit, it.period);
        let new = NewBlock { unit, period, origin: &origin, figures: &figures, reason: None };
        blocks::append(tx, &new, &by())?;
        Ok(it)
    })
    .unwrap();
    let receipt = store.read(|tx| steps::receipt(tx, it.id)).unwrap().unwrap();
    let (last, chain) = store.read(blocks::last).unwrap();
    assert_eq!(receipt.number, "000001-1");
    assert_eq!((receipt.by, receipt.block), (by(), Some((last, chain))));
    assert_eq!(store.read(|tx| blocks::brought_by(tx, &origin)).unwrap(), [BlockId(1)]);
    assert_eq!(store.read(|tx| submissions::get(tx, it.id)).unwrap().unwrap().n_blocks, 1);
    let words = StepWords { reason: Some("thiếu"), notes: &[] };
    let it = take(store, &it, Step::Return, (words, &minh())).unwrap();
    let it = take(store, &it, Step::Submit, (SILENT, &by())).unwrap();
    assert_eq!(it.receipt.as_deref(), Some("000001-2"));
    // Sixteen digits in groups of four, for paper.
    let short = chain.short();
    assert_eq!(short.replace(' ', ""), chain.to_string()[..16]);
}

#[test]
fn the_board_shows_what_came_and_how_far() {
    let Sample { store, place: _place } = &Sample::new();
    let first = open(store, BINH_AN);
    take(store, &first, Step::Submit, (SILENT, &by())).unwrap();
    open(store, DONG_KHE);
    let on = |period, kind| store.read(|tx| board::received(tx, "KVPT", period, kind)).unwrap();
    let found = on(month(9), Status::Final);
    let told: Vec<_> = found.iter().map(|it| (it.unit, it.state, it.submitted_at)).collect();
    let expected = [
        (BINH_AN, SubmissionState::Submitted, Some((by().at, by().at))),
        (DONG_KHE, SubmissionState::Draft, None),
    ];
    assert_eq!(told, expected);
    assert_eq!(on(month(10), Status::Final), []);
    assert_eq!(on(month(9), Status::Estimate), []);
    let list = |filter| store.read(|tx| submissions::list(tx, &filter, 10)).unwrap();
    let all = SubmissionFilter::default();
    assert_eq!(list(all).iter().map(|it| it.unit).collect::<Vec<_>>(), [DONG_KHE, BINH_AN]);
    let drafts = SubmissionFilter { state: Some(SubmissionState::Draft), ..all };
    assert_eq!(list(drafts).iter().map(|it| it.unit).collect::<Vec<_>>(), [DONG_KHE]);
    let of_unit = SubmissionFilter {
        unit: Some(BINH_AN),
        period: Some(month(9)),
        form: Some("B01-XA"),
        ..all
    };
    assert_eq!(list(of_unit).len(), 1);
    assert_eq!(list(SubmissionFilter { form: Some("B02-XA"), ..all }), []);
}

#[test]
fn a_lock_reaches_what_is_under_its_unit_and_no_more() {
    let Sample { store, place: _place } = &Sample::new();
    let lam_giang = UnitId(1);
    let new = NewLock {
        pack: "KVPT",
        form: Some("B01-XA"),
        period: month(9),
        unit: Some(lam_giang),
        reason: None,
    };
    let id = write(store, |tx| locks::set(tx, &new, &minh())).unwrap();
    let lock = store.read(|tx| locks::of(tx, month(9))).unwrap().remove(0);
    assert_eq!((lock.id, &lock.set), (id, &minh()));
    assert!(lock.reaches("KVPT", "B01-XA", &[BINH_AN, lam_giang]));
    assert!(!lock.reaches("KVPT", "B01-XA", &[BINH_AN, UnitId(2)]));
    assert!(!lock.reaches("KVPT", "B02-XA", &[BINH_AN, lam_giang]));
    assert!(!lock.reaches("PTDS", "B01-XA", &[BINH_AN, lam_giang]));
    let everyone = NewLock { form: None, unit: None, ..new };
    write(store, |tx| locks::set(tx, &everyone, &minh())).unwrap();
    let of_all = store.read(locks::in_force).unwrap().remove(1);
    assert!(of_all.reaches("KVPT", "B02-XA", &[DONG_KHE]));

    let silent = write(store, |tx| locks::lift(tx, id, " ", &by()));
    assert!(matches!(silent, Err(SubmissionError::NoReason { .. })));
    write(store, |tx| locks::lift(tx, id, "khóa nhầm", &by())).unwrap();
    let lifted = store.read(|tx| locks::of(tx, month(9))).unwrap().remove(0);
    assert_eq!(lifted.lifted, Some((by(), "khóa nhầm".to_owned())));
    assert!(!lifted.reaches("KVPT", "B01-XA", &[BINH_AN, lam_giang]));
    assert_eq!(store.read(locks::in_force).unwrap(), [of_all]);
    let again = write(store, |tx| locks::lift(tx, id, "khóa nhầm", &by()));
    assert!(matches!(again, Err(SubmissionError::NotFound)));
    assert_eq!(store.read(|tx| locks::of(tx, month(10))).unwrap(), []);
}

#[test]
fn a_correction_is_asked_for_and_decided_once_by_somebody_else() {
    let Sample { store, place: _place } = &Sample::new();
    let figures = motley();
    let new = NewCorrection {
        pack: "KVPT",
        form: Some("B01-XA"),
        unit: BINH_AN,
        period: month(9),
        figures: &figures,
        reason: "cộng nhầm",
    };
    let silent = NewCorrection { reason: " ", ..new };
    let refused = write(store, |tx| corrections::ask(tx, &silent, &by()));
    assert!(matches!(refused, Err(SubmissionError::NoReason { .. })));
    let id = write(store, |tx| corrections::ask(tx, &new, &by())).unwrap();
    let asked = store.read(|tx| corrections::get(tx, id)).unwrap().unwrap();
    assert_eq!((&asked.figures, &asked.asked, &asked.decided), (&figures, &by(), &None));
    let own = write(store, |tx| corrections::decide(tx, id, (true, None), &by()));
    let own_request = CorrectionError::OwnRequest { actor: "Lan".into() };
    assert!(matches!(own, Err(SubmissionError::Correction(err)) if err == own_request));
    let silent = write(store, |tx| corrections::decide(tx, id, (false, None), &minh()));
    assert!(matches!(silent, Err(SubmissionError::NoReason { step: "refuse" })));
    let open = store.read(|tx| corrections::list(tx, CorrectionState::Open)).unwrap();
    assert_eq!(open, [asked]);
    let granted = write(store, |tx| corrections::decide(tx, id, (true, None), &minh())).unwrap();
    assert_eq!((granted.state, granted.decided), (CorrectionState::Accepted, Some((minh(), None))));
    let again = write(store, |tx| corrections::decide(tx, id, (true, None), &minh()));
    assert!(matches!(again, Err(SubmissionError::Correction(CorrectionError::Decided(_)))));
    assert_eq!(store.read(|tx| corrections::list(tx, CorrectionState::Open)).unwrap(), []);
}
