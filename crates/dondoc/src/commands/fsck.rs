//! `dondoc fsck`: whether everything in the store is as it was kept.

use std::io::{self, Write};
use std::sync::Arc;

use dondoc_core::problem::Language;
use dondoc_ledger::Ledger;
use dondoc_store::blocks::Damage;
use dondoc_store::fsck::{self, Found, Report, Wrong};
use serde_json::json;

use crate::Done;
use crate::library::LibraryArgs;
use crate::question::today;
use crate::words::{pick, printable, tell};

/// The arguments of `dondoc fsck`.
#[derive(Debug, clap::Args)]
pub(crate) struct FsckArgs {
    /// In kết quả dưới dạng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Prints what is damaged, a line each; damage is a failure. What holds is counted on standard error.
///
/// # Errors
///
/// There is no store, or it can't be opened.
pub(crate) fn run(args: &FsckArgs, language: Language) -> anyhow::Result<Done> {
    let store = Arc::new(args.library.open_existing(language)?);
    let report = fsck::run(&store);
    // Where the books don't open, the damages say why.
    let books = Ledger::open(store, today());
    let n_homeless = books.map(|it| it.look(|books| books.n_homeless)).unwrap_or_default();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        writeln!(out, "{}", as_json(&report, n_homeless))?;
    } else {
        for found in &report.damages {
            writeln!(out, "{}", printable(&as_words(found, language)))?;
        }
    }
    out.flush()?;
    tell(&summary(&report, language));
    if n_homeless > 0 {
        tell(&homeless(n_homeless, language));
    }
    Ok(if report.is_whole() { Done::All } else { Done::Some })
}

fn as_json(report: &Report, n_homeless: u64) -> serde_json::Value {
    let damages: Vec<_> = report
        .damages
        .iter()
        .map(|it| {
            json!({
                "what": it.what.code(),
                "object": it.object,
                "unit": it.unit,
                "period": it.period,
                "detail": it.detail,
            })
        })
        .collect();
    json!({
        "whole": report.is_whole(),
        "blocks": report.n_blocks,
        "figures": report.n_figures,
        "records": report.n_records,
        "audit_lines": report.n_audit_lines,
        "last_block": report.last.0.0,
        "chain": report.last.1.to_string(),
        "damages": damages,
        "homeless": n_homeless,
    })
}

fn as_words(found: &Found, language: Language) -> String {
    let mut words = format!("{}: {}", found.object, said(found.what, language));
    if let Some(unit) = found.unit {
        words += &format!(" · {} {unit}", pick(language, "đơn vị", "unit"));
    }
    if let Some(period) = found.period {
        words += &format!(" · {} {period}", pick(language, "kỳ", "period"));
    }
    if !found.detail.is_empty() {
        words += &format!(" · {}", found.detail.replace('\n', " "));
    }
    words
}

fn said(what: Wrong, language: Language) -> &'static str {
    let (vietnamese, english) = match what {
        Wrong::Engine => ("cơ sở dữ liệu tự báo hỏng", "the database says it is broken"),
        Wrong::Block(Damage::Missing) => ("khối số liệu bị mất", "block is missing"),
        Wrong::Block(Damage::Unreadable) | Wrong::Unreadable => ("không đọc được", "can't be read"),
        Wrong::Block(Damage::Digest) | Wrong::Digest => {
            ("nội dung không khớp mã kiểm tra", "its digest does not hold")
        }
        Wrong::Block(Damage::Chain) => ("đứt chuỗi khối", "its place in the chain does not hold"),
        Wrong::Block(Damage::Unknown) => {
            ("do bản Dondoc mới hơn ghi", "was written by a newer Dondoc")
        }
        Wrong::Missing => ("thiếu bản ghi", "records are missing"),
        Wrong::Disagrees => ("hai nơi ghi khác nhau", "two places disagree"),
        Wrong::NoAuditLine => ("không có dòng nhật ký", "has no line in the audit trail"),
        Wrong::AuditChain => ("đứt chuỗi nhật ký", "the chain of the audit trail is broken"),
    };
    pick(language, vietnamese, english)
}

/// Figures that are whole, and in no total all the same.
fn homeless(n_homeless: u64, language: Language) -> String {
    match language {
        Language::Vietnamese => format!(
            "lưu ý: {n_homeless} số liệu còn nguyên nhưng không vào tổng hợp nào, vì bộ chỉ tiêu hoặc danh mục đơn vị đang dùng không \
             còn chỗ cho chúng\n  cách xử lý: đưa lại vào sử dụng bộ chỉ tiêu hoặc danh mục đơn vị lúc các số liệu đó được báo cáo"
        ),
        Language::English => format!(
            "note: {n_homeless} figures are whole but in no total, because no pack or unit list in use has a place for them\n  \
             remedy: take the pack or the unit list that they were reported under into use again"
        ),
    }
}

fn summary(report: &Report, language: Language) -> String {
    let Report { n_blocks, n_figures, n_records, n_audit_lines, last, damages } = report;
    let held = match language {
        Language::Vietnamese => format!(
            "{n_blocks} khối, {n_figures} số liệu, {n_records} bản ghi khác, {n_audit_lines} dòng nhật ký còn nguyên; \
             mã chuỗi tại khối {}: {}",
            last.0,
            last.1.short()
        ),
        Language::English => format!(
            "{n_blocks} blocks, {n_figures} figures, {n_records} other records, {n_audit_lines} audit lines hold; \
             chain at block {}: {}",
            last.0,
            last.1.short()
        ),
    };
    if damages.is_empty() {
        return held;
    }
    let n = damages.len();
    let remedy = match language {
        Language::Vietnamese => format!(
            "lỗi: {n} chỗ hỏng; số liệu của khối hỏng không được dùng. Dừng nhập, khôi phục từ bản sao lưu gần nhất"
        ),
        Language::English => format!(
            "error: {n} damages; figures of damaged blocks are not used. Stop writing, restore the last backup"
        ),
    };
    format!("{held}\n{remedy}")
}
