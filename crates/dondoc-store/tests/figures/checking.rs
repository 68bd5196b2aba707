//! What `fsck` says: nothing of a whole store, and of a changed one what is wrong with what.

use dondoc_core::{figure::Status, submission::SubmissionStep as Step};
use dondoc_store::{
    blocks::{self, BlockId, NewBlock, Origin},
    fsck,
    submissions::{
        NewSubmission, SubmissionError,
        corrections::{self, NewCorrection},
        steps::{self, StepWords},
    },
    targets::{self, Target, TargetValue},
};
use serde_json::json;

use crate::{
    made::{BINH_AN, DONG_KHE, figures, keep, month, photographed, write},
    sample::{Draft, Sample, by},
};

/// One of everything: four blocks of which the last is of a submission, and one each of the rest.
fn full() -> Sample {
    let sample = Sample::new();
    let store = &sample.store;
    for seed in 1..=3 {
        keep(store, (BINH_AN, month(1)), &figures(5, seed)).unwrap();
    }
    let content = json!({"2.1": {"3": "12"}});
    let form = NewSubmission {
        pack: ("KVPT", 1),
        form: ("B01-XA", 1),
        unit: DONG_KHE,
        period: month(9),
        kind: Status::Final,
        content: &content,
    };
    let figures = figures(5, 4);
    write(store, |tx| -> Result<_, SubmissionError> {
        let it = steps::open(tx, &form, &by())?;
        let submit = (Step::Submit, StepWords::default());
        let it = steps::take(tx, (it.id, it.version), submit, &by())?;
        let (unit, period, origin) = (it.unit, it.period, Origin::Submission(it.id));
        let new = NewBlock { unit, period, origin: &origin, figures: &figures, reason: None };
        blocks::append(tx, &new, &by())?;
        Ok(())
    })
    .unwrap();
    write(store, |tx| -> Result<_, SubmissionError> {
        let (unit, period, reason) = (DONG_KHE, month(9), "cộng nhầm");
        let new =
            NewCorrection { pack: "KVPT", form: None, unit, period, figures: &figures, reason };
        corrections::ask(tx, &new, &by())?;
        photographed(tx)?;
        let series = figures[0].series.clone();
        let (value, source) = (TargetValue::Value(12), "Kế hoạch 12/KH-UBND".to_owned());
        targets::set(tx, &Target { series, unit, period, value, source }, &by())?;
        Ok(())
    })
    .unwrap();
    sample.put(&Draft::new("Kế hoạch | 12/KH-UBND | 2026-01-05 |", "Kế hoạch năm 2026"));
    sample
}

#[test]
fn of_a_whole_store_everything_is_counted_and_nothing_said() {
    let sample = full();
    let report = fsck::run(&sample.store);
    assert_eq!(report.damages, []);
    assert_eq!((report.n_blocks, report.n_figures, report.n_audit_lines), (4, 20, 6));
    // A submission, a correction, an entry, a file attached to it, a target, a file.
    assert_eq!(report.n_records, 6);
    assert_eq!(report.last, sample.store.read(blocks::last).unwrap());
    assert_eq!(report.last.0, BlockId(4));
}

#[test]
fn of_an_empty_store_nothing_is_said() {
    let report = fsck::run(&Sample::new().store);
    assert!(report.is_whole());
    assert_eq!((report.n_blocks, report.last.0), (0, BlockId::NONE));
}

/// Evidence of a task whose bytes are not those of its digest.
const PHOTOGRAPH_OF_ANOTHER: &str = "
    insert into counter (name, last) values ('evidence', 1);
    insert into task (task_id, version, text, origin, giver_unit_id, addressed_groups, kind, stage, percent, folded,
        given_on)
    values (1, 1, 'mở lớp', 'hand', 7, '', 'ad_hoc', 'begun', 0, 'mo lop', '2026-01-05');
    insert into evidence (evidence_id, task_id, name, format, sha256, size, bytes, actor, kept_at)
    select 1, 1, 'lop.jpg', 'jpg', sha256, 3, (select body from block where block_id = 1), 'Lan', added_at
    from file";

