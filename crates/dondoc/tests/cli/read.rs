//! `dondoc read` for people.

use std::os::unix::fs::symlink;
use std::process::Stdio;

use crate::run::{DIRECTIVE, command, dondoc, dondoc_fed, file, put};

#[test]
fn a_table_shows_the_heading_and_what_was_found() {
    let (_folder, path) = file("chi-thi.txt", DIRECTIVE);
    let ran = dondoc(&[&"read", &path]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    for words in [
        "chi-thi.txt · text · 1 văn bản",
        "Chỉ thị: Về việc trồng cây xanh năm 2026",
        "Số, ký hiệu",
        "12/CT-UBND",
        "06/11/2025",
        "Nhiệm vụ (2)",
        "Sở Tài chính",
        "15/12/2025",
        "45/KH-UBND",
        "12.500",
    ] {
        assert!(ran.stdout.contains(words), "no “{words}” in:\n{}", ran.stdout);
    }
}

#[test]
fn english_is_the_second_language() {
    let (_folder, path) = file("chi-thi.txt", DIRECTIVE);
    let ran = dondoc(&[&"read", &path, &"--lang", &"en"]);
    assert!(ran.stdout.contains("Directive: Về việc"), "{}", ran.stdout);
    let ran = dondoc(&[&"--lang=en", &"read", &"/khong/co"]);
    assert_eq!(ran.stderr, "error: /khong/co: no such file\n  remedy: check the path\n");
}

#[test]
fn no_line_is_wider_than_the_page_and_none_drives_a_terminal() {
    let text = format!(
        "{DIRECTIVE}\n3. Sở Nội vụ \u{1b}[31mchủ trì\u{7} rà soát {}.\n",
        "từ ".repeat(300)
    );
    let (_folder, path) = file("chi-thi.txt", text);
    let ran = dondoc(&[&"read", &path]);
    assert_eq!(ran.status, Some(0));
    assert!(ran.stdout.lines().all(|it| it.chars().count() <= 120), "{}", ran.stdout);
    assert!(ran.stdout.chars().all(|it| it == '\n' || !it.is_control()));
}

#[test]
fn folders_open_in_order_of_names_and_loops_of_links_end() {
    let (folder, _) = file("b.txt", DIRECTIVE);
    put(folder.path(), "bo-qua.xyz", "x");
    put(folder.path(), ".an.txt", "x");
    std::fs::create_dir(folder.path().join("a")).unwrap();
    put(&folder.path().join("a"), "z.MD", DIRECTIVE);
    symlink(folder.path(), folder.path().join("a/vong")).unwrap();
    symlink("khong-co", folder.path().join("dut.txt")).unwrap();
    let ran = dondoc(&[&"read", &folder.path()]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let heads: Vec<&str> = ran.stdout.lines().filter(|it| it.contains(" · ")).collect();
    assert_eq!(heads.len(), 2);
    assert!(heads[0].contains("a/z.MD") && heads[1].contains("b.txt"), "{heads:?}");
    assert!(ran.stderr.contains("2 tệp khác trong thư mục được bỏ qua"), "{ran:?}");
}

#[test]
fn a_dash_is_standard_input() {
    let ran = dondoc_fed(&[&"read", &"-", &"--json"], DIRECTIVE.as_bytes());
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(ran.stdout.starts_with(r#"{"source":"-","#), "{}", ran.stdout);
}

#[test]
fn a_closed_pipe_is_success() {
    let (folder, _) = file("00.txt", DIRECTIVE);
    for name in 1..10 {
        put(folder.path(), &format!("{name:02}.txt"), DIRECTIVE);
    }
    for format in [&["--json"][..], &[]] {
        let mut child = command()
            .arg("read")
            .arg(folder.path())
            .args(format)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}

#[test]
fn wrong_arguments_get_a_hint_and_status_2() {
    let ran = dondoc(&[&"read", &"--jsn", &"a"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("không có tùy chọn `--jsn`"), "{ran:?}");
    assert!(ran.stderr.contains("có phải ý bạn là `--json`?"), "{ran:?}");
    let ran = dondoc(&[&"raed", &"--lang=en"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("no such command: `raed`"), "{ran:?}");
    let ran = dondoc(&[&"read"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("thiếu"), "{ran:?}");
}

#[test]
fn help_is_vietnamese_first() {
    let ran = dondoc(&[&"--help"]);
    assert_eq!(ran.status, Some(0));
    assert!(ran.stdout.starts_with("Văn bản, nhiệm vụ, số liệu"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Documents, tasks and figures"), "{}", ran.stdout);
    for english in ["Usage", "Options", "Commands", "Print help", "reader", "launch"] {
        assert!(!ran.stdout.contains(english), "“{english}” in:\n{}", ran.stdout);
    }
    let ran = dondoc(&[&"read", &"-h"]);
    for english in ["Usage", "Options", "Arguments", "Print help"] {
        assert!(!ran.stdout.contains(english), "“{english}” in:\n{}", ran.stdout);
    }
}
