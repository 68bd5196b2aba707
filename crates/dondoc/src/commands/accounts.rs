//! `dondoc accounts`: accounts, for administrators of a server without a page.

use std::io::{self, Write};

use anyhow::{anyhow, bail};
use clap::Subcommand;
use dondoc_core::access::{Grant, Policy};
use dondoc_core::problem::Language;
use dondoc_core::unit::{Line, UnitId};
use dondoc_server::{ApiError, Denial, people};
use dondoc_store::Store;
use dondoc_store::accounts::{self, AccountState, NewAccount};

use crate::Done;
use crate::library::{LibraryArgs, by_this_user};
use crate::words::{pick, tell};

/// The arguments of `dondoc accounts`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh"
)]
pub(crate) struct AccountsArgs {
    #[command(subcommand)]
    command: AccountsCommand,
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
enum AccountsCommand {
    /// Liệt kê tài khoản và vai trò (list)
    #[command(override_usage = "dondoc accounts list [TÙY CHỌN]")]
    List(ListArgs),
    /// Thêm tài khoản, in mã dùng một lần để người đó tự đặt mật khẩu (add)
    #[command(
        override_usage = "dondoc accounts add TÊN --display \"HỌ TÊN\" [--role VAI TRÒ] [TÙY CHỌN]"
    )]
    Add(AddArgs),
    /// Cấp mã dùng một lần mới (code)
    #[command(override_usage = "dondoc accounts code TÊN [--forget-second-factor] [TÙY CHỌN]")]
    Code(CodeArgs),
    /// Khóa tài khoản: đăng xuất khỏi mọi máy, mọi khóa mất hiệu lực ngay (suspend)
    #[command(override_usage = "dondoc accounts suspend TÊN [TÙY CHỌN]")]
    Suspend(NamedArgs),
    /// Tạo khóa cho chương trình; khóa chỉ in một lần (key)
    #[command(
        override_usage = "dondoc accounts key TÊN --label VIỆC [--operations MÃ…] [TÙY CHỌN]"
    )]
    Key(KeyArgs),
    /// Xem hoặc chọn: việc quan trọng cần hai người (on) hay một quản trị là đủ (off) (two-people)
    #[command(override_usage = "dondoc accounts two-people [on|off] [TÙY CHỌN]")]
    TwoPeople(TwoPeopleArgs),
}

/// The arguments of `list`.
#[derive(Debug, clap::Args)]
struct ListArgs {
    #[command(flatten)]
    library: LibraryArgs,
}

/// The arguments of `add`.
#[derive(Debug, clap::Args)]
struct AddArgs {
    /// Tên đăng nhập
    #[arg(value_name = "TÊN", help_heading = "Đối số")]
    name: String,
    /// Họ tên hiển thị
    #[arg(long, value_name = "HỌ TÊN", help_heading = "Tùy chọn")]
    display: String,
    /// Cơ quan, bộ phận
    #[arg(
        long,
        value_name = "CƠ QUAN",
        default_value = "",
        hide_default_value = true,
        help_heading = "Tùy chọn"
    )]
    office: String,
    /// Vai trò: clerk, approver, officer, leader, administrator, auditor, …
    #[arg(long, value_name = "VAI TRÒ", help_heading = "Tùy chọn")]
    role: Option<String>,
    /// Số của đơn vị
    #[arg(long, value_name = "SỐ", help_heading = "Tùy chọn")]
    unit: Option<u32>,
    /// Thay cho --unit: vai trò trên toàn hệ thống
    #[arg(long, conflicts_with = "unit", help_heading = "Tùy chọn")]
    everywhere: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The name of an account.
