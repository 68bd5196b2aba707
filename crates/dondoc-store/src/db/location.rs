//! Where a store is.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use postgres::config::Host;

use crate::db::{
    engine::{Access, Engine},
    error::BoxError,
    postgresql::Postgres,
    sqlite::{self, Sqlite},
};

/// Where a store is: in a file (SQLite), or on a server (PostgreSQL).
///
/// # Example
///
/// ```
/// use dondoc_store::Location;
///
/// let server = Location::from("postgres://lan:secret@db.example/dondoc");
/// assert_eq!(server.to_string(), "postgres://lan@db.example/dondoc");
/// assert!(matches!(Location::from("/srv/dondoc.sqlite"), Location::File(_)));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A file; made where there is none.
    File(PathBuf),
    /// The address of a database on a server, `postgres://user@host/database`; the database must be there.
    Server(String),
}

impl Location {
    pub(crate) fn connect(&self, access: Access) -> Result<Box<dyn Engine>, BoxError> {
        Ok(match self {
            Self::File(path) => Box::new(Sqlite::open(path, access)?),
            Self::Server(address) => Box::new(Postgres::open(address)?),
        })
    }

    /// The engine, as it is named where people read: `sqlite`, `postgresql`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self {
            Self::File(_) => "sqlite",
            Self::Server(_) => "postgresql",
        }
    }

    /// Brings a file that nobody has open into its one file, without the log beside it.
    pub(crate) fn settle(&self) -> Result<(), BoxError> {
        if self.is_free()? { Ok(()) } else { Err("somebody has it open".into()) }
    }

    /// Whether no process has a file open; then it is brought into its one file. One on a server is never free.
    pub(crate) fn is_free(&self) -> Result<bool, BoxError> {
        match self {
            Self::File(path) => Ok(sqlite::is_free(path)?),
            Self::Server(_) => Ok(false),
        }
    }
}

impl From<&str> for Location {
    /// Text that begins as an address of PostgreSQL does is one; all else is a path.
    fn from(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Server(text.to_owned())
        } else {
            Self::File(PathBuf::from(text))
        }
    }
}

impl From<&Path> for Location {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&PathBuf> for Location {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&Self> for Location {
    fn from(it: &Self) -> Self {
        it.clone()
    }
}

/// As people may see it: without the password.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = match self {
            Self::File(path) => return path.display().fmt(f),
            Self::Server(address) => address,
        };
        let Ok(config) = postgres::Config::from_str(address) else {
            return f.write_str("postgres://…");
        };
        let host = match config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            Some(Host::Unix(path)) => path.display().to_string(),
            None => String::new(),
        };
        let user = config.get_user().map(|it| format!("{it}@")).unwrap_or_default();
        write!(f, "postgres://{user}{host}/{}", config.get_dbname().unwrap_or_default())
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
