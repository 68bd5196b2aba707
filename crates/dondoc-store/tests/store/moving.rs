//! A store on its way to another engine and back.

use dondoc_store::{
    Store,
    audit::{self, Chain},
    documents::{self, Filter, Slice, Sort},
    findings::{self, Decision},
    fsck,
    transfer::{self, MoveError, TableDigest},
};

use crate::{
    grouping::tell,
    made,
    sample::{Draft, Sample, by},
    sqlite,
};

/// A few documents of Lam Giang that cite each other, with what people decided.
fn fill(sample: &Sample) {
    let plan = Draft::new(
        "KH | 1/KH-UBND | 2025-03-01 | UBND tỉnh Lam Giang",
        "Kế hoạch thực hiện Nghị quyết số 5-NQ/TU. Giao Sở Nội vụ chủ trì, đôn đốc mở 12 lớp.",
    )
    .cites("Nghị quyết số 5-NQ/TU", "NQ | 5-NQ/TU")
    .counts("12 lớp", 12, "lớp")
    .defines("Sở Nội vụ", "SNV", "Sở Nội vụ");
    let plan = sample.put(&plan);
    sample.put(
        &Draft::new("NQ | 5-NQ/TU | 2025-02-01 | Tỉnh ủy Lam Giang", "Nghị quyết. Trang chủ")
            .furnished("Trang chủ")
            .titled("Nghị quyết về xã Đông Khê"),
    );
    for finding in findings::of_document(&sample.store, plan).unwrap() {
        findings::decide(&sample.store, (finding.id, 1), &Decision::Accept, &by()).unwrap();
    }
    made::write(&sample.store, made::photographed).unwrap();
    tell(&sample.store, "dấu ' và \\ và \u{1F5FA}").unwrap();
}

fn of<'t>(digests: &'t [TableDigest], table: &str) -> &'t TableDigest {
    digests.iter().find(|it| it.table == table).unwrap()
}

fn found(store: &Store, typed: &str) -> Vec<i64> {
    let filter = Filter { words: Some(typed.into()), ..Filter::default() };
    let slice = Slice { skip: 0, take: 100 };
    let page = documents::list(store, &filter, Sort::Relevance, slice).unwrap();
    page.items.iter().map(|it| it.id).collect()
}

#[test]
fn a_store_that_goes_to_another_engine_and_back_is_the_same() {
    let sample = Sample::new();
    fill(&sample);
    let before = transfer::digests(&sample.store).unwrap();
    let elsewhere_at = sqlite::Place::new();
    let elsewhere = elsewhere_at.open();
    let there = transfer::copy(&sample.store, &elsewhere, &by()).unwrap();
    assert_eq!(there.tables, transfer::digests(&elsewhere).unwrap());
    let back = Sample::new();
    let moved = transfer::copy(&elsewhere, &back.store, &by()).unwrap();
    let after = transfer::digests(&back.store).unwrap();
    assert_eq!(moved.tables, after);
    for (before, after) in before.iter().zip(&after) {
        // Each move put its line into the trail, and took its number.
        if !["audit", "counter"].contains(&before.table) {
            assert_eq!(before, after);
        }
    }
    assert_eq!(of(&after, "audit").n_rows, of(&before, "audit").n_rows + 2);
    assert_eq!(of(&after, "document").n_rows, 2);
    assert_eq!(of(&after, "entry_file").n_rows, 1);
    let chain = Chain::Whole { n_lines: moved.n_lines, last: moved.last_line };
    assert_eq!(audit::verify(&back.store).unwrap(), chain);
    let lines = "select audit_id, actor, verb, object, done_at from audit order by audit_id";
    let n = sample.place.rows(lines).len();
    assert_eq!(sample.place.rows(lines), back.place.rows(lines)[..n]);
}

