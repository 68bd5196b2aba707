//! The command line: what can be asked, and the help that says so.
//!
//! Vietnamese comes first; clap's own English is replaced where a user sees it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use dondoc_core::problem::Language;

use crate::commands::accounts::AccountsArgs;
use crate::commands::add::AddArgs;
use crate::commands::audit::AuditArgs;
use crate::commands::backup::BackupArgs;
use crate::commands::citations::CitationsArgs;
use crate::commands::figures::FiguresArgs;
use crate::commands::form::FormArgs;
use crate::commands::fsck::FsckArgs;
use crate::commands::move_store::MoveArgs;
use crate::commands::packs::PacksArgs;
use crate::commands::read::ReadArgs;
use crate::commands::registers::RegistersArgs;
use crate::commands::restore::RestoreArgs;
use crate::commands::search::SearchArgs;
use crate::commands::serve::ServeArgs;
use crate::commands::tasks::TasksArgs;
use crate::commands::total::TotalArgs;
use crate::commands::trace::TraceArgs;
use crate::commands::units::UnitsArgs;
use crate::isolate::LaunchArgs;

const OPTIONS: &str = "Tùy chọn";

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// Văn bản, nhiệm vụ, số liệu của văn phòng cấp xã, cấp tỉnh: đọc, giao việc, đôn đốc, tổng hợp, truy nguồn.
///
/// (Documents, tasks and figures of Vietnamese communes and provinces: read, assigned, followed up, added up, traced.)
#[derive(Debug, Parser)]
#[command(
    name = "dondoc",
    version,
    help_template = TEMPLATE,
    override_usage = "dondoc <LỆNH> [TÙY CHỌN]",
    subcommand_help_heading = "Lệnh",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "Xem thêm một lệnh: dondoc <LỆNH> --help"
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Ngôn ngữ của thông báo: vi (mặc định) hoặc en
    #[arg(long, global = true, value_name = "vi|en", hide_possible_values = true, help_heading = OPTIONS,
          value_parser = PossibleValuesParser::new(["vi", "en"]))]
    lang: Option<String>,
}

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Đọc tệp và in những gì tìm thấy (read files)
    #[command(override_usage = "dondoc read [TÙY CHỌN] TỆP…")]
    Read(ReadArgs),
    /// Lưu tệp vào kho văn bản (add files to the library)
    #[command(override_usage = "dondoc add [TÙY CHỌN] TỆP…")]
    Add(AddArgs),
    /// Tìm văn bản theo từ (search the library)
    #[command(override_usage = "dondoc search [TÙY CHỌN] TỪ…")]
    Search(SearchArgs),
    /// Liệt kê viện dẫn; với --open: những viện dẫn chưa rõ (list citations)
    #[command(override_usage = "dondoc citations [--open] [TÙY CHỌN]")]
    Citations(CitationsArgs),
    /// Chuyển kho dữ liệu sang tệp hoặc máy chủ khác, và kiểm tra đã đủ (move the store)
    #[command(override_usage = "dondoc move --to NƠI [TÙY CHỌN]")]
    Move(MoveArgs),
    /// Nhật ký: kiểm tra, xuất ra (the audit trail)
    #[command(override_usage = "dondoc audit <verify|export> [TÙY CHỌN]")]
    Audit(AuditArgs),
    /// Sao lưu toàn bộ kho vào một tệp, không cần dừng (back up)
    #[command(override_usage = "dondoc backup [--verify] [TÙY CHỌN] TỆP")]
    Backup(BackupArgs),
    /// Khôi phục kho từ một bản sao lưu (restore a backup)
    #[command(override_usage = "dondoc restore [TÙY CHỌN] TỆP")]
    Restore(RestoreArgs),
    /// Kiểm tra toàn bộ kho: mọi số liệu có còn như khi ghi không (check everything that is kept)
    #[command(override_usage = "dondoc fsck [TÙY CHỌN]")]
    Fsck(FsckArgs),
    /// Đơn vị qua các thời kỳ: nạp, xem, lịch sử, kiểm tra (units over time)
    #[command(override_usage = "dondoc units <load|show|history|check> [TÙY CHỌN]")]
    Units(UnitsArgs),
    /// Số liệu: nạp từ tệp, xuất ra tệp (figures in and out)
    #[command(override_usage = "dondoc figures <load|export> [TÙY CHỌN]")]
    Figures(FiguresArgs),
    /// Biểu mẫu Excel: xuất để điền, đọc lại (forms as workbooks)
    #[command(override_usage = "dondoc form <out|in> [TÙY CHỌN]")]
    Form(FormArgs),
    /// Sổ theo dõi: ghi và xem bản ghi (registers)
    #[command(override_usage = "dondoc registers <add|list> [TÙY CHỌN]")]
    Registers(RegistersArgs),
    /// Nhiệm vụ: chưa xong, quá hạn (tasks)
    #[command(override_usage = "dondoc tasks <list|late> [TÙY CHỌN]")]
    Tasks(TasksArgs),
    /// Số tổng hợp của một chỉ tiêu, kèm số còn thiếu, số ước (a total)
    #[command(override_usage = "dondoc total CHỈ TIÊU --unit ĐƠN VỊ --period KỲ [TÙY CHỌN]")]
    Total(TotalArgs),
    /// Số tổng hợp gồm những số nào, mỗi số từ đâu ra (what a total is made of)
    #[command(override_usage = "dondoc trace CHỈ TIÊU --unit ĐƠN VỊ --period KỲ [TÙY CHỌN]")]
    Trace(TraceArgs),
    /// Gói chương trình: kiểm tra, xem, đưa vào dùng, xác nhận (programme packs)
    #[command(override_usage = "dondoc packs <check|show|use|confirm> [TÙY CHỌN]")]
    Packs(PacksArgs),
    /// Tài khoản: liệt kê, thêm, cấp mã, khóa, tạo khóa cho chương trình (accounts)
    #[command(override_usage = "dondoc accounts <list|add|code|suspend|key> [TÙY CHỌN]")]
    Accounts(AccountsArgs),
    /// Mở trang làm việc với kho văn bản (serve the page)
    #[command(override_usage = "dondoc serve [TÙY CHỌN]")]
    Serve(ServeArgs),
    /// Mở trang với bộ văn bản mẫu của một tỉnh hư cấu (serve a made-up province)
    #[command(override_usage = "dondoc demo [TÙY CHỌN]")]
    Demo(ServeArgs),
    /// Reads one file from standard input, bound by limits.
    #[command(hide = true)]
    Reader {
        /// The size of the file.
        size_bytes: u64,
    },
    /// Binds itself by limits, then becomes another program.
    #[command(hide = true)]
    Launch(LaunchArgs),
}

