//! `dondoc move`: the whole store to another engine, and the proof that all arrived.

use std::io::{self, Write};

use anyhow::Context;
use dondoc_core::problem::Language;
use dondoc_store::{
    Location, Store,
    transfer::{self, Moved},
};
use jiff::Timestamp;
use serde_json::json;

use crate::Done;
use crate::library::{LibraryArgs, by_this_user};
use crate::words::{pick, tell};

/// The arguments of `dondoc move`.
#[derive(Debug, clap::Args)]
pub(crate) struct MoveArgs {
    /// Chuyển đến: một tệp mới, hoặc cơ sở dữ liệu trống postgres://người-dùng@máy/cơ-sở-dữ-liệu
    #[arg(long, value_name = "NƠI", help_heading = "Tùy chọn")]
    to: String,
    /// Chuyển từ: một tệp hoặc máy chủ (mặc định: kho đang dùng)
    #[arg(long, value_name = "NƠI", conflicts_with_all = ["data", "store"], help_heading = "Tùy chọn")]
    from: Option<String>,
    /// In kết quả dưới dạng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Copies a store to an empty one, and prints what is in each table, with its digest on either side.
///
/// # Errors
///
/// One of the two can't be opened, the target is not empty, or something did not arrive.
pub(crate) fn run(args: &MoveArgs, language: Language) -> anyhow::Result<Done> {
    let from = match &args.from {
        Some(place) => open(place, language)?,
        None => args.library.open_existing(language)?,
    };
    let to = open(&args.to, language)?;
    let failed =
        pick(language, "chưa chuyển được; nơi đến vẫn trống", "not moved; nothing was kept");
    let moved = transfer::copy(&from, &to, &by_this_user()).context(failed)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        writeln!(out, "{}", as_json(&moved))?;
    } else {
        for it in &moved.tables {
            writeln!(out, "{}\t{}\t{}", it.table, it.n_rows, hex(&it.digest))?;
        }
    }
    out.flush()?;
    let n_rows: u64 = moved.tables.iter().map(|it| it.n_rows).sum();
    let (n_tables, to) = (moved.tables.len(), to.location());
    tell(&match language {
        Language::Vietnamese => format!(
            "đã chuyển {n_rows} dòng của {n_tables} bảng đến {to}; mã kiểm tra hai bên bằng nhau; \
             nhật ký liền mạch: {} dòng",
            moved.n_lines
        ),
        Language::English => format!(
            "moved {n_rows} rows of {n_tables} tables to {to}; digests on both sides are equal; \
             audit trail whole: {} lines",
            moved.n_lines
        ),
    });
    Ok(Done::All)
}

fn open(place: &str, language: Language) -> anyhow::Result<Store> {
    let location = Location::from(place);
    let shown = location.to_string();
    Store::open(location, Timestamp::now()).with_context(|| match language {
        Language::Vietnamese => format!("không mở được kho dữ liệu {shown}"),
        Language::English => format!("cannot open the store {shown}"),
    })
}

fn as_json(moved: &Moved) -> serde_json::Value {
    let tables = moved.tables.iter();
    let tables =
        tables.map(|it| json!({ "table": it.table, "rows": it.n_rows, "sha256": hex(&it.digest) }));
    json!({
        "tables": tables.collect::<Vec<_>>(),
        "audit": { "lines": moved.n_lines, "last": hex(&moved.last_line) },
    })
}

/// A digest as people compare it.
pub(crate) fn hex(digest: &[u8; 32]) -> String {
    digest.iter().map(|it| format!("{it:02x}")).collect()
}
