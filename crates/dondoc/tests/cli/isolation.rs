//! A hostile file costs itself only.

use std::fmt::Write;
use std::fs;
use std::process::Stdio;

use landlock::{ABI, Access, AccessFs, Ruleset, RulesetAttr, RulesetStatus};
use rustix::process::{Pid, Signal, kill_process};

use crate::run::{DIRECTIVE, command, dondoc, file, finish, put};

/// A PDF whose page tree is an array in an array in an array …
fn nested_pdf(depth: usize) -> Vec<u8> {
    let mut pdf = String::from("%PDF-1.4\n1 0 obj\n");
    pdf.push_str(&"[".repeat(depth));
    pdf.push_str(&"]".repeat(depth));
    pdf.push_str("\nendobj\n");
    let start = pdf.len();
    write!(
        pdf,
        "xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    pdf.into_bytes()
}

#[test]
fn a_file_that_kills_parsers_is_refused_and_the_next_one_is_read() {
    let (folder, _) = file("a.pdf", nested_pdf(3_000_000));
    put(folder.path(), "b.txt", DIRECTIVE);
    for path in [std::env::var("PATH").unwrap(), "/nowhere".to_owned()] {
        let ran =
            finish(command().arg("read").arg(folder.path()).arg("--json").env("PATH", path), b"");
        assert_eq!(ran.status, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("a.pdf: "), "{ran:?}");
        assert!(ran.stderr.contains("cách xử lý"), "{ran:?}");
        assert_eq!(ran.stdout.lines().count(), 1);
    }
}

#[test]
fn a_killed_reader_costs_its_file_and_no_other() {
    let sentence = "Ủy ban nhân dân xã Bình An tổ chức trồng cây ở các thôn. ";
    let long = sentence.repeat((40 << 20) / sentence.len());
    let (folder, _) = file("a.txt", &long);
    put(folder.path(), "b.txt", DIRECTIVE);
    let child = command()
        .arg("read")
        .arg(folder.path())
        .arg("--json")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let reader = loop {
        if let Some(reader) = reader_of(child.id(), long.len()) {
            break reader;
        }
    };
    kill_process(reader, Signal::KILL).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("a.txt: bộ đọc dừng đột ngột vì tệp này (signal 9)"), "{stderr}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(stdout.lines().count(), 1);
    assert!(stdout.contains("12/CT-UBND"), "{stdout}");
}

/// The reader that `parent` has started for a file of that size.
fn reader_of(parent: u32, size_bytes: usize) -> Option<Pid> {
    let wanted = format!("\0reader\0{size_bytes}\0");
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Ok(command_line) = fs::read_to_string(entry.path().join("cmdline")) else { continue };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        // After the name in brackets: the state, then the parent.
        let from = stat.rsplit(") ").next().unwrap().split(' ').nth(1).unwrap();
        if from == parent.to_string() && command_line.ends_with(&wanted) {
            return Pid::from_raw(entry.file_name().to_str()?.parse().ok()?);
        }
    }
    None
}

#[test]
fn a_reader_gets_no_more_memory_than_its_limit() {
    // It is told of a file of 1 TiB; setting that aside must fail, whatever the machine has.
    let ran = dondoc(&[&"reader", &(1_u64 << 40).to_string()]);
    assert_ne!(ran.status, Some(0), "{ran:?}");
}

#[test]
fn an_outside_program_out_of_processor_time_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let ran = finish(
        command().args(["launch", "--cpu-seconds=1", "--folder"]).arg(folder.path()).args([
            "--",
            "/bin/sh",
            "-c",
            "while :; do :; done",
        ]),
        b"",
    );
    assert_eq!(ran.status, None, "a signal ends it: {ran:?}");
}

#[test]
fn an_outside_program_writes_only_in_its_folder() {
    if !kernel_has_landlock() {
        return;
    }
    let (outside, _) = file("x", "");
    let folder = tempfile::tempdir().unwrap();
    let launch = |target: &std::path::Path| {
        finish(
            command()
                .args(["launch", "--cpu-seconds=5", "--folder"])
                .arg(folder.path())
                .args(["--", "/bin/sh", "-c", "echo hello > \"$0\""])
                .arg(target),
            b"",
        )
    };
    let inside = folder.path().join("trong.txt");
    assert_eq!(launch(&inside).status, Some(0));
    assert_eq!(fs::read_to_string(inside).unwrap(), "hello\n");
    let outside = outside.path().join("ngoai.txt");
    assert_ne!(launch(&outside).status, Some(0));
    assert!(!outside.exists());
}

/// Asks by binding a thread that then ends.
fn kernel_has_landlock() -> bool {
    std::thread::spawn(|| {
        let status = Ruleset::default()
            .handle_access(AccessFs::from_all(ABI::V1))
            .and_then(Ruleset::create)
            .and_then(landlock::RulesetCreated::restrict_self);
        status.is_ok_and(|it| it.ruleset != RulesetStatus::NotEnforced)
    })
    .join()
    .unwrap()
}