impl CommandLine {
    /// Reads the arguments of this process.
    ///
    /// # Errors
    ///
    /// The arguments are wrong, or help or the version was asked for.
    pub(crate) fn read() -> Result<Self, clap::Error> {
        let command = in_vietnamese(Self::command());
        Self::from_arg_matches(&command.try_get_matches()?)
    }

    /// The language of messages.
    pub(crate) fn language(&self) -> Language {
        language_of(self.lang.as_deref())
    }
}

/// The language that the raw arguments ask for, for messages about wrong arguments.
pub(crate) fn language_asked_for() -> Language {
    let arguments: Vec<String> =
        std::env::args_os().map(|it| it.to_string_lossy().into_owned()).collect();
    let after_flag = arguments.windows(2).find(|it| it[0] == "--lang").map(|it| it[1].as_str());
    language_of(after_flag.or_else(|| arguments.iter().find_map(|it| it.strip_prefix("--lang="))))
}

fn language_of(code: Option<&str>) -> Language {
    if code == Some("en") { Language::English } else { Language::Vietnamese }
}

/// Gives each command the flags that clap would add in English.
fn in_vietnamese(command: clap::Command) -> clap::Command {
    let flag = |name: &'static str, short: char, action, help: &'static str| {
        Arg::new(name).long(name).short(short).action(action).help(help).help_heading(OPTIONS)
    };
    let help = || flag("help", 'h', ArgAction::Help, "Hiện trợ giúp này");
    command
        .arg(help())
        .arg(flag("version", 'V', ArgAction::Version, "Hiện phiên bản"))
        .mut_subcommands(|it| {
            it.help_template(TEMPLATE).disable_help_flag(true).arg(help()).mut_subcommands(|it| {
                it.help_template(TEMPLATE).disable_help_flag(true).arg(help())
            })
        })
}
