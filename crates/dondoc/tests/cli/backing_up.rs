//! `dondoc backup`, `dondoc restore` and `dondoc audit export`, as an administrator uses them.

use std::fs;
use std::io::BufReader;
use std::path::Path;

use dondoc_audit::{Known, verify, witnesses};
use serde_json::Value;

use crate::run::{DIRECTIVE, Ran, dondoc, file};

/// A library with one document.
fn library(folder: &Path) {
    let (_place, path) = file("chi-thi.txt", DIRECTIVE);
    let ran = dondoc(&[&"add", &"--data", &folder, &path]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
}

fn done(ran: &Ran) -> Value {
    assert_eq!(ran.status, Some(0), "{ran:?}");
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn a_library_is_backed_up_and_restored_on_a_bare_machine() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    library(here.path());
    let backup = here.path().join("a.backup");
    let taken = done(&dondoc(&[&"backup", &"--data", &here.path(), &"--json", &backup]));
    let looked = done(&dondoc(&[&"backup", &"--verify", &"--json", &backup]));
    assert_eq!(looked["chain"], taken["chain"]);
    assert_eq!(looked["audit_lines"], taken["audit_lines"]);
    let data = there.path().join("mới");
    let restored = done(&dondoc(&[&"restore", &"--data", &data, &"--json", &backup]));
    assert_eq!(restored["before"], Value::Null);
    let fsck = dondoc(&[&"fsck", &"--data", &data, &"--json"]);
    assert_eq!(done(&fsck)["whole"], true);
    let found = dondoc(&[&"search", &"--data", &data, &"trồng cây xanh"]);
    assert_eq!(found.status, Some(0), "{found:?}");
    assert!(found.stdout.contains("12/CT-UBND"), "{found:?}");
}

#[test]
fn a_damaged_backup_is_refused_in_words_with_a_remedy() {
    let here = tempfile::tempdir().unwrap();
    library(here.path());
    let backup = here.path().join("a.backup");
    done(&dondoc(&[&"backup", &"--data", &here.path(), &"--json", &backup]));
    let before = fs::read(here.path().join("dondoc.sqlite")).unwrap();
    let mut bytes = fs::read(&backup).unwrap();
    let n = bytes.len();
    bytes[n - 100] ^= 4;
    fs::write(&backup, &bytes).unwrap();
    let ran = dondoc(&[&"restore", &"--data", &here.path(), &backup]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("bị hỏng") && ran.stderr.contains("cách xử lý"), "{ran:?}");
    bytes.truncate(n / 2);
    fs::write(&backup, &bytes).unwrap();
    let ran = dondoc(&[&"backup", &"--verify", &"--lang", &"en", &backup]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("cut off"), "{ran:?}");
    assert_eq!(fs::read(here.path().join("dondoc.sqlite")).unwrap(), before);
}

#[test]
fn a_passphrase_comes_from_a_file_and_is_needed_again() {
    let here = tempfile::tempdir().unwrap();
    library(here.path());
    let (_folder, words) = file("mật khẩu.txt", "mười hai bông lúa vàng\n");
    let backup = here.path().join("a.backup");
    let flag = "--passphrase-file";
    done(&dondoc(&[&"backup", &"--data", &here.path(), &"--json", &flag, &words, &backup]));
    let ran = dondoc(&[&"backup", &"--verify", &backup]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("mật khẩu"), "{ran:?}");
    done(&dondoc(&[&"backup", &"--verify", &"--json", &flag, &words, &backup]));
}

/// What Dondoc writes and what the small program verifies were written apart: here they meet.
#[test]
fn the_trail_that_is_exported_is_the_one_that_dondoc_audit_verifies() {
    let here = tempfile::tempdir().unwrap();
    library(here.path());
    let export = |name: &str| {
        let path = here.path().join(name);
        let ran = dondoc(&[&"audit", &"export", &"--data", &here.path(), &path]);
        assert_eq!(ran.status, Some(0), "{ran:?}");
        (path, ran.stdout.trim().to_owned())
    };
    let (first, key) = export("first.jsonl");
    let (_place, other) = file("chi-thi-2.txt", DIRECTIVE.replace("12/CT", "13/CT"));
    assert_eq!(dondoc(&[&"add", &"--data", &here.path(), &other]).status, Some(0));
    let (second, same) = export("second.jsonl");
    assert_eq!(key, same);
    let mut bytes = [0; 32];
    for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&key[at..at + 2], 16).unwrap();
    }
    let witnesses = witnesses(&fs::read_to_string(&first).unwrap());
    assert_eq!(witnesses.len(), 1);
    let known = Known { key: Some(bytes), witnesses };
    let open = |path: &Path| BufReader::new(fs::File::open(path).unwrap());
    let verdict = verify(open(&second), &known).unwrap();
    assert_eq!(verdict.n_signed, verdict.n_lines);
    assert_eq!(verdict.n_checkpoints, 2);
    let trail = dondoc(&[&"audit", &"verify", &"--data", &here.path(), &"--json"]);
    let trail: Value = serde_json::from_str(&trail.stdout).unwrap();
    let root: String = verdict.root.iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!((&trail["lines"], &trail["last"]), (&verdict.n_lines.into(), &root.into()));
    // A stranger's key is not taken for the installation's.
    let stranger = Known { key: Some([7; 32]), witnesses: Vec::new() };
    assert_eq!(verify(open(&second), &stranger).unwrap_err().code(), "other_key");
}
