//! Bad input: each with its place, what is wrong and what to do, in Vietnamese, and exit status 1.

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::Path;

use zip::write::SimpleFileOptions;

use crate::run::{DIRECTIVE, dondoc, dondoc_fed, file, put};

#[track_caller]
fn check(path: &Path, what: &str, remedy: &str) {
    let ran = dondoc(&[&"read", &path, &"--json"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert_eq!(ran.stdout, "");
    let wanted = format!("lỗi: {}: {what}\n  cách xử lý: {remedy}\n", path.display());
    assert_eq!(ran.stderr, wanted);
}

const CHECK_ORIGIN: &str = "kiểm tra nguồn gốc của tệp; có thể tệp được làm ra để phá hoại";

#[test]
fn an_empty_file_is_refused() {
    for (name, bytes) in [("a.txt", &b""[..]), ("a.docx", b""), ("b.txt", b" \n\t\n")] {
        let (_folder, path) = file(name, bytes);
        check(&path, "tệp rỗng", "kiểm tra lại tệp gốc rồi gửi lại");
    }
}

#[test]
fn a_folder_with_nothing_to_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    check(
        folder.path(),
        "thư mục không có tệp nào đọc được",
        "chỉ ra tệp, hoặc thư mục có văn bản",
    );
}

#[test]
fn a_name_that_leads_nowhere_is_refused() {
    check(Path::new("/khong/co/tep.txt"), "không có tệp này", "kiểm tra lại đường dẫn");
}

#[test]
fn a_file_that_the_system_does_not_give_is_refused() {
    let remedy = "kiểm tra quyền truy cập của tệp";
    // A regular file by its type, but reading it from its start is an error, for root too.
    check(
        Path::new("/proc/self/mem"),
        "không đọc được tệp (Input/output error (os error 5))",
        remedy,
    );
    let (folder, path) = file("kin.txt", DIRECTIVE);
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    // Root reads it all the same, and then nothing is wrong.
    if File::open(&path).is_err() {
        check(&path, "không đọc được tệp (không có quyền đọc)", remedy);
    }
    let socket = folder.path().join("o-cam.txt");
    let _listener = UnixListener::bind(&socket).unwrap();
    check(&socket, "không đọc được tệp (không phải tệp thường)", remedy);
}

#[test]
fn a_pipe_that_nobody_writes_to_does_not_hang() {
    check(
        Path::new("/dev/tty"),
        "không đọc được tệp (không phải tệp thường)",
        "kiểm tra quyền truy cập của tệp",
    );
}

#[test]
fn a_wrong_extension_is_refused_if_the_content_is_none() {
    let (_folder, path) = file("van-ban.docx", b"\x7fELF\x02\x01\x01\x00 khong phai van ban");
    let ran = dondoc(&[&"read", &path]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("phần mở rộng “.docx” không khớp với nội dung ("), "{ran:?}");
    assert!(ran.stderr.contains("đổi lại phần mở rộng hoặc lưu lại tệp từ phần mềm soạn thảo"));
}

#[test]
fn a_wrong_extension_is_no_matter_if_the_content_can_be_read() {
    let (_folder, path) = file("van-ban.docx", DIRECTIVE);
    let ran = dondoc(&[&"read", &path, &"--json"]);
    // Content decides; either it is read as the text that it is, or refused for its name: never lost silently.
    assert!(ran.status == Some(0) && !ran.stdout.is_empty() || ran.stderr.contains("phần mở rộng"));
}

#[test]
fn a_pdf_with_a_password_is_refused_with_and_without_outside_programs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/fixtures/co-mat-khau.pdf");
    check(&path, "tệp có mật khẩu", "bỏ mật khẩu rồi gửi lại");
    let ran = crate::run::finish(
        crate::run::command().arg("read").arg(&path).env("PATH", "/nowhere"),
        b"",
    );
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("tệp có mật khẩu"), "{ran:?}");
}

