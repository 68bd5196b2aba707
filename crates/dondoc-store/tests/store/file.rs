//! What only SQLite has to keep.

use crate::sample::Sample;

#[test]
fn commits_wait_for_the_disk() {
    let sample = Sample::new();
    assert_eq!(sample.place.rows("pragma journal_mode"), [["wal"]]);
}

#[test]
fn two_stores_on_one_file_stand_in_line() {
    let sample = Sample::new();
    let other = sample.place.open();
    let n_each = 20;
    std::thread::scope(|scope| {
        for store in [&sample.store, &other] {
            scope.spawn(move || {
                for n in 0..n_each {
                    crate::grouping::tell(store, &n.to_string()).unwrap();
                }
            });
        }
    });
    assert_eq!(sample.place.rows("select count(*) from audit"), [[(2 * n_each).to_string()]]);
}
