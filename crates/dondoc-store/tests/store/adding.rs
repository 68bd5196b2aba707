//! Taking files in.

use dondoc_core::{likeness::LikenessRelation, reading::Span};
use dondoc_store::{
    Store, documents, findings,
    library::{self, NewFile},
};

use crate::sample::{Draft, Sample, by};

const REPORT: &str = "Ủy ban nhân dân xã Bình An báo cáo kết quả thực hiện nhiệm vụ năm 2025. Trong năm, xã đã tổ \
    chức 12 hội nghị cho 1.450 lượt người dân, vận động các hộ gia đình hiến 3.200 mét vuông đất làm đường giao \
    thông nông thôn. Các thôn đã thành lập tổ tự quản, hoạt động nền nếp, góp phần giữ gìn an ninh trật tự.";
const MORE: &str = "Phương hướng năm 2026: tiếp tục vận động nhân dân chỉnh trang đường làng ngõ xóm, mở thêm hai \
    lớp bồi dưỡng kiến thức cho cán bộ thôn, sửa chữa ba nhà văn hóa, trồng mới cây xanh dọc tuyến đường chính, \
    và phấn đấu hoàn thành tiêu chí môi trường trước thời hạn do Ủy ban nhân dân tỉnh giao cho các xã vùng cao.";

fn report() -> Draft {
    Draft::new("BC | 15/BC-UBND | 2025-12-01 | UBND xã Bình An", REPORT).counts(
        "12 hội nghị",
        12,
        "hội nghị",
    )
}

#[test]
fn a_file_is_kept_with_its_bytes_text_and_findings() {
    let sample = Sample::new();
    let draft = report().asks("xã đã tổ chức", "xã");
    let added = sample.add(&draft.reading());
    assert!(!added.was_known);
    let original = library::original(&sample.store, added.file_id).unwrap().unwrap();
    assert_eq!(
        (original.name.as_str(), original.bytes.as_slice()),
        ("15-BC-UBND.txt", REPORT.as_bytes())
    );
    let detail = documents::get(&sample.store, added.document_ids[0]).unwrap().unwrap();
    assert_eq!((detail.text.as_str(), detail.text_start), (REPORT, 0));
    assert_eq!(
        (detail.summary.n_figures, detail.summary.n_tasks, detail.summary.n_undecided),
        (1, 1, 2)
    );
    assert_eq!(detail.summary.added_at, "2026-11-21T07:30:00Z");
    let found = findings::of_document(&sample.store, added.document_ids[0]).unwrap();
    let places: Vec<Span> = found.iter().map(|it| it.value.span()).collect();
    assert_eq!(places, [draft.place("xã đã tổ chức"), draft.place("12 hội nghị")]);
}

#[test]
fn the_same_content_is_known_under_any_name() {
    let sample = Sample::new();
    let reading = report().reading();
    let first = sample.add(&reading);
    let again = NewFile { name: "khac.txt", original: REPORT.as_bytes(), reading: &reading };
    let again = library::add(&sample.store, again, &by()).unwrap();
    assert!(again.was_known);
    assert_eq!((again.file_id, &again.document_ids), (first.file_id, &first.document_ids));
    assert_eq!(library::counts(&sample.store).unwrap().n_files, 1);
}

#[test]
fn what_is_kept_is_there_when_the_store_is_opened_again() {
    let sample = Sample::new();
    let id = sample.put(&report());
    drop(sample.store);
    let store = sample.place.open();
    assert_eq!(documents::get(&store, id).unwrap().unwrap().text, REPORT);
}

#[test]
fn a_file_that_fails_leaves_nothing_behind() {
    let sample = Sample::new();
    let mut reading = report().reading();
    let mut broken = reading.documents[0].clone();
    broken.span = Span { start: 400_000, end: 400_010 };
    reading.documents.push(broken);
    let file = NewFile { name: "a.txt", original: b"a", reading: &reading };
    assert!(library::add(&sample.store, file, &by()).is_err());
    assert_eq!(library::counts(&sample.store).unwrap().n_documents, 0);
    let facets = documents::facets(&sample.store).unwrap();
    assert!(facets.kinds.is_empty());
    // The next one is taken in as if nothing had been.
    assert_eq!(sample.put(&report()), 1);
}

