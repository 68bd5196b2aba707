//! What only SQLite has to keep.

use crate::sample::Sample;

#[test]
fn commits_wait_for_the_disk() {
    let sample = Sample::new();
    assert_eq!(sample.place.rows("pragma journal_mode"), [["wal"]]);
}
