//! The cascade around a document.

use dondoc_store::cascade::{self, Cascade};

use crate::sample::{Draft, Sample};

/// Resolution (not stored) ← programme ← plan ← directive of a commune, and a report that reviews the plan.
fn cascade() -> (Sample, [i64; 4]) {
    let sample = Sample::new();
    let programme = Draft::new(
        "CTr | 26-CTr/TU | 2014-06-20 | Tỉnh ủy Lam Giang",
        "Chương trình hành động thực hiện Nghị quyết số 28-NQ/TW ngày 25/10/2013.",
    )
    .cites("Nghị quyết số 28-NQ/TW ngày 25/10/2013", "NQ | 28-NQ/TW | 2013-10-25");
    let plan = Draft::new(
        "KH | 79/KH-UBND | 2014-11-05 | UBND tỉnh Lam Giang",
        "Kế hoạch triển khai Chương trình số 26-Ctr/TU. Các sở thực hiện Chương trình số 26-CTr/TU.",
    )
    .cites("Chương trình số 26-Ctr/TU", "CTr | 26-Ctr/TU")
    .cites("Chương trình số 26-CTr/TU", "CTr | 26-CTr/TU");
    let directive = Draft::new(
        "CT | 2/CT-UBND | 2015-01-10 | UBND xã Bình An",
        "Căn cứ Kế hoạch số 79/KH-UBND ngày 05/11/2014 của UBND tỉnh.",
    )
    .cites(
        "Kế hoạch số 79/KH-UBND ngày 05/11/2014 của UBND tỉnh",
        "KH | 79/KH-UBND | 2014-11-05 | UBND tỉnh",
    );
    let report = Draft::new(
        "BC | 8/BC-UBND | 2019-12-10 | UBND tỉnh Lam Giang",
        "Báo cáo tổng kết 5 năm thực hiện Kế hoạch số 79/KH-UBND ngày 05/11/2014.",
    )
    .cites("Kế hoạch số 79/KH-UBND ngày 05/11/2014", "KH | 79/KH-UBND | 2014-11-05");
    let ids = [&programme, &plan, &directive, &report].map(|it| sample.put(it));
    (sample, ids)
}

fn drawn(cascade: &Cascade) -> (Vec<(String, i64)>, Vec<String>) {
    let name = |key: &str| {
        let node = cascade.nodes.iter().find(|it| it.key == key).unwrap();
        node.number.clone().unwrap()
    };
    let nodes = cascade.nodes.iter().map(|it| (name(&it.key), it.level)).collect();
    let edges = cascade.edges.iter().map(|it| {
        format!("{} {} {} x{}", name(&it.from), it.relation.code(), name(&it.to), it.n_mentions)
    });
    let mut edges: Vec<String> = edges.collect();
    edges.sort();
    (nodes, edges)
}

fn nodes(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    expected.iter().map(|(number, level)| ((*number).to_owned(), *level)).collect()
}

#[test]
fn the_whole_cascade_is_drawn_from_the_middle() {
    let (sample, [_, plan, ..]) = cascade();
    let found = cascade::around(&sample.store, plan, 3).unwrap().unwrap();
    let (found_nodes, edges) = drawn(&found);
    let expected = [
        ("28-NQ/TW", -2),
        ("26-CTr/TU", -1),
        ("79/KH-UBND", 0),
        ("2/CT-UBND", 1),
        ("8/BC-UBND", 1),
    ];
    assert_eq!(found_nodes, nodes(&expected));
    assert_eq!(
        edges,
        [
            "2/CT-UBND based_on 79/KH-UBND x1",
            "26-CTr/TU carries_out 28-NQ/TW x1",
            "79/KH-UBND carries_out 26-CTr/TU x2",
            "8/BC-UBND reviews 79/KH-UBND x1",
        ]
    );
    let unstored = found.nodes.iter().find(|it| it.level == -2).unwrap();
    assert_eq!(unstored.document_id, None);
}

#[test]
fn depth_is_a_limit_in_both_directions() {
    let (sample, [programme, plan, ..]) = cascade();
    let found = cascade::around(&sample.store, plan, 1).unwrap().unwrap();
    assert_eq!(found.nodes.iter().map(|it| it.level).min(), Some(-1));
    let found = cascade::around(&sample.store, programme, 1).unwrap().unwrap();
    assert_eq!(drawn(&found).0, nodes(&[("28-NQ/TW", -1), ("26-CTr/TU", 0), ("79/KH-UBND", 1)]));
}

#[test]
fn what_hangs_on_a_cited_document_hangs_on_it_in_the_picture() {
    let sample = Sample::new();
    let text = "Tỉnh ủy ban hành Kết luận số 5-KL/TU về việc sơ kết 5 năm thực hiện Chương trình số 3-CTr/TU.";
    let id = sample.put(
        &Draft::new("CT | 9/CT-UBND | 2025-05-05 | UBND tỉnh Lam Giang", text)
            .cites("Kết luận số 5-KL/TU", "KL | 5-KL/TU")
            .cites("Chương trình số 3-CTr/TU", "CTr | 3-CTr/TU"),
    );
    let found = cascade::around(&sample.store, id, 3).unwrap().unwrap();
    let (found_nodes, edges) = drawn(&found);
    assert_eq!(found_nodes, nodes(&[("3-CTr/TU", -2), ("5-KL/TU", -1), ("9/CT-UBND", 0)]));
    assert_eq!(edges, ["5-KL/TU reviews 3-CTr/TU x1", "9/CT-UBND mentions 5-KL/TU x1"]);
}

#[test]
fn there_is_no_cascade_around_nothing() {
    assert_eq!(cascade::around(&Sample::new().store, 7, 3).unwrap(), None);
}
