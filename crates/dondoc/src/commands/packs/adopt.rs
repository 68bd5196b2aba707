//! `dondoc packs use` and `dondoc packs confirm`: which packs and which of their indicators take figures.

use std::path::Path;

use anyhow::{anyhow, bail};
use dondoc_core::pack::{self, Clearing, Pack};
use dondoc_core::problem::Language;
use dondoc_store::packs::{self, Clearance, PackError};
use dondoc_store::{Action, By, Store, StoreError};

use crate::Done;
use crate::commands::packs::{borrowed, folder, shipped};
use crate::library::{LibraryArgs, by_this_user};
use crate::words::{pick, tell};

/// The arguments of `dondoc packs use`.
#[derive(Debug, clap::Args)]
pub(crate) struct UseArgs {
    /// Tên gói kèm theo phần mềm, hoặc thư mục của gói
    #[arg(value_name = "GÓI", help_heading = "Đối số")]
    pack: String,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The arguments of `dondoc packs confirm`.
#[derive(Debug, clap::Args)]
pub(crate) struct ConfirmArgs {
    /// Mã chỉ tiêu, sổ hoặc biểu cần xác nhận
    #[arg(value_name = "MÃ", help_heading = "Đối số")]
    code: String,
    /// Văn bản của cơ quan chủ quản: số, ngày, cơ quan ban hành
    #[arg(long, value_name = "VĂN BẢN", help_heading = "Tùy chọn")]
    basis: String,
    /// Rút lại xác nhận
    #[arg(long, help_heading = "Tùy chọn")]
    withdraw: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The pack of a name or folder, sound.
///
/// # Errors
///
/// There is none, or it is refused.
pub(crate) fn read(name: &str, language: Language) -> anyhow::Result<Pack> {
    let files = match shipped::files(name) {
        Some(files) => files,
        None if Path::new(name).is_dir() => folder(Path::new(name))?,
        None => {
            let names: Vec<String> = shipped::names().into_iter().collect();
            let (what, there) = match language {
                Language::Vietnamese => {
                    ("không có gói hoặc thư mục", "cách xử lý: nêu thư mục, hoặc một gói kèm theo")
                }
                Language::English => {
                    ("no such pack or folder:", "remedy: name a folder, or one that comes along")
                }
            };
            bail!("{what} `{name}`\n  {there}: {}", names.join(", "));
        }
    };
    pack::read(&borrowed(&files)).map_err(|findings| match language {
        Language::Vietnamese => anyhow!(
            "{name}: gói có {} lỗi, không đưa vào dùng\n  cách xử lý: xem dondoc packs check {name}",
            findings.len()
        ),
        Language::English => {
            anyhow!("{name}: {} findings\n  remedy: see dondoc packs check {name}", findings.len())
        }
    })
}

/// Puts a pack into use; `false` if it was already.
///
/// # Errors
///
/// That version is in use with another text, it would read what is kept as other numbers, or the library can't be written.
pub(crate) fn adopt(store: &Store, pack: &Pack, by: &By) -> Result<bool, PackError> {
    store.write(|tx| {
        let is_new = packs::adopt(tx, pack, by)?;
        let object = format!("{} {}", pack.pack.code, pack.pack.version);
        Ok((is_new, Action { by: by.clone(), verb: "pack.use", object }))
    })
}

/// `dondoc packs use`.
pub(super) fn run_use(args: &UseArgs, language: Language) -> anyhow::Result<Done> {
    let pack = read(&args.pack, language)?;
    let store = args.library.open()?;
    let is_new = adopt(&store, &pack, &by_this_user()).map_err(|err| match (err, language) {
        (PackError::Changed { code, version }, Language::Vietnamese) => anyhow!(
            "gói {code} phiên bản {version} đang dùng với nội dung khác\n  cách xử lý: tăng số phiên bản trong pack.toml rồi đưa vào dùng lại"
        ),
        (PackError::Reread { code, version }, Language::Vietnamese) => anyhow!(
            "{code} đổi số chữ số thập phân, hoặc đổi giữa số và tỷ lệ, so với phiên bản {version}: số liệu đã lưu sẽ bị đọc thành số khác\n  cách xử lý: đặt mã mới cho chỉ tiêu hoặc trường này trong gói"
        ),
        (err, _) => err.into(),
    })?;
    let off = pack.indicators.iter().filter(|it| it.clearing == Clearing::Clear).count();
    let version = pick(language, "phiên bản", "version");
    let name = pick(language, &pack.pack.name.vi, &pack.pack.name.en);
    let head = format!("{} – {name}, {version} {}", pack.pack.code, pack.pack.version);
    tell(&match (language, is_new) {
        (Language::Vietnamese, true) => format!("đã đưa vào dùng: {head}"),
        (Language::Vietnamese, false) => format!("đang dùng từ trước: {head}"),
        (Language::English, true) => format!("in use now: {head}"),
        (Language::English, false) => format!("was in use already: {head}"),
    });
    if off > 0 {
        tell(&match language {
            Language::Vietnamese => format!(
                "{off} chỉ tiêu chưa nhận số liệu, cho đến khi cơ quan chủ quản xác nhận: dondoc packs confirm MÃ --basis \"VĂN BẢN\""
            ),
            Language::English => format!(
                "{off} indicators are off until their owner confirms: dondoc packs confirm CODE --basis \"DOCUMENT\""
            ),
        });
    }
    Ok(Done::All)
}

/// `dondoc packs confirm`.
pub(super) fn run_confirm(args: &ConfirmArgs, language: Language) -> anyhow::Result<Done> {
    if args.basis.trim().is_empty() {
        bail!(pick(
            language,
            "--basis: chưa nêu văn bản\n  cách xử lý: ghi số, ngày và cơ quan ban hành của văn bản xác nhận",
            "--basis: no document\n  remedy: give number, date and issuer of the document that confirms it"
        ));
    }
    let store = args.library.open()?;
    let (kept, _) = store.read(packs::in_use)?;
    let mut owner = None;
    for it in &kept {
        let pack = it.pack()?;
        let has = pack.indicator(&args.code).is_some()
            || pack.register(&args.code).is_some()
            || pack.form(&args.code).is_some();
        if has {
            owner = Some(pack.pack.code);
        }
    }
    let Some(pack) = owner else {
        bail!(match language {
            Language::Vietnamese => format!(
                "không có chỉ tiêu, sổ hoặc biểu `{}` trong các gói đang dùng\n  cách xử lý: dondoc packs use GÓI, rồi dondoc packs show GÓI để xem mã",
                args.code
            ),
            Language::English => format!(
                "nothing in use has the code `{}`\n  remedy: dondoc packs use PACK",
                args.code
            ),
        });
    };
    let clearance = Clearance {
        pack,
        code: args.code.clone(),
        confirmed: !args.withdraw,
        basis: args.basis.clone(),
    };
    let by = by_this_user();
    store.write(|tx| -> Result<_, StoreError> {
        packs::clear(tx, &clearance, &by)?;
        let verb = if args.withdraw { "pack.withdraw" } else { "pack.confirm" };
        Ok(((), Action { by: by.clone(), verb, object: args.code.clone() }))
    })?;
    let words = match (args.withdraw, language) {
        (false, Language::Vietnamese) => "từ nay nhận số liệu, theo",
        (true, Language::Vietnamese) => "từ nay không nhận số liệu, theo",
        (false, Language::English) => "takes figures from now on, by",
        (true, Language::English) => "takes no figures from now on, by",
    };
    tell(&format!("{}: {words} {}", args.code, args.basis.trim()));
    Ok(Done::All)
}
