//! Citations and what they come to.

use dondoc_store::{
    citations::{self, CitationFilter},
    documents::Slice,
    findings,
};

use crate::sample::{Draft, Sample};

const ALL: Slice = Slice { skip: 0, take: 100 };

fn politburo() -> Draft {
    Draft::new("NQ | 28-NQ/TW | 2008-09-22 | Bộ Chính trị", "Nghị quyết của Bộ Chính trị năm 2008.")
}

fn committee() -> Draft {
    let text = "HỘI NGHỊ LẦN THỨ TÁM BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHÓA XI. Nghị quyết năm 2013.";
    Draft::new("NQ | 28-NQ/TW | 2013-10-25 | Ban Chấp hành Trung ương", text)
}

/// A plan that cites, in the words of `what`, "Nghị quyết số 28-NQ/TW".
fn plan(number: &str, what: &str) -> Draft {
    let text = format!("Kế hoạch số {number} thực hiện Nghị quyết số 28-NQ/TW của Trung ương.");
    Draft::new(&format!("KH | {number} | 2025-03-01 | UBND tỉnh Lam Giang"), &text)
        .cites("Nghị quyết số 28-NQ/TW", what)
}

/// State and target of the only citation of a document.
fn outcome(sample: &Sample, document_id: i64) -> (String, Option<i64>, usize) {
    let found = findings::of_document(&sample.store, document_id).unwrap();
    let it = found.iter().find_map(|it| it.resolution.clone()).unwrap();
    (it.state, it.document_id, it.candidates.len())
}

#[test]
fn a_number_that_exists_twice_is_told_apart() {
    let sample = Sample::new();
    let older = sample.put(&politburo());
    let newer = sample.put(&committee());
    let dated = sample.put(&plan("1/KH-UBND", "NQ | 28-NQ/TW | 2013-10-25"));
    let termed = sample.put(&plan("2/KH-UBND", "NQ | 28-NQ/TW | | Bộ Chính trị (khóa X)"));
    let bare = sample.put(&plan("3/KH-UBND", "NQ | 28-NQ/TW"));
    let wrong = sample.put(&plan("4/KH-UBND", "NQ | 28-NQ/TW | 2011-01-01"));
    let named = sample.put(&plan("5/KH-UBND", "NQ | | | | Nghị quyết TW8 (khóa XI)"));
    assert_eq!(outcome(&sample, dated), ("resolved".into(), Some(newer), 1));
    assert_eq!(outcome(&sample, termed), ("resolved".into(), Some(older), 1));
    assert_eq!(outcome(&sample, bare), ("ambiguous".into(), None, 2));
    assert_eq!(outcome(&sample, wrong), ("conflicting".into(), None, 2));
    assert_eq!(outcome(&sample, named), ("resolved".into(), Some(newer), 1));
}

#[test]
fn a_document_that_comes_later_settles_what_waited_for_it() {
    let sample = Sample::new();
    let waiting = sample.put(&plan("1/KH-UBND", "NQ | 28-NQ/TW | 2013-10-25"));
    assert_eq!(outcome(&sample, waiting), ("open".into(), None, 0));
    let newer = sample.put(&committee());
    assert_eq!(outcome(&sample, waiting), ("resolved".into(), Some(newer), 1));
}

#[test]
fn a_document_that_comes_later_may_also_unsettle() {
    let sample = Sample::new();
    sample.put(&committee());
    let citing = sample.put(&plan("1/KH-UBND", "NQ | 28-NQ/TW"));
    assert_eq!(outcome(&sample, citing).0, "resolved");
    sample.put(&politburo());
    assert_eq!(outcome(&sample, citing), ("ambiguous".into(), None, 2));
}

#[test]
fn a_short_mention_is_completed_from_a_fuller_one_of_the_same_text() {
    let sample = Sample::new();
    sample.put(&politburo());
    let newer = sample.put(&committee());
    let text = "Thực hiện Nghị quyết số 28-NQ/TW ngày 25/10/2013. Xã quán triệt Nghị quyết số 28 đến các thôn.";
    let citing = Draft::new("BC | 3/BC-UBND | 2025-01-02 | UBND xã Bình An", text)
        .cites("Nghị quyết số 28-NQ/TW ngày 25/10/2013", "NQ | 28-NQ/TW | 2013-10-25")
        .cites("Nghị quyết số 28 ", "NQ | 28");
    let citing = sample.put(&citing);
    let found = findings::of_document(&sample.store, citing).unwrap();
    let targets: Vec<_> =
        found.iter().map(|it| it.resolution.as_ref().unwrap().document_id).collect();
    assert_eq!(targets, [Some(newer), Some(newer)]);
}

#[test]
fn relations_are_read_from_the_sentence() {
    let sample = Sample::new();
    let text = "Tỉnh ủy ban hành Kết luận số 5-KL/TU về việc sơ kết 5 năm thực hiện Chương trình số 3-CTr/TU.";
    let id = sample.put(
        &Draft::new("CT | 9/CT-UBND | 2025-05-05 | UBND tỉnh Lam Giang", text)
            .cites("Kết luận số 5-KL/TU", "KL | 5-KL/TU")
            .cites("Chương trình số 3-CTr/TU", "CTr | 3-CTr/TU"),
    );
    let found = findings::of_document(&sample.store, id).unwrap();
    let ties: Vec<_> = found
        .iter()
        .filter_map(|it| it.resolution.as_ref())
        .map(|it| (it.relation.code(), it.subject_finding_id))
        .collect();
    assert_eq!(ties, [("mentions", None), ("reviews", Some(found[0].id))]);
}

#[test]
fn what_is_not_settled_is_listed_with_its_sentence() {
    let sample = Sample::new();
    sample.put(&politburo());
    sample.put(&committee());
    sample.put(&plan("1/KH-UBND", "NQ | 28-NQ/TW"));
    sample.put(&plan("2/KH-UBND", "NQ | 29-NQ/TW"));
    sample.put(&plan("3/KH-UBND", "NQ | 28-NQ/TW | 2013-10-25"));
    let list = |filter| citations::list(&sample.store, filter, ALL).unwrap();
    assert_eq!(list(CitationFilter::All).total, 3);
    let unsettled = list(CitationFilter::Unsettled);
    assert_eq!((unsettled.total, unsettled.items.len()), (2, 2));
    let open = list(CitationFilter::Open);
    assert_eq!(open.items[0].citation.number.as_deref(), Some("29-NQ/TW"));
    let expected = "Kế hoạch số 2/KH-UBND thực hiện Nghị quyết số 28-NQ/TW của Trung ương.";
    assert_eq!(open.items[0].sentence, expected);
    let ambiguous = list(CitationFilter::Ambiguous);
    assert_eq!(ambiguous.items[0].resolution.candidates.len(), 2);
    assert_eq!(list(CitationFilter::Conflicting).total, 0);
}

#[test]
fn a_document_that_names_itself_waits_for_nothing() {
    let sample = Sample::new();
    let text = "Quyết định số 7/QĐ-UBND. Kèm theo Quyết định số 7/QĐ-UBND ngày 01/02/2025.";
    let draft = Draft::new("QĐ | 7/QĐ-UBND | 2025-02-01 | UBND tỉnh Lam Giang", text)
        .cites("Quyết định số 7/QĐ-UBND ngày 01/02/2025", "QĐ | 7/QĐ-UBND | 2025-02-01");
    let id = sample.put(&draft);
    assert_eq!(outcome(&sample, id), ("self".into(), Some(id), 0));
}
