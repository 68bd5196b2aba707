//! The library on this machine: where it is, and opening it.

use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use dondoc_core::problem::Language;
use dondoc_store::{By, Location, Store};
use jiff::Timestamp;

/// The environment variable that names the folder of the library.
const FOLDER_VARIABLE: &str = "DONDOC_DATA";

/// The name of the database in that folder.
pub(crate) const DATABASE_NAME: &str = "dondoc.sqlite";

/// Where the library is.
#[derive(Debug, clap::Args)]
pub(crate) struct LibraryArgs {
    /// Thư mục của kho văn bản (mặc định: $DONDOC_DATA, nếu không có thì ~/.local/share/dondoc)
    #[arg(long, value_name = "THƯ MỤC", help_heading = "Tùy chọn")]
    data: Option<PathBuf>,
    /// Kho dữ liệu ở nơi khác: một tệp, hoặc máy chủ postgres://người-dùng@máy/cơ-sở-dữ-liệu
    #[arg(long, value_name = "NƠI", conflicts_with = "data", help_heading = "Tùy chọn")]
    store: Option<String>,
}

impl LibraryArgs {
    /// The folder that was named, if one was.
    pub(crate) fn named(&self) -> Option<&Path> {
        self.data.as_deref()
    }

    /// The folder: the one named, else that of the environment, else the user's own for such things.
    ///
    /// # Errors
    ///
    /// Nobody says where: no option, no variable and no home.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        let variable =
            |name: &str| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        if let Some(folder) = self.data.clone().or_else(|| variable(FOLDER_VARIABLE)) {
            return Ok(folder);
        }
        // XDG Base Directory Specification: relative paths there are to be ignored.
        if let Some(shared) = variable("XDG_DATA_HOME").filter(|it| it.is_absolute()) {
            return Ok(shared.join("dondoc"));
        }
        match variable("HOME") {
            Some(home) => Ok(home.join(".local/share/dondoc")),
            None => bail!("không rõ thư mục của kho văn bản; dùng --data THƯ MỤC"),
        }
    }

    /// Whether there is a library already; of one on a server it is taken for granted.
    ///
    /// # Errors
    ///
    /// Nobody says where.
    pub(crate) fn is_there(&self) -> anyhow::Result<bool> {
        Ok(match &self.store {
            Some(place) => place.contains("://") || Path::new(place).exists(),
            None => self.folder()?.join(DATABASE_NAME).exists(),
        })
    }

    /// Where the store is.
    ///
    /// # Errors
    ///
    /// Nobody says where.
    pub(crate) fn location(&self) -> anyhow::Result<Location> {
        Ok(match &self.store {
            Some(place) => Location::from(place.as_str()),
            None => Location::from(&self.folder()?.join(DATABASE_NAME)),
        })
    }

    /// Opens the library that is there: what checks one, or takes from one, must not make an empty one and call that whole.
    ///
    /// # Errors
    ///
    /// There is none, or the database can't be opened.
    pub(crate) fn open_existing(&self, language: Language) -> anyhow::Result<Store> {
        if self.is_there()? {
            return self.open();
        }
        let place = self.location()?;
        bail!(match language {
            Language::Vietnamese => format!(
                "chưa có kho dữ liệu ở {place}\n  cách xử lý: kiểm tra lại --data, --store hoặc biến {FOLDER_VARIABLE}"
            ),
            Language::English => format!(
                "there is no store at {place}\n  remedy: check --data, --store or the variable {FOLDER_VARIABLE}"
            ),
        })
    }

    /// Opens the library, and makes it where there is none.
    ///
    /// # Errors
    ///
    /// The folder can't be made, or the database can't be opened.
    pub(crate) fn open(&self) -> anyhow::Result<Store> {
        match &self.store {
            Some(place) => {
                let location = Location::from(place.as_str());
                let shown = location.to_string();
                Store::open(location, Timestamp::now())
                    .with_context(|| format!("không mở được kho dữ liệu {shown}"))
            }
            None => open(&self.folder()?),
        }
    }
}

/// Opens the library in `folder`, and makes it where there is none, for its owner's eyes only.
///
/// # Errors
///
/// The folder can't be made, or the database can't be opened.
pub(crate) fn open(folder: &Path) -> anyhow::Result<Store> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    let database = folder.join(DATABASE_NAME);
    Store::open(&database, Timestamp::now())
        .with_context(|| format!("không mở được kho văn bản {}", database.display()))
}

/// This user, now.
pub(crate) fn by_this_user() -> By {
    let actor = std::env::var("USER").ok().filter(|it| !it.is_empty());
    By { actor: actor.unwrap_or_else(|| "dondoc".to_owned()), at: Timestamp::now() }
}
