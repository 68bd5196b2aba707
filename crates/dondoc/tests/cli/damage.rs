//! `dondoc fsck`: whole and damaged stores.

use std::{ffi::OsStr, fs};

use serde_json::Value;

use crate::run::{DIRECTIVE, dondoc, file};

#[test]
fn a_whole_store_is_called_whole_and_a_damaged_one_is_not() {
    let library = tempfile::tempdir().unwrap();
    let (_folder, path) = file("a.txt", DIRECTIVE);
    assert_eq!(dondoc(&[&"add", &path, &"--data", &library.path()]).status, Some(0));
    let ran = dondoc(&[&"fsck", &"--data", &library.path(), &"--json"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&report["whole"], &report["records"]), (&true.into(), &1.into()));
    assert_eq!(report["damages"], Value::Array(vec![]));

    // Every place where the words of the file stand: its original, its text, what was found in it.
    let database = library.path().join("dondoc.sqlite");
    let bytes = fs::read(&database).unwrap();
    let words = DIRECTIVE.as_bytes();
    let mut changed = bytes.clone();
    let places = (0..bytes.len() - 40).filter(|at| bytes[*at..].starts_with(&words[..40]));
    for at in places {
        changed[at + 39] ^= 1;
    }
    assert_ne!(changed, bytes);
    fs::write(&database, changed).unwrap();
    let ran = dondoc(&[&"fsck", &"--data", &library.path(), &"--json"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["damages"][0]["what"], "digest");
    assert_eq!(report["damages"][0]["object"], "file 1");
    let ran = dondoc(&[&"fsck", &"--data", &library.path()]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stdout.contains("file 1: nội dung không khớp mã kiểm tra"), "{ran:?}");
    assert!(ran.stderr.contains("khôi phục từ bản sao lưu"), "{ran:?}");
}

#[test]
fn a_store_that_is_not_there_is_not_called_whole() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("trail.jsonl");
    let commands: [&[&dyn AsRef<OsStr>]; 6] = [
        &[&"fsck"],
        &[&"audit", &"verify"],
        &[&"audit", &"export", &kept],
        &[&"backup", &kept],
        &[&"move", &"--to", &kept],
        &[&"accounts", &"list"],
    ];
    for command in commands {
        let library = tempfile::tempdir().unwrap();
        let ran = dondoc(&[command, &[&"--data", &library.path()]].concat());
        assert_eq!(ran.status, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("chưa có kho dữ liệu ở"), "{ran:?}");
        assert!(ran.stderr.contains("cách xử lý: kiểm tra lại --data"), "{ran:?}");
        assert_eq!(fs::read_dir(library.path()).unwrap().count(), 0);
        assert!(!kept.exists());
    }
}
