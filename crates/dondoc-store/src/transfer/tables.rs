//! Which tables there are, and what they look like.

use crate::{
    db::{Dialect, Kind, StoreError, Tx},
    sql::sql,
};

/// All tables that are copied, each behind those that it references. A test compares this with the schema.
pub(super) const TABLES: &[&str] = &[
    "counter",
    "audit",
    "idempotency",
    "file",
    "document",
    "finding",
    "citation",
    "document_key",
    "citation_key",
    "abbreviation",
    "likeness",
    "likeness_key",
    "near_duplicate",
    "unit_source",
    "unit_change",
    "block",
    "block_count",
    "submission",
    "submission_step",
    "submission_note",
    "period_lock",
    "correction",
    "entry",
    "entry_version",
    "entry_file",
    "target",
    "pack",
    "clearance",
    "task",
    "task_unit",
    "task_step",
    "evidence",
    "letter",
    "reminder",
    "notice",
    "notice_read",
    "account",
    "account_grant",
    "session",
    "api_token",
    "invitation",
    "passkey",
    "openid_link",
    "setting",
    "backup",
    "map",
    "checkpoint",
    "countersign",
];

/// The tables that the target makes for itself, by how their names begin: its schema's history, its search index.
const OWN: &[&str] = &["schema_migration", "document_words"];

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// From 1; 0 if it is not in the primary key.
    key_place: i64,
}

/// A table with its columns in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: Vec<Column>,
}

/// The tables of a store that are copied but not in [`TABLES`], or the other way round.
pub(super) fn unlisted(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => sql!("transfer/tables.sqlite"),
        Dialect::Postgres => sql!("transfer/tables.postgres"),
    };
    let mut there = tx.query(sql, &[], |row| row.text(0))?;
    there.retain(|name| !OWN.iter().any(|it| name.starts_with(it)));
    let missing = TABLES.iter().filter(|it| !there.iter().any(|name| name == *it));
    let missing: Vec<String> = missing.map(|it| (*it).to_owned()).collect();
    there.retain(|name| !TABLES.contains(&name.as_str()));
    there.extend(missing);
    Ok(there)
}

impl Table {
    /// # Errors
    ///
    /// [`StoreError`] also if it has no primary key, or a column of a type that the store does not keep.
    pub(super) fn of(tx: &mut Tx<'_>, name: &'static str) -> Result<Self, StoreError> {
        let sql = match tx.dialect() {
            Dialect::Sqlite => sql!("transfer/columns.sqlite"),
            Dialect::Postgres => sql!("transfer/columns.postgres"),
        };
        let columns = tx.query(sql, &[&name], |row| {
            let kind = match row.text(1)?.to_lowercase().as_str() {
                "bigint" => Kind::Int,
                "text" => Kind::Text,
                "bytea" => Kind::Bytes,
                other => return Err(format!("a column of `{name}` has type `{other}`").into()),
            };
            Ok(Column { name: row.text(0)?, kind, key_place: row.int(2)? })
        })?;
        if columns.iter().all(|it| it.key_place == 0) {
            return Err(StoreError::at(sql.name)(format!("`{name}` has no primary key")));
        }
        Ok(Self { name, columns })
    }

    /// All rows in the order of the primary key.
    pub(super) fn select(&self) -> String {
        let mut key: Vec<&Column> = self.columns.iter().filter(|it| it.key_place > 0).collect();
        key.sort_by_key(|it| it.key_place);
        let names = |them: &[&Column]| -> String {
            them.iter().map(|it| quoted(&it.name)).collect::<Vec<_>>().join(", ")
        };
        let all: Vec<&Column> = self.columns.iter().collect();
        format!("select {} from {} order by {}", names(&all), quoted(self.name), names(&key))
    }

    pub(super) fn insert(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|it| quoted(&it.name)).collect();
        let places: Vec<String> = (1..=names.len()).map(|it| format!("${it}")).collect();
        let (names, places) = (names.join(", "), places.join(", "));
        format!("insert into {} ({names}) values ({places})", quoted(self.name))
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
