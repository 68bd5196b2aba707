//! `dondoc backup`: everything that is kept, in one file, also while others work.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::bail;
use dondoc_core::problem::Language;
use dondoc_store::backup::{self, BackupError, How, Taken, Verified, records};
use jiff::Timestamp;
use serde_json::json;

use crate::Done;
use crate::library::{LibraryArgs, by_this_user};
use crate::words::{pick, place, tell};

/// The arguments of `dondoc backup`.
#[derive(Debug, clap::Args)]
pub(crate) struct BackupArgs {
    /// Tệp sao lưu sẽ ghi; nếu là thư mục, tên tệp lấy theo ngày giờ
    #[arg(value_name = "TỆP", help_heading = "Đối số")]
    file: PathBuf,
    /// Tệp có mật khẩu ở dòng đầu, để mã hóa bản sao lưu
    #[arg(long, value_name = "TỆP", help_heading = "Tùy chọn")]
    passphrase_file: Option<PathBuf>,
    /// Không sao lưu: khôi phục thử TỆP vào chỗ tạm và kiểm tra mọi thứ trong đó
    #[arg(long, help_heading = "Tùy chọn")]
    verify: bool,
    /// In kết quả dưới dạng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Takes a backup, or looks at everything in one.
///
/// # Errors
///
/// There is no store, it is damaged, or the file can't be written; or the backup does not hold.
pub(crate) fn run(args: &BackupArgs, language: Language) -> anyhow::Result<Done> {
    let passphrase = passphrase(args.passphrase_file.as_deref(), language)?;
    if args.verify {
        let verified = backup::verify(&args.file, passphrase.as_deref(), Timestamp::now());
        let verified = verified.map_err(|err| told(&err, language))?;
        return answer(&args.file, &verified, args.json, language).map(|()| Done::All);
    }
    let store = args.library.open_existing(language)?;
    let by = by_this_user();
    let to = match args.file.is_dir() {
        true => args.file.join(backup::name_at(by.at)),
        false => args.file.clone(),
    };
    let made = backup::take(&store, &to, passphrase.as_deref(), &by);
    let (folder, name) = parts(&to);
    records::note(&store, (&folder, &name, How::Now), &made, &by)?;
    let Taken { path, manifest, n_bytes, sha256 } = made.map_err(|err| told(&err, language))?;
    let mut out = io::stdout().lock();
    if args.json {
        let json = json!({
            "file": path, "bytes": n_bytes, "sha256": sha256, "block": manifest.block, "chain": manifest.chain,
            "audit_lines": manifest.n_audit_lines, "encrypted": manifest.is_encrypted,
        });
        writeln!(out, "{json}")?;
    } else {
        writeln!(out, "{sha256}  {}", place(&path))?;
    }
    tell(&match language {
        Language::Vietnamese => format!(
            "đã sao lưu đến khối {}, {} dòng nhật ký; mọi thứ trong tệp đã được kiểm tra",
            manifest.block, manifest.n_audit_lines
        ),
        Language::English => format!(
            "backed up to block {}, {} audit lines; everything in the file was checked",
            manifest.block, manifest.n_audit_lines
        ),
    });
    Ok(Done::All)
}

fn answer(
    path: &Path,
    verified: &Verified,
    as_json: bool,
    language: Language,
) -> anyhow::Result<()> {
    let Verified { manifest, n_blocks, n_figures } = verified;
    let mut out = io::stdout().lock();
    if as_json {
        let json = json!({
            "whole": true, "file": path, "taken_at": manifest.taken_at, "program": manifest.program,
            "blocks": n_blocks, "figures": n_figures, "block": manifest.block, "chain": manifest.chain,
            "audit_lines": manifest.n_audit_lines,
        });
        writeln!(out, "{json}")?;
    } else {
        writeln!(out, "{}  {}", manifest.chain, place(path))?;
    }
    let moment = &manifest.taken_at;
    tell(&match language {
        Language::Vietnamese => format!(
            "bản sao lưu lúc {moment} còn nguyên: {n_blocks} khối, {n_figures} số liệu, {} dòng nhật ký",
            manifest.n_audit_lines
        ),
        Language::English => format!(
            "the backup of {moment} is whole: {n_blocks} blocks, {n_figures} figures, {} audit lines",
            manifest.n_audit_lines
        ),
    });
    Ok(())
}

/// Folder and name of a file.
pub(super) fn parts(path: &Path) -> (String, String) {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or(path.as_os_str());
    (place(folder), name.to_string_lossy().into_owned())
}

/// The first line of a file.
pub(super) fn passphrase(
    file: Option<&Path>,
    language: Language,
) -> anyhow::Result<Option<String>> {
    let Some(file) = file else { return Ok(None) };
    let bytes = crate::words::file_bytes(file, language)?;
    let text = String::from_utf8(bytes).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        let words =
            pick(language, "không có mật khẩu ở dòng đầu", "no passphrase in its first line");
        bail!("{}: {words}", place(file));
    }
    Ok(Some(line.to_owned()))
}

/// A refusal with its remedy.
pub(super) fn told(err: &BackupError, language: Language) -> anyhow::Error {
    let (what, remedy) = err.say(language);
    let word = pick(language, "cách xử lý", "remedy");
    anyhow::anyhow!("{what}\n  {word}: {remedy}")
}