#[test]
fn what_was_moved_can_be_searched_and_written_to() {
    let sample = Sample::new();
    let filled = Sample::new();
    fill(&filled);
    transfer::copy(&filled.store, &sample.store, &by()).unwrap();
    for typed in ["đôn đốc", "dong khe", "\"mở 12 lớp\"", "trang chủ", "SNV"] {
        assert_eq!(found(&sample.store, typed), found(&filled.store, typed), "{typed}");
    }
    assert_eq!(found(&sample.store, "don doc"), [1]);
    assert_eq!(found(&sample.store, "trang chu"), [0; 0]);
    // Numbers go on where they stood.
    let next = Draft::new("BC | 7/BC-UBND", "Báo cáo của xã Thạch Sơn.");
    assert_eq!(sample.put(&next), 3);
    assert!(matches!(audit::verify(&sample.store).unwrap(), Chain::Whole { .. }));
}

#[test]
fn figures_that_were_moved_are_whole_and_go_on_where_they_stood() {
    let sample = Sample::new();
    let periods = [(made::BINH_AN, made::month(1)), (made::DONG_KHE, made::month(1))];
    for (seed, at) in (1..).zip(periods.into_iter().cycle().take(6)) {
        made::keep(&sample.store, at, &made::figures(30, seed)).unwrap();
    }
    made::keep(&sample.store, periods[0], &made::motley()).unwrap();
    let place = sqlite::Place::new();
    let elsewhere = place.open();
    let moved = transfer::copy(&sample.store, &elsewhere, &by()).unwrap();
    assert_eq!(of(&moved.tables, "block").n_rows, 7);
    let next = made::keep(&elsewhere, periods[1], &made::figures(30, 9)).unwrap();
    assert_eq!(next.0, 8);
    let found = fsck::run(&elsewhere);
    assert!(found.is_whole() && found.n_blocks == 8, "{found:?}");
    // The same blocks give the same chain, wherever they are.
    made::keep(&sample.store, periods[1], &made::figures(30, 9)).unwrap();
    assert_eq!(fsck::run(&sample.store).last.1, found.last.1);
}

#[test]
fn a_target_with_anything_in_it_is_refused_and_the_source_untouched() {
    let sample = Sample::new();
    fill(&sample);
    let before = transfer::digests(&sample.store).unwrap();
    let other = Sample::new();
    tell(&other.store, "something").unwrap();
    let kept = transfer::digests(&other.store).unwrap();
    let refused = transfer::copy(&sample.store, &other.store, &by());
    assert!(matches!(refused, Err(MoveError::NotEmpty { .. })), "{refused:?}");
    assert_eq!(transfer::digests(&other.store).unwrap(), kept);
    assert_eq!(transfer::digests(&sample.store).unwrap(), before);
    let itself = transfer::copy(&sample.store, &sample.place.open(), &by());
    assert!(matches!(itself, Err(MoveError::NotEmpty { .. })), "{itself:?}");
}

#[test]
fn a_trail_that_was_tampered_with_is_not_moved() {
    let sample = Sample::new();
    fill(&sample);
    sample.place.run("update audit set actor = 'Mai' where audit_id = 2");
    let place = sqlite::Place::new();
    let target = place.open();
    let refused = transfer::copy(&sample.store, &target, &by());
    assert!(matches!(refused, Err(MoveError::BrokenTrail { line: 2 })), "{refused:?}");
    assert!(transfer::digests(&target).unwrap().iter().all(|it| it.n_rows == 0));
}

#[test]
fn a_table_that_the_list_forgets_is_refused() {
    let sample = Sample::new();
    let place = sqlite::Place::new();
    let target = place.open();
    place.run("create table forgotten (id bigint primary key)");
    match transfer::copy(&sample.store, &target, &by()) {
        Err(MoveError::OtherTables { names }) => assert_eq!(names, "forgotten"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn digests_tell_stores_apart_that_differ_in_one_letter() {
    let digest = |object: &str| {
        let sample = Sample::new();
        tell(&sample.store, object).unwrap();
        of(&transfer::digests(&sample.store).unwrap(), "audit").clone()
    };
    assert_eq!(digest("xã Bình An"), digest("xã Bình An"));
    assert_ne!(digest("xã Bình An"), digest("xã Bình Ân"));
}
