//! The chain over the audit trail.

use dondoc_store::audit::{self, Chain, Flaw};

use crate::{
    grouping::tell,
    sample::{Draft, Sample},
};

const N_LINES: i64 = 9;

fn sample() -> Sample {
    let sample = Sample::new();
    sample.put(&Draft::new("BC | 1/BC-UBND", "Xã Bình An mở 12 lớp."));
    for n in 2..=N_LINES {
        tell(&sample.store, &format!("dòng {n}")).unwrap();
    }
    sample
}

/// What the chain says after `tampering` with the lines behind the store's back.
fn after(tampering: &str) -> Option<(i64, Flaw)> {
    let sample = sample();
    sample.place.run(tampering);
    match audit::verify(&sample.store).unwrap() {
        Chain::Whole { .. } => None,
        Chain::Broken { line, flaw } => Some((line, flaw)),
    }
}

#[test]
fn a_trail_that_nobody_touched_is_whole() {
    let sample = sample();
    let Chain::Whole { n_lines, last } = audit::verify(&sample.store).unwrap() else {
        panic!("broken")
    };
    assert_eq!(n_lines, N_LINES);
    tell(&sample.store, "one more").unwrap();
    let Chain::Whole { last: later, .. } = audit::verify(&sample.store).unwrap() else {
        panic!("broken")
    };
    assert_ne!(last, later);
}

#[test]
fn a_store_without_any_write_has_a_whole_trail() {
    let sample = Sample::new();
    let whole = Chain::Whole { n_lines: 0, last: [0; 32] };
    assert_eq!(audit::verify(&sample.store).unwrap(), whole);
}

#[test]
fn a_changed_line_is_found() {
    for field in
        ["actor = 'Mai'", "verb = 'test.told'", "object = 'x'", "done_at = '2026-01-01T00:00:00Z'"]
    {
        let found = after(&format!("update audit set {field} where audit_id = 4"));
        assert_eq!(found, Some((4, Flaw::Altered)), "{field}");
    }
}

#[test]
fn a_changed_digest_is_found() {
    let copied = "update audit set digest = (select digest from audit where audit_id = 5) where audit_id = 4";
    assert_eq!(after(copied), Some((4, Flaw::Altered)));
    assert_eq!(
        after("update audit set digest = null where audit_id = 4"),
        Some((4, Flaw::Altered))
    );
}

#[test]
fn a_line_that_is_gone_is_found() {
    assert_eq!(after("delete from audit where audit_id = 4"), Some((4, Flaw::Missing)));
    assert_eq!(after("delete from audit where audit_id = 1"), Some((1, Flaw::Missing)));
    // The last ones: their numbers were given out.
    assert_eq!(after("delete from audit where audit_id >= 8"), Some((8, Flaw::Missing)));
    assert_eq!(after("delete from audit"), Some((1, Flaw::Missing)));
}

#[test]
fn a_line_that_is_gone_is_found_though_those_behind_it_moved_up() {
    let moved = "delete from audit where audit_id = 4;
        update audit set audit_id = audit_id - 1 where audit_id = 5;
        update audit set audit_id = audit_id - 1 where audit_id = 6;
        update audit set audit_id = audit_id - 1 where audit_id = 7;
        update audit set audit_id = audit_id - 1 where audit_id = 8;
        update audit set audit_id = audit_id - 1 where audit_id = 9";
    assert_eq!(after(moved), Some((4, Flaw::Altered)));
}

#[test]
fn a_line_that_was_slipped_in_is_found() {
    let added = "insert into audit (audit_id, actor, verb, object, done_at, digest)
        select 10, actor, verb, object, done_at, digest from audit where audit_id = 9";
    assert_eq!(after(added), Some((10, Flaw::Altered)));
}

#[test]
fn two_lines_that_changed_places_are_found() {
    let swapped = "update audit set audit_id = 100 where audit_id = 4;
        update audit set audit_id = 4 where audit_id = 5;
        update audit set audit_id = 5 where audit_id = 100";
    assert_eq!(after(swapped), Some((4, Flaw::Altered)));
}

#[test]
fn lines_older_than_the_chain_are_put_into_it() {
    let sample = sample();
    // As a store looks that was made before the chain.
    sample.place.run(
        "update audit set digest = null;
         delete from schema_migration where version = 5;
         drop table idempotency;
         alter table audit drop column digest",
    );
    let store = sample.place.open();
    let Chain::Whole { n_lines, .. } = audit::verify(&store).unwrap() else { panic!("broken") };
    assert_eq!(n_lines, N_LINES);
    tell(&store, "one more").unwrap();
    assert!(matches!(audit::verify(&store).unwrap(), Chain::Whole { .. }));
}
