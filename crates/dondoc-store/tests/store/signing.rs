//! Checkpoints over the audit trail.

use std::{fs, os::unix::fs::PermissionsExt as _};

use dondoc_store::{
    audit::{self, Chain},
    checkpoints::{self, CheckpointError, Key, KeyError},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    grouping::tell,
    made,
    sample::{Sample, by},
};

fn due(sample: &Sample, now: Timestamp) -> bool {
    sample.store.read(|tx| checkpoints::is_due(tx, now)).unwrap()
}

#[test]
fn a_checkpoint_is_due_after_ten_minutes_after_a_thousand_lines_and_after_each_lock() {
    let (sample, folder) = (Sample::new(), tempfile::tempdir().unwrap());
    let key = Key::beside(folder.path()).unwrap();
    let now = by().at;
    assert!(!due(&sample, now), "nothing was done");
    tell(&sample.store, "một").unwrap();
    assert!(due(&sample, now), "and nothing was ever signed");
    let first = checkpoints::sign(&sample.store, &key, now).unwrap().unwrap();
    assert_eq!((first.id, first.n_lines, first.previous), (1, 1, [0; 32]));
    assert!(!due(&sample, now + SignedDuration::from_mins(60)), "nothing was done since");
    assert_eq!(checkpoints::sign(&sample.store, &key, now).unwrap(), None);
    tell(&sample.store, "hai").unwrap();
    assert!(!due(&sample, now + SignedDuration::from_secs(599)));
    assert!(due(&sample, now + SignedDuration::from_secs(600)));
    sample.store.write(|_| Ok::<_, dondoc_store::StoreError>(((), locking()))).unwrap();
    assert!(due(&sample, now));
    let second = checkpoints::sign(&sample.store, &key, now).unwrap().unwrap();
    assert_eq!((second.id, second.n_lines, second.previous), (2, 3, first.digest()));
    for n in 0..999 {
        tell(&sample.store, &n.to_string()).unwrap();
    }
    assert!(!due(&sample, now));
    tell(&sample.store, "nghìn").unwrap();
    assert!(due(&sample, now));
}

fn locking() -> dondoc_store::Action {
    dondoc_store::Action { by: made::minh(), verb: "lock.set", object: "1".to_owned() }
}

#[test]
fn nobody_signs_a_broken_trail() {
    let (sample, folder) = (Sample::new(), tempfile::tempdir().unwrap());
    for n in 0..5 {
        tell(&sample.store, &n.to_string()).unwrap();
    }
    sample.place.run("update audit set object = 'tampered' where audit_id = 3");
    let key = Key::beside(folder.path()).unwrap();
    let signed = checkpoints::sign(&sample.store, &key, by().at);
    assert!(matches!(signed, Err(CheckpointError::Broken { line: 3 })), "{signed:?}");
    assert_eq!(sample.store.read(checkpoints::last).unwrap(), None);
}

/// Lines 1 to 5 are signed, 6 to 8 came since.
fn signed_in_the_middle() -> (Sample, tempfile::TempDir, Key) {
    let (sample, folder) = (Sample::new(), tempfile::tempdir().unwrap());
    let key = Key::beside(folder.path()).unwrap();
    for n in 1..=8 {
        tell(&sample.store, &n.to_string()).unwrap();
        if n == 5 {
            checkpoints::sign(&sample.store, &key, by().at).unwrap().unwrap();
        }
    }
    (sample, folder, key)
}

#[test]
fn from_the_last_checkpoint_on_the_trail_ends_where_reading_all_of_it_ends() {
    let (sample, _folder, key) = signed_in_the_middle();
    let since =
        |public: [u8; 32]| sample.store.read(|tx| checkpoints::verify_since(tx, &public)).unwrap();
    let whole = audit::verify(&sample.store).unwrap();
    assert!(matches!(whole, Chain::Whole { n_lines: 8, .. }), "{whole:?}");
    assert_eq!(since(key.public()), whole);
    // Of a key that has signed nothing, all of it is read.
    assert_eq!(since([0; 32]), whole);
}