#[derive(Debug, clap::Args)]
struct NamedArgs {
    /// Tên đăng nhập
    #[arg(value_name = "TÊN", help_heading = "Đối số")]
    name: String,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The arguments of `code`.
#[derive(Debug, clap::Args)]
struct CodeArgs {
    #[command(flatten)]
    named: NamedArgs,
    /// Mất điện thoại: bỏ ứng dụng xác thực cũ, người đó cài lại
    #[arg(long, help_heading = "Tùy chọn")]
    forget_second_factor: bool,
}

/// The arguments of `two-people`.
#[derive(Debug, clap::Args)]
struct TwoPeopleArgs {
    /// on: cần hai người; off: một quản trị là đủ; bỏ trống: chỉ xem
    #[arg(value_name = "CHỌN", help_heading = "Đối số")]
    choice: Option<Choice>,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Whether a rule is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Choice {
    /// Cần hai người
    On,
    /// Một quản trị là đủ
    Off,
}

/// The arguments of `key`.
#[derive(Debug, clap::Args)]
struct KeyArgs {
    /// Tên đăng nhập
    #[arg(value_name = "TÊN", help_heading = "Đối số")]
    name: String,
    /// Khóa dùng cho việc gì
    #[arg(long, value_name = "VIỆC", help_heading = "Tùy chọn")]
    label: String,
    /// Mã các thao tác được làm, cách nhau bằng dấu phẩy (bỏ trống: mọi việc tài khoản được làm)
    #[arg(long, value_name = "MÃ", value_delimiter = ',', help_heading = "Tùy chọn")]
    operations: Vec<String>,
    /// Dùng trong bao nhiêu ngày (mặc định 90)
    #[arg(long, value_name = "SỐ", default_value_t = 90, hide_default_value = true, help_heading = "Tùy chọn",
          value_parser = clap::value_parser!(i64).range(1..=366))]
    days: i64,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Does what was asked.
///
/// # Errors
///
/// There is no store or no such account, or the store can't be written.
pub(crate) fn run(args: &AccountsArgs, language: Language) -> anyhow::Result<Done> {
    match &args.command {
        AccountsCommand::List(args) => list(&args.library.open_existing(language)?, language)?,
        AccountsCommand::Add(args) => add(args, language)?,
        AccountsCommand::Code(args) => {
            let (store, by) = (args.named.library.open_existing(language)?, by_this_user());
            let invite =
                if args.forget_second_factor { people::invite_anew } else { people::invite };
            let name = args.named.name.as_str();
            let code = invite(&store, name, &by).map_err(refused_of(name, language))?;
            print(&code, language)?;
        }
        AccountsCommand::Suspend(args) => {
            suspend(&args.library.open_existing(language)?, &args.name, language)?;
        }
        AccountsCommand::Key(args) => key(args, language)?,
        AccountsCommand::TwoPeople(args) => two_people(args, language)?,
    }
    Ok(Done::All)
}

fn list(store: &Store, language: Language) -> anyhow::Result<()> {
    let (all, grants) = store
        .read(|tx| Ok::<_, ApiError>((accounts::all(tx)?, accounts::all_grants(tx)?)))
        .map_err(refused(language))?;
    let policy = Policy::built_in().map_err(|fault| anyhow!("{fault}"))?;
    let mut out = io::stdout().lock();
    for account in all {
        let state = match account.state {
            AccountState::Invited => pick(language, "chưa đặt mật khẩu", "no password yet"),
            AccountState::Confirmed => pick(language, "đang dùng", "in use"),
            AccountState::Suspended => pick(language, "đã khóa", "suspended"),
        };
        writeln!(out, "{}  {}  {}  [{state}]", account.name, account.display, account.office)?;
        for (_, kept) in grants.iter().filter(|it| it.0 == account.id) {
            let role = policy.role(&kept.grant.role);
            let title = role.map_or(kept.grant.role.as_str(), |it| pick(language, &it.vi, &it.en));
            let place = match kept.grant.unit {
                Some(unit) => format!("{} {}", pick(language, "đơn vị số", "unit"), unit.0),
                None => pick(language, "toàn hệ thống", "everywhere").to_owned(),
            };
            let until = match kept.grant.until {
                Some(day) => day.strftime(" → %d/%m/%Y").to_string(),
                None => String::new(),
            };
            writeln!(out, "    {title} – {place}{until}")?;
        }
    }
    Ok(())
}

fn add(args: &AddArgs, language: Language) -> anyhow::Result<()> {
    let policy = Policy::built_in().map_err(|fault| anyhow!("{fault}"))?;
    if let Some(role) = args.role.as_deref().filter(|it| policy.role(it).is_none()) {
        let known: Vec<&str> = policy.roles().iter().map(|it| it.code.as_str()).collect();
        let words = pick(language, "không có vai trò đó; các vai trò", "no such role; there are");
        bail!("{role}: {words}: {}", known.join(", "));
    }
    if args.role.is_some() && args.unit.is_none() && !args.everywhere {
        bail!("{}", refused(language)(Denial::UnitMissing.into()));
    }
    let (store, by) = (args.library.open()?, by_this_user());
    let from = dondoc_server::today(by.at);
    let grant = args.role.clone().map(|role| {
        let unit = args.unit.map(UnitId);
        Grant { role, unit, line: Line::State, from, until: None }
    });
    if let Some(unit) = args.unit
        && dondoc_store::units::load(&store)?.units.get(UnitId(unit)).is_none()
    {
        bail!("{unit}: {}", pick(language, "không có đơn vị số này", "there is no such unit"));
    }
    let account = NewAccount {
        name: args.name.clone(),
        display: args.display.clone(),
        office: args.office.clone(),
        password: None,
    };
    people::add(&store, &account, grant.as_slice(), &by).map_err(refused(language))?;
    let code = people::invite(&store, &args.name, &by).map_err(refused(language))?;
    print(&code, language)
}

fn suspend(store: &Store, name: &str, language: Language) -> anyhow::Result<()> {
    people::suspend(store, name, &by_this_user()).map_err(refused_of(name, language))?;
    tell(pick(
        language,
        "đã khóa; mọi phiên và khóa đã hết hiệu lực",
        "suspended; all sessions and keys have ended",
    ));
    Ok(())
}

fn key(args: &KeyArgs, language: Language) -> anyhow::Result<()> {
    let policy = Policy::built_in().map_err(|fault| anyhow!("{fault}"))?;
    if let Some(code) = args.operations.iter().find(|it| policy.by_code(it).is_none()) {
        bail!("{code}: {}", pick(language, "không có thao tác này", "there is no such operation"));
    }
    let operations = match args.operations.is_empty() {
        true => "*".to_owned(),
        false => args.operations.join(" "),
    };
    let store = args.library.open_existing(language)?;
    let of = (args.name.as_str(), args.label.as_str(), operations.as_str());
    let key = people::key(&store, of, args.days, &by_this_user());
    let key = key.map_err(refused_of(&args.name, language))?;
    writeln!(io::stdout(), "{key}")?;
    tell(pick(
        language,
        "khóa chỉ in một lần; chép lại ngay",
        "the key is printed once; copy it now",
    ));
    Ok(())
}

fn two_people(args: &TwoPeopleArgs, language: Language) -> anyhow::Result<()> {
    let store = args.library.open()?;
    if let Some(choice) = args.choice {
        people::need_two_people(&store, choice == Choice::On, &by_this_user())
            .map_err(refused(language))?;
    }
    let is_on = people::needs_two_people(&store).map_err(refused(language))?;
    writeln!(io::stdout(), "{}", if is_on { "on" } else { "off" })?;
    tell(if is_on {
        pick(
            language,
            "sáp nhập đơn vị, mở khóa sổ, thêm quản trị, cho phép báo cáo chỉ tiêu, đưa gói vào dùng: phải có người thứ hai xác nhận",
            "changes of units, opening closed periods, new administrators, clearing indicators, taking packs into use: a second person confirms",
        )
    } else {
        pick(
            language,
            "một quản trị tự làm được mọi việc; việc chọn này đã ghi vào nhật ký",
            "one administrator does everything alone; the audit trail says who chose so",
        )
    });
    Ok(())
}

fn print(code: &str, language: Language) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{code}")?;
    tell(pick(
        language,
        "mã dùng một lần, trong 24 giờ: trên trang, chọn \"Tôi có mã dùng một lần\" rồi tự đặt mật khẩu",
        "one-time code, for 24 hours: on the page, \"I have a one-time code\" and choose a password",
    ));
    Ok(())
}

/// A refusal in words, of an account.
fn refused_of(name: &str, language: Language) -> impl Fn(ApiError) -> anyhow::Error {
    move |error| match (error, language) {
        (ApiError::NotFound, Language::Vietnamese) => {
            anyhow!(
                "không có tài khoản `{name}`\n  cách xử lý: xem các tài khoản bằng dondoc accounts list"
            )
        }
        (ApiError::NotFound, Language::English) => {
            anyhow!("there is no account `{name}`\n  remedy: dondoc accounts list shows them")
        }
        (error, _) => refused(language)(error),
    }
}

/// A refusal in words.
fn refused(language: Language) -> impl Fn(ApiError) -> anyhow::Error {
    move |error| anyhow!(error.say(language))
}