#[test]
fn a_zip_bomb_is_refused() {
    let (_folder, path) = file("bom.docx", "");
    let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
    archive.start_file("[Content_Types].xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<Types/>").unwrap();
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let head = br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>"#;
    archive.write_all(head).unwrap();
    let megabyte = vec![b'a'; 1 << 20];
    for _ in 0..70 {
        archive.write_all(&megabyte).unwrap();
    }
    archive.write_all(b"</w:t></w:r></w:p></w:body></w:document>").unwrap();
    archive.finish().unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 1 << 20, "it is small on disk");
    check(&path, "tệp nén bung ra quá lớn (hơn 64 MB)", CHECK_ORIGIN);
}

#[test]
fn a_hundred_megabytes_are_refused() {
    let (_folder, path) = file("to.txt", "");
    File::options().write(true).open(&path).unwrap().set_len(100 << 20).unwrap();
    check(&path, "tệp quá lớn: 100 MB, giới hạn 64 MB", "tách thành nhiều tệp nhỏ hơn");
}

#[test]
fn endless_standard_input_is_refused() {
    let ran = dondoc_fed(&[&"read", &"-"], &vec![b'a'; (64 << 20) + 2]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.starts_with("lỗi: -: tệp quá lớn: 65 MB, giới hạn 64 MB"), "{}", ran.stderr);
}

#[test]
fn nul_bytes_are_refused_with_their_place() {
    let (_folder, path) = file("a.txt", b"Xin \x00 chao");
    check(
        &path,
        "có byte NUL ở vị trí 4, không phải tệp văn bản",
        "kiểm tra lại định dạng của tệp",
    );
}

#[test]
fn two_encodings_in_one_text_are_refused_with_their_place() {
    // "Cộng hòa xã hội" in TCVN3 after a text in UTF-8.
    let mut bytes = DIRECTIVE.as_bytes().to_vec();
    let offset = bytes.len();
    bytes.extend_from_slice(b"C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam");
    let (_folder, path) = file("lan.txt", bytes);
    check(
        &path,
        &format!("lẫn nhiều bảng mã, chỗ đầu tiên ở byte {}", offset + 1),
        "lưu lại tệp bằng bảng mã UTF-8",
    );
}

#[test]
fn a_file_named_twice_is_read_once_and_said_so() {
    let (folder, path) = file("chi-thi.txt", DIRECTIVE);
    let again = folder.path().join(".").join("chi-thi.txt");
    let link = folder.path().join("lien-ket.txt");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let ran = dondoc(&[&"read", &path, &again, &link, &folder.path(), &"--json"]);
    assert_eq!(ran.status, Some(0));
    assert_eq!(ran.stdout.lines().count(), 1);
    let warning = "tệp được nêu hai lần; chỉ đọc một lần; bỏ bớt một tên";
    assert!(ran.stderr.contains(&format!("lưu ý: {}: {warning}", link.display())), "{ran:?}");
    assert!(ran.stderr.contains(&format!("lưu ý: {}: {warning}", again.display())), "{ran:?}");
}

#[test]
fn a_document_with_a_mark_of_secrecy_is_refused_with_nothing_of_its_text() {
    let marked = DIRECTIVE.replacen("TỈNH LAM GIANG\n", "TỈNH LAM GIANG\nTỐI MẬT\n", 1);
    let (_folder, path) = file("a.txt", marked);
    for arguments in [vec!["read"], vec!["read", "--json"]] {
        let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> =
            arguments.iter().map(|it| it as &dyn AsRef<std::ffi::OsStr>).collect();
        arguments.push(&path);
        let ran = dondoc(&arguments);
        assert_eq!(ran.status, Some(1), "{ran:?}");
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.contains("văn bản có dấu chỉ độ mật “TỐI MẬT”: không lưu"), "{ran:?}");
        assert!(!ran.stderr.contains("cây xanh"));
    }
}

#[test]
fn one_bad_file_costs_only_itself() {
    let (folder, _) = file("b.txt", "");
    put(folder.path(), "a.txt", DIRECTIVE);
    put(folder.path(), "c.txt", DIRECTIVE);
    let ran = dondoc(&[&"read", &folder.path(), &"--json"]);
    assert_eq!(ran.status, Some(1));
    let sources: Vec<bool> = ran.stdout.lines().map(|it| it.contains("12/CT-UBND")).collect();
    assert_eq!(ran.stdout.lines().count(), 2, "{sources:?}");
    assert!(ran.stderr.contains("đã đọc 2 tệp (2 văn bản), không đọc được 1 tệp"), "{ran:?}");
}
