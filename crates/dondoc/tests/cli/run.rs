//! One run of the binary.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What one run left.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit status.
    pub(crate) status: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

/// The binary, ready for arguments.
pub(crate) fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dondoc"))
}

/// Runs the binary with nothing on its standard input.
pub(crate) fn dondoc(arguments: &[&dyn AsRef<OsStr>]) -> Ran {
    dondoc_fed(arguments, b"")
}

/// Runs the binary with `input` on its standard input.
pub(crate) fn dondoc_fed(arguments: &[&dyn AsRef<OsStr>], input: &[u8]) -> Ran {
    let mut command = command();
    command.args(arguments.iter().map(|it| it.as_ref()));
    finish(&mut command, input)
}

/// Runs a prepared command to its end.
pub(crate) fn finish(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // The command may well end before it has heard everything.
            let _ = stdin.write_all(input);
        });
        let output = child.wait_with_output().unwrap();
        Ran {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    })
}

/// A folder with one file in it.
pub(crate) fn file(name: &str, bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), name, bytes);
    (folder, path)
}

/// Puts a file into a folder.
pub(crate) fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A small ordinary directive.
pub(crate) const DIRECTIVE: &str = "\
ỦY BAN NHÂN DÂN
TỈNH LAM GIANG
Số: 12/CT-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Giang, ngày 06 tháng 11 năm 2025

CHỈ THỊ
Về việc trồng cây xanh năm 2026

Thực hiện Kế hoạch số 45/KH-UBND ngày 15 tháng 10 năm 2025 của Ủy ban nhân dân tỉnh, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Sở Tài chính hướng dẫn các xã, phường trồng 12.500 cây xanh, báo cáo trước ngày 15 tháng 12 năm 2025.
2. Ủy ban nhân dân xã Bình An, xã Đông Khê bố trí đất và chăm sóc cây.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.
CHỦ TỊCH
";