/// What is done behind the store's back, and what has to be said about it first.
const CHANGES: [(&str, &str, &str); 27] = [
    ("update block set n_figures = 6 where block_id = 2", "block_digest", "block 2"),
    ("update block set actor = 'Minh' where block_id = 2", "block_digest", "block 2"),
    ("update block set chain = digest where block_id = 3", "block_chain", "block 3"),
    ("delete from block where block_id = 2", "block_missing", "block 2"),
    ("delete from block where block_id = 4", "missing", "blocks"),
    ("update counter set last = 9 where name = 'block'", "missing", "blocks"),
    ("update counter set last = 2 where name = 'block'", "missing", "blocks"),
    (
        "update block_count set n_blocks = 2 where unit_id = 7",
        "disagrees",
        "blocks of unit 7, 2026-01",
    ),
    ("delete from block_count where unit_id = 8", "disagrees", "blocks"),
    ("update audit set actor = 'Minh' where audit_id = 2", "audit_chain", "audit 2"),
    ("delete from audit where audit_id = 2", "audit_chain", "audit 2"),
    ("update submission set n_blocks = 2", "disagrees", "submission 1"),
    ("update submission set unit_id = 7", "disagrees", "submission 1"),
    ("update submission set state = 'returned'", "disagrees", "submission 1"),
    ("update submission set version = 3", "missing", "submission 1"),
    ("update submission set content = '{\"2.1\":{\"3\":\"13\"}}'", "digest", "submission 1"),
    ("delete from submission_step where version = 2", "disagrees", "submission 1"),
    ("update submission_step set actor = 'Hoa' where version = 2", "disagrees", "submission 1"),
    (
        "update correction set body = (select body from block where block_id = 1)",
        "digest",
        "correction 1",
    ),
    ("update entry_version set fields = '{\"a\":1}'", "digest", "entry 1"),
    ("update entry set occurred_on = '2026-03-06'", "disagrees", "entry 1"),
    ("update target set value = 13", "digest", "target 1"),
    ("delete from target", "missing", "target"),
    (
        "update entry_file set bytes = (select body from block where block_id = 1)",
        "digest",
        "attached file 1",
    ),
    ("delete from entry_file", "missing", "entry_file"),
    (PHOTOGRAPH_OF_ANOTHER, "digest", "evidence 1"),
    ("update file set original = (select body from block where block_id = 1)", "digest", "file 1"),
];

#[test]
fn every_change_behind_the_stores_back_is_told_and_where() {
    for (change, what, object) in CHANGES {
        let sample = full();
        sample.place.run(change);
        let report = fsck::run(&sample.store);
        let first = report.damages.first().unwrap_or_else(|| panic!("nothing said: {change}"));
        assert_eq!((first.what.code(), first.object.as_str()), (what, object), "{change}");
    }
}

#[test]
fn damage_in_one_block_leaves_the_others_counted() {
    let sample = full();
    sample.place.run("update block set reason = 'vì' where block_id = 2");
    let report = fsck::run(&sample.store);
    assert_eq!((report.n_blocks, report.n_figures, report.damages.len()), (3, 15, 1));
    let damage = &report.damages[0];
    assert_eq!((damage.unit, damage.period), (Some(BINH_AN), Some(month(1))));
}

/// Somebody who makes all digests and chains anew changes what receipts and other copies witness.
#[test]
fn a_block_without_its_line_in_the_audit_trail_is_told() {
    let sample = full();
    sample.place.run(
        "delete from audit where audit_id >= 5; update counter set last = 4 where name = 'audit'",
    );
    let report = fsck::run(&sample.store);
    assert_eq!(report.damages, [], "lines that tell of no block");
    sample.place.run(
        "delete from audit where audit_id = 4; update counter set last = 3 where name = 'audit'",
    );
    let report = fsck::run(&sample.store);
    let told: Vec<_> =
        report.damages.iter().map(|it| (it.what.code(), it.object.as_str())).collect();
    assert_eq!(told, [("no_audit_line", "block 4")]);
}
