//! `dondoc serve` and `dondoc demo`: the page.

use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use dondoc_core::problem::Language;
use dondoc_ledger::Ledger;
use dondoc_server::{ApiError, App, Persona, PublicAddress, Site, people};
use dondoc_store::Store;
use jiff::Timestamp;

use crate::commands::packs::come_along;
use crate::commands::serve::openid::OpenIdArgs;
use crate::library::{self, LibraryArgs};
use crate::words::{pick, tell};
use crate::{Done, isolate, sample};

mod openid;

/// Where the page is if nobody says otherwise.
const PORT: u16 = 8020;
/// The totals in a file, for a quick start.
const SNAPSHOT_NAME: &str = "dondoc.totals";

/// The arguments of `dondoc serve` and `dondoc demo`.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Cổng mạng trên máy này (mặc định 8020; 0: cổng nào còn trống cũng được)
    #[arg(long, value_name = "SỐ", help_heading = "Tùy chọn")]
    port: Option<u16>,
    /// Không tự mở trình duyệt
    #[arg(long, help_heading = "Tùy chọn")]
    no_open: bool,
    /// Địa chỉ mà mọi người mở trang, khi có máy chủ trung gian với TLS đứng trước: https://… (mặc định http://localhost:CỔNG);
    /// khóa truy cập gắn với tên này
    #[arg(long, value_name = "ĐỊA CHỈ", help_heading = "Tùy chọn")]
    public_url: Option<String>,
    /// Số phút không gõ phím, không dùng chuột thì trang tự khóa (mặc định 30)
    #[arg(long, value_name = "SỐ", help_heading = "Tùy chọn", value_parser = clap::value_parser!(u32).range(1..=1440))]
    lock_after: Option<u32>,
    #[command(flatten)]
    openid: OpenIdArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Serves the library until told to stop.
///
/// # Errors
///
/// The library can't be opened, or the port is taken.
pub(crate) fn serve(args: &ServeArgs, language: Language) -> anyhow::Result<Done> {
    let listener = listen(args.port.unwrap_or(PORT), language)?;
    let store = Arc::new(args.library.open()?);
    if let Some(code) = people::first_code(&store, Timestamp::now()).map_err(refused(language))? {
        let words = pick(
            language,
            "chưa có tài khoản nào; mở trang và tạo tài khoản quản trị bằng mã dùng một lần",
            "there is no account yet; open the page and make the administrator's with the one-time code",
        );
        tell(&format!("{words}: {code}"));
    }
    answer(args, language, listener, &args.library.folder()?, (store, Vec::new()))
}

/// Serves the sample province until told to stop, from a folder that is then removed, unless one is named.
///
/// # Errors
///
/// The folder can't be made, or a port that was named is taken.
pub(crate) fn demo(args: &ServeArgs, language: Language) -> anyhow::Result<Done> {
    // Nobody minds where a demonstration is; a port that was asked for is another matter.
    let listener = match args.port {
        Some(port) => listen(port, language)?,
        None => listen(PORT, language).or_else(|_| listen(0, language))?,
    };
    let temporary;
    let folder = match args.library.named() {
        Some(folder) => folder,
        None => {
            temporary = tempfile::Builder::new().prefix("dondoc-demo-").tempdir()?;
            temporary.path()
        }
    };
    let store = Arc::new(library::open(folder)?);
    sample::put_into(&store, language)?;
    sample::figures::put_into(&store, language)?;
    sample::registers::put_into(&store, language)?;
    sample::map::put_into(&store)?;
    sample::standing::put_into(&store, language)?;
    sample::reporting::put_into(&store)?;
    sample::tasks::put_into(&store)?;
    let practice = sample::people::put_into(&store, language)?;
    answer(args, language, listener, folder, (store, practice))
}

/// A refusal in words.
fn refused(language: Language) -> impl Fn(ApiError) -> anyhow::Error {
    move |error| anyhow::anyhow!(error.say(language))
}

/// Only this machine can reach it; for others a proxy with TLS stands before it.
fn listen(port: u16, language: Language) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| match language {
        Language::Vietnamese => {
            format!("không mở được cổng {port}; dùng --port SỐ để chọn cổng khác")
        }
        Language::English => {
            format!("cannot listen on port {port}; choose another with --port NUMBER")
        }
    })
}

fn answer(
    args: &ServeArgs,
    language: Language,
    listener: TcpListener,
    folder: &Path,
    (store, practice): (Arc<Store>, Vec<Persona>),
) -> anyhow::Result<Done> {
    let port = listener.local_addr()?.port();
    // By name: browsers have no passkeys for a number, and a provider of identities sends back to the name.
    let address = format!("http://localhost:{port}/");
    let public = match args.public_url.as_deref() {
        Some(text) => {
            Some(PublicAddress::parse(text).map_err(|it| anyhow::anyhow!(it.say(language)))?)
        }
        None => PublicAddress::on_this_machine(port),
    };
    let openid = args.openid.provider(public.as_ref(), language)?;
    let read = Arc::new(|bytes: Vec<u8>, name: String| isolate::read(&name, &bytes));
    let snapshot = folder.join(SNAPSHOT_NAME);
    let today = dondoc_server::today(Timestamp::now());
    let (ledger, _) = Ledger::open_from(store, today, &snapshot)?;
    let app = App::new(Arc::new(ledger), read, Timestamp::now).with_practice(practice);
    let site = Site::new(folder.to_owned(), come_along());
    let app = app.with_snapshot(snapshot).with_site(site).with_sheets(Arc::new(isolate::sheets));
    let app = match args.lock_after {
        Some(minutes) => app.locking_after(minutes * 60),
        None => app,
    };
    let app = match public {
        Some(public) => app.at_address(public),
        None => app,
    };
    let app = match openid {
        Some(openid) => app.with_openid(openid),
        None => app,
    };
    // The listener already holds connections, so whoever reads this line can call at once.
    writeln!(io::stdout(), "{address}")?;
    io::stdout().flush()?;
    let words = pick(language, "kho văn bản", "library");
    let stop = pick(language, "dừng: Ctrl-C", "stop: Ctrl-C");
    tell(&format!("{words}: {} · {stop}", folder.display()));
    if !args.no_open {
        open_browser(address);
    }
    dondoc_server::run(listener, app)?;
    tell(pick(language, "đã dừng", "stopped"));
    Ok(Done::All)
}

/// Opens the page where there is a desktop; the address is printed anyway, so failing is no matter.
fn open_browser(address: String) {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    if !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") {
        return;
    }
    thread::spawn(move || {
        let mut opener = Command::new("xdg-open");
        opener.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let _ = opener.status();
    });
}
