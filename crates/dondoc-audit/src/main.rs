//! `dondoc-audit`: whether an export of the audit trail is what Dondoc wrote.
//!
//! The exit status is 0 if all holds, 1 if something does not, 2 if the arguments are wrong.

use std::{
    fs::{self, File},
    io::{self, BufReader, Write as _},
    process::ExitCode,
};

use dondoc_audit::{Known, Language, Verdict, verify, witnesses};

const USAGE: &str = "\
Kiểm tra tệp nhật ký do “dondoc audit export” xuất ra; không cần cơ sở dữ liệu.
(Verifies an export of the audit trail; needs no database.)

Cách dùng: dondoc-audit TỆP [--key KHÓA] [--witness TỆP]… [--lang vi|en]

  --key KHÓA      khóa công khai của hệ thống, 64 chữ số hệ 16 (trang Tình trạng hệ thống có ghi)
  --witness TỆP   mốc ký giữ ở nơi khác: tệp xuất lần trước, hoặc dondoc.checkpoints";

/// What was asked for.
#[derive(Default)]
struct Asked {
    file: Option<String>,
    known: Known,
    language: Language,
}

fn main() -> ExitCode {
    let asked = match read_arguments(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(why) => {
            tell(&format!("{why}\n\n{USAGE}"));
            return ExitCode::from(2);
        }
    };
    let Some(path) = &asked.file else {
        tell(USAGE);
        return ExitCode::from(2);
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(err) => {
            tell(&format!("{path}: {err}"));
            return ExitCode::from(1);
        }
    };
    match verify(BufReader::with_capacity(1 << 20, file), &asked.known) {
        Ok(verdict) => {
            // A reader who has seen enough is no failure.
            let _ = writeln!(io::stdout(), "{}", hex(&verdict.root));
            tell(&held(&verdict, &asked));
            ExitCode::SUCCESS
        }
        Err(fault) => {
            let error = if asked.language == Language::English { "error" } else { "lỗi" };
            tell(&format!("{error}: {path}: {} [{}]", fault.say(asked.language), fault.code()));
            ExitCode::from(1)
        }
    }
}

fn held(it: &Verdict, asked: &Asked) -> String {
    let Verdict { n_lines, n_checkpoints, n_signed, .. } = it;
    let key = it.key.map(|it| hex(&it)).unwrap_or_default();
    let n_witnesses = asked.known.witnesses.len();
    let is_pinned = asked.known.key.is_some();
    match asked.language {
        Language::Vietnamese => {
            let pinned = if is_pinned { "" } else { " (chưa đối chiếu: dùng --key)" };
            format!(
                "{n_lines} dòng liền mạch, {n_checkpoints} mốc ký đúng, ký đến dòng {n_signed}, \
                 {n_witnesses} mốc giữ ở nơi khác đều khớp\nkhóa: {key}{pinned}"
            )
        }
        Language::English => {
            let pinned = if is_pinned { "" } else { " (not compared: use --key)" };
            format!(
                "{n_lines} lines in one chain, {n_checkpoints} checkpoints hold, signed up to line {n_signed}, \
                 {n_witnesses} witnesses agree\nkey: {key}{pinned}"
            )
        }
    }
}

fn read_arguments(arguments: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked::default();
    let mut arguments = arguments;
    while let Some(it) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{it}: …?"));
        match it.as_str() {
            "--key" => asked.known.key = Some(key(&value()?)?),
            "--witness" => {
                let path = value()?;
                let text = fs::read_to_string(&path).map_err(|err| format!("{path}: {err}"))?;
                let found = witnesses(&text);
                if found.is_empty() {
                    return Err(format!("{path}: không có mốc ký nào (no checkpoint)"));
                }
                asked.known.witnesses.extend(found);
            }
            "--lang" => {
                asked.language = match value()?.as_str() {
                    "en" => Language::English,
                    _ => Language::Vietnamese,
                }
            }
            other if !other.starts_with("--") && asked.file.is_none() => {
                asked.file = Some(other.to_owned());
            }
            other => return Err(format!("? {other}")),
        }
    }
    Ok(asked)
}

fn key(text: &str) -> Result<[u8; 32], String> {
    let bytes: Option<Vec<u8>> = (0..text.len() / 2)
        .map(|at| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok())
        .collect();
    let bytes = bytes.filter(|_| text.len() == 64).and_then(|it| it.try_into().ok());
    bytes.ok_or_else(|| "--key: 64 chữ số hệ 16 (64 hexadecimal digits)".to_owned())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