#[test]
fn what_was_changed_since_the_last_checkpoint_or_at_it_is_found_without_reading_what_lies_before() {
    for (change, line) in [
        ("update audit set object = 'x' where audit_id = 7", 7),
        ("delete from audit where audit_id = 6", 6),
        ("delete from audit where audit_id = 8", 8),
        ("update audit set digest = (select root from checkpoint) where audit_id = 6", 6),
        (
            "update audit set digest = (select digest from audit where audit_id = 1) where audit_id = 5",
            5,
        ),
        ("delete from audit where audit_id = 5", 5),
    ] {
        let (sample, _folder, key) = signed_in_the_middle();
        sample.place.run(change);
        let signed = checkpoints::sign(&sample.store, &key, by().at);
        assert!(
            matches!(&signed, Err(CheckpointError::Broken { line: it }) if *it == line),
            "{change}: {signed:?}"
        );
    }
}

/// What is signed already is for those who read all of it: the check of everything, an export, a backup.
#[test]
fn what_was_changed_before_the_last_checkpoint_is_found_by_reading_all_and_a_forged_checkpoint_vouches_for_nothing()
 {
    let tampered = "update audit set object = 'x' where audit_id = 2";
    let (sample, _folder, key) = signed_in_the_middle();
    sample.place.run(tampered);
    let whole = audit::verify(&sample.store).unwrap();
    assert!(matches!(whole, Chain::Broken { line: 2, .. }), "{whole:?}");
    let exported = checkpoints::export(&sample.store, &key, by().at, &mut Vec::new());
    assert!(exported.is_err(), "{exported:?}");
    assert!(checkpoints::sign(&sample.store, &key, by().at).unwrap().is_some());

    let (sample, _folder, key) = signed_in_the_middle();
    sample.place.run(tampered);
    sample.place.run("update checkpoint set signed_at = '2026-01-01T00:00:00Z'");
    let signed = checkpoints::sign(&sample.store, &key, by().at);
    assert!(matches!(signed, Err(CheckpointError::Broken { line: 2 })), "{signed:?}");
}

#[test]
fn the_key_is_for_its_owners_eyes_and_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let public = Key::beside(folder.path()).unwrap().public();
    assert_eq!(Key::beside(folder.path()).unwrap().public(), public);
    let path = folder.path().join("dondoc.key");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(Key::beside(folder.path()).err(), Some(KeyError::Open { .. })));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&path, "no key").unwrap();
    assert!(matches!(Key::beside(folder.path()).err(), Some(KeyError::NoKey { .. })));
}

#[test]
fn an_export_has_every_line_every_checkpoint_and_an_end() {
    let (sample, folder) = (Sample::new(), tempfile::tempdir().unwrap());
    let key = Key::beside(folder.path()).unwrap();
    tell(&sample.store, "một").unwrap();
    checkpoints::sign(&sample.store, &key, by().at).unwrap();
    tell(&sample.store, "hai \"\n").unwrap();
    let mut text = Vec::new();
    let exported = checkpoints::export(&sample.store, &key, by().at, &mut text).unwrap();
    assert_eq!((exported.n_lines, exported.n_checkpoints), (2, 2));
    let text = String::from_utf8(text).unwrap();
    let kinds: Vec<String> = text
        .lines()
        .map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap()["kind"].to_string())
        .collect();
    assert_eq!(
        kinds,
        ["\"dondoc-audit\"", "\"line\"", "\"line\"", "\"checkpoint\"", "\"checkpoint\"", "\"end\""]
    );
    let witness = fs::read_to_string(folder.path().join("dondoc.checkpoints")).unwrap();
    let checkpoints: Vec<&str> = text.lines().filter(|it| it.contains("\"checkpoint\",")).collect();
    assert_eq!(witness.lines().count(), 2);
    assert!(witness.lines().all(|it| text.contains(it)), "{checkpoints:?}");
}
