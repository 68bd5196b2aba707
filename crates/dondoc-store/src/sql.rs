//! SQL statements, each in a file of its own.

/// A statement and the name of its file, which error messages give.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

/// The statement in `sql/<name>.sql`; without such a file it does not compile.
macro_rules! sql {
    ($name:literal) => {
        $crate::sql::Sql {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $name, ".sql")),
        }
    };
}
pub(crate) use sql;
