//! Search, as people type.

use dondoc_store::documents::{self, Filter, Slice, Sort};

use crate::sample::{Draft, Sample};

fn sample() -> Sample {
    let sample = Sample::new();
    for (head, text) in [
        (
            "KH | 1/KH-UBND | 2025-01-01 | UBND tỉnh",
            "Các sở theo dõi, đôn đốc việc thực hiện ở tỉnh Hoà Bình.",
        ),
        (
            "BC | 2/BC-UBND | 2025-01-02 | UBND tỉnh",
            "Nhân dân tỉnh Hòa Bình. Đơn vị đã đọc báo cáo, nộp đơn.",
        ),
        (
            "BC | 3/BC-UBND | 2025-01-03 | UBND xã",
            "Ủy ban nhân dân xã Bình An mở 12 lớp ở khu vực phòng thủ.",
        ),
        (
            "BC | 4/BC-UBND | 2025-01-04 | Sở Nội vụ",
            "Tổ chức hội thao ở xã Đông Khê, đơn đốc không dấu.",
        ),
    ] {
        sample.put(&Draft::new(head, text));
    }
    sample
}

/// The documents that `typed` finds, best first.
fn found(sample: &Sample, typed: &str) -> Vec<i64> {
    let filter = Filter { words: Some(typed.into()), ..Filter::default() };
    let slice = Slice { skip: 0, take: 100 };
    let page = documents::list(&sample.store, &filter, Sort::Relevance, slice).unwrap();
    page.items.iter().map(|it| it.id).collect()
}

#[test]
fn accents_and_đ_make_no_difference() {
    let sample = sample();
    assert!(found(&sample, "don doc").contains(&1));
    assert_eq!(found(&sample, "ĐÔN ĐỐC")[0], 1);
    assert_eq!(found(&sample, "dong khe"), [4]);
}

#[test]
fn the_tones_as_typed_come_first() {
    let sample = sample();
    assert_eq!(found(&sample, "đôn đốc"), [1, 4, 2]);
    assert_eq!(found(&sample, "đơn đốc"), [4, 1, 2]);
}

#[test]
fn the_place_of_a_tone_mark_makes_no_difference() {
    let sample = sample();
    for typed in ["hoa binh", "Hoà Bình", "Hòa Bình", "HÒA BÌNH"] {
        let mut ids = found(&sample, typed);
        ids.sort_unstable();
        assert_eq!(ids, [1, 2], "{typed}");
    }
}

#[test]
fn short_and_long_forms_find_each_other() {
    let sample = sample();
    assert_eq!(found(&sample, "KVPT"), [3]);
    let mut ids = found(&sample, "uy ban nhan dan tinh");
    ids.sort_unstable();
    assert_eq!(ids, [1, 2]);
}

#[test]
fn short_forms_that_a_stored_document_defines_count_everywhere() {
    let sample = sample();
    assert_eq!(found(&sample, "HTTT"), [0; 0]);
    let text = "Ban hành quy định về hội thao (HTTT) cấp xã.";
    let definition =
        Draft::new("QĐ | 5/QĐ-UBND", text).defines("hội thao (HTTT)", "HTTT", "hội thao");
    sample.put(&definition);
    assert_eq!(found(&sample, "httt"), [5, 4]);
}

#[test]
fn all_words_must_be_there_and_quoted_ones_together() {
    let sample = sample();
    assert_eq!(found(&sample, "dân Bình"), [2, 3]);
    assert_eq!(found(&sample, "\"tỉnh hòa\" dân"), [2]);
    assert_eq!(found(&sample, "\"hòa tỉnh\""), [0; 0]);
    assert_eq!(found(&sample, "phòng thủ rừng"), [0; 0]);
}

#[test]
fn a_number_with_its_sign_is_one_thing() {
    assert_eq!(found(&sample(), "3/BC-UBND"), [3]);
}

#[test]
fn what_is_typed_is_never_syntax() {
    let sample = sample();
    for typed in
        ["\"", "don AND", "NEAR(a b", "heading_bare:x", "*", "a^2 OR -b", "'; drop table file; --"]
    {
        found(&sample, typed);
    }
    // Nothing to search for filters nothing.
    assert_eq!(found(&sample, " *** ").len(), 4);
    assert_eq!(found(&sample, &"đôn đốc ".repeat(5000)).len(), 3);
}

#[test]
fn the_sentence_with_the_hit_is_shown() {
    let sample = sample();
    let filter = Filter { words: Some("phong thu".into()), ..Filter::default() };
    let slice = Slice { skip: 0, take: 1 };
    let page = documents::list(&sample.store, &filter, Sort::Relevance, slice).unwrap();
    let snippet = page.items[0].snippet.clone().unwrap();
    let marked: Vec<String> = snippet
        .marks
        .iter()
        .map(|it| snippet.text.chars().skip(it.start).take(it.end - it.start).collect())
        .collect();
    assert_eq!(marked, ["phòng", "thủ"]);
}

#[test]
fn a_hit_in_the_heading_counts_more() {
    let sample = Sample::new();
    let text = "Rừng và rừng và rừng: bảo vệ rừng, trồng rừng.";
    sample.put(&Draft::new("BC | 1/BC-UBND", text).titled("Báo cáo năm 2025"));
    sample.put(&Draft::new("KH | 2/KH-UBND", "Kế hoạch năm 2025.").titled("Kế hoạch trồng rừng"));
    assert_eq!(found(&sample, "rừng"), [2, 1]);
}

#[test]
fn words_typed_without_accents_are_not_taken_literally() {
    let sample = Sample::new();
    sample
        .put(&Draft::new("BC | 1/BC-UBND", "Cựu chiến binh trồng hoa; binh và hoa, hoa và binh."));
    sample.put(&Draft::new("BC | 2/BC-UBND", "Đoàn công tác của tỉnh Hòa Bình."));
    assert_eq!(found(&sample, "hoa binh"), [2, 1]);
}
