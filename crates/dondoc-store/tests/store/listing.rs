//! Lists, filters and what there is to filter by.

use dondoc_store::documents::{self, Filter, Slice, Sort, With};

use crate::sample::{Draft, Sample};

const ALL: Slice = Slice { skip: 0, take: 100 };

fn sample() -> Sample {
    let sample = Sample::new();
    sample.put(
        &Draft::new(
            "KH | 1/KH-UBND | 2025-03-01 | ỦY BAN NHÂN DÂN TỈNH LAM GIANG",
            "Kế hoạch: mở 12 lớp.",
        )
        .counts("12 lớp", 12, "lớp"),
    );
    sample.put(
        &Draft::new(
            "CT | 2/CT-UBND | 2024-01-05 | UBND tỉnh Lam Giang",
            "Chỉ thị: Giao Sở Nội vụ làm.",
        )
        .asks("Giao Sở Nội vụ làm.", "Sở Nội vụ"),
    );
    sample.put(
        &Draft::new(
            "BC | 3/BC-UBND | | UBND xã Bình An",
            "Báo cáo thực hiện Kế hoạch số 9/KH-UBND.",
        )
        .cites("Kế hoạch số 9/KH-UBND", "KH | 9/KH-UBND"),
    );
    sample
}

fn check(sample: &Sample, filter: &Filter, sort: Sort, expected: &[i64]) {
    let page = documents::list(&sample.store, filter, sort, ALL).unwrap();
    let ids: Vec<i64> = page.items.iter().map(|it| it.id).collect();
    assert_eq!(ids, expected, "{filter:?}");
    assert_eq!(page.total, expected.len());
}

#[test]
fn lists_are_filtered_and_sorted() {
    let sample = sample();
    let any = Filter::default();
    let some = |it: &str| Some(it.to_owned());
    check(&sample, &any, Sort::IssuedOn, &[1, 2, 3]);
    check(&sample, &any, Sort::AddedAt, &[3, 2, 1]);
    check(&sample, &Filter { kind: some("CT"), ..any.clone() }, Sort::IssuedOn, &[2]);
    let from = Some("2024-06-01".parse().unwrap());
    check(&sample, &Filter { from, ..any.clone() }, Sort::IssuedOn, &[1]);
    let to = Some("2024-01-05".parse().unwrap());
    check(&sample, &Filter { to, ..any.clone() }, Sort::IssuedOn, &[2]);
    check(&sample, &Filter { place: some("lam giang"), ..any.clone() }, Sort::AddedAt, &[3, 2, 1]);
    for (with, expected) in [(With::Tasks, 2), (With::Figures, 1), (With::OpenCitations, 3)] {
        check(&sample, &Filter { with: Some(with), ..any.clone() }, Sort::IssuedOn, &[expected]);
    }
}

#[test]
fn one_issuer_written_in_two_ways_is_one() {
    let sample = sample();
    let filter = Filter { issuer: Some("UBND tỉnh Lam Giang".into()), ..Filter::default() };
    check(&sample, &filter, Sort::IssuedOn, &[1, 2]);
    let facets = documents::facets(&sample.store).unwrap();
    assert_eq!(facets.issuers.iter().map(|it| it.1).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(facets.years, [(2025, 1), (2024, 1)]);
    assert_eq!(facets.kinds.len(), 3);
    assert_eq!(facets.places, [("Lam Giang".to_owned(), 3)]);
}

#[test]
fn a_page_is_a_part_of_the_whole() {
    let sample = sample();
    let slice = Slice { skip: 1, take: 1 };
    let page = documents::list(&sample.store, &Filter::default(), Sort::IssuedOn, slice).unwrap();
    assert_eq!((page.items[0].id, page.items.len(), page.total), (2, 1, 3));
}