#[test]
fn the_same_article_on_two_pages_is_reported() {
    let sample = Sample::new();
    let first = sample.put(&report());
    let page = format!("Trang chủ | Tin tức\n{}\nLượt xem: 10", REPORT.replace(". ", ".\n\n"));
    let furnished =
        Draft::new("news", &page).furnished("Trang chủ | Tin tức").furnished("Lượt xem: 10");
    let added = sample.add(&furnished.reading());
    let (_, near) = &added.near_duplicates[0];
    assert_eq!((near.document_id, near.likeness.percent), (first, 100));
    assert_eq!(near.likeness.relation, LikenessRelation::Same);
}

#[test]
fn a_page_inside_another_is_reported_from_both_sides() {
    let sample = Sample::new();
    let part = sample.put(&report());
    let text = format!("{MORE}\n\n{REPORT}");
    let whole = sample.add(&Draft::new("BC", &text).reading());
    let (_, near) = &whole.near_duplicates[0];
    assert_eq!((near.document_id, near.likeness.relation), (part, LikenessRelation::Contains));
    let other = documents::get(&sample.store, part).unwrap().unwrap();
    assert_eq!(other.near_duplicates[0].document_id, whole.document_ids[0]);
    assert_eq!(other.near_duplicates[0].likeness.relation, LikenessRelation::Contained);
}

#[test]
fn two_threads_that_add_the_same_file_store_it_once() {
    let sample = Sample::new();
    let reading = report().reading();
    let add = || {
        let file = NewFile { name: "a.txt", original: REPORT.as_bytes(), reading: &reading };
        library::add(&sample.store, file, &by()).unwrap()
    };
    let all: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(add)).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(all.iter().filter(|it| !it.was_known).count(), 1);
    assert_eq!(library::counts(&sample.store).unwrap().n_documents, 1);
}

#[test]
fn every_write_has_its_line_in_the_audit_trail() {
    let sample = Sample::new();
    sample.put(&report());
    let lines = sample.place.rows("select actor, verb, object, done_at from audit");
    assert_eq!(lines, [["Lan", "file.add", "1", "2026-11-21T07:30:00Z"]]);
}

#[test]
fn a_store_of_a_newer_dondoc_is_refused() {
    let sample = Sample::new();
    sample.place.run(
        "insert into schema_migration (version, name, sha256, applied_at)
         select 99, 'x', sha256, '2027-01-01T00:00:00Z' from schema_migration where version = 1",
    );
    let address = sample.place.address();
    let Err(error) = Store::open(address.as_str(), by().at) else { panic!("opened") };
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("newer Dondoc"), "{source}");
}

#[test]
fn a_migration_that_was_applied_with_another_text_is_refused() {
    let sample = Sample::new();
    sample.place.run(
        "update schema_migration
         set sha256 = (select sha256 from schema_migration where version = 1)
         where version = 2",
    );
    assert!(Store::open(sample.place.address().as_str(), by().at).is_err());
}

/// A page of one of the real articles, and an excerpt of it with its lines reflowed.
#[test]
fn an_excerpt_of_a_real_page_is_reported() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds/001_0bd30eea7aaaa816.txt");
    let Ok(page) = std::fs::read_to_string(path) else { return };
    let sample = Sample::new();
    let whole = sample.put(&Draft::new("CT", &page));
    let lines: Vec<&str> = page.lines().collect();
    let excerpt = lines[6..14].join(" ").replace(". ", ".\n");
    let added = sample.add(&Draft::new("CT", &excerpt).reading());
    let (_, near) = &added.near_duplicates[0];
    assert_eq!((near.document_id, near.likeness.relation), (whole, LikenessRelation::Contained));
    assert!(near.likeness.percent >= 95);
}
