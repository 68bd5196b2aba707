//! PostgreSQL: the store on a server.

use std::{collections::HashMap, str::FromStr, time::Duration};

use postgres::{
    Client, Config, NoTls, Statement,
    error::SqlState,
    fallible_iterator::FallibleIterator,
    types::{ToSql, Type},
};

use crate::db::{
    engine::{CommitError, Dialect, Engine, Fate, How},
    error::BoxError,
    row::Row,
    value::{Kind, Value},
};

/// A session, and what was prepared in it.
pub(super) struct Postgres {
    /// `None` only while it is dropped.
    client: Option<Client>,
    prepared: HashMap<String, Statement>,
    fate: Fate,
}

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// Every session waits for the disk at commits, and no longer than SQLite does for other writers; plans are not
/// compiled, for the statements are small.
const SETTINGS: &str = "set synchronous_commit = on; set lock_timeout = '20s'; set jit = off; \
    set client_min_messages = warning";
/// Whether text is ordered by code point.
const ORDER: &str = "select 'a' > 'B' and 'đ' > 'z' and 'aa' > 'a b'";
/// One number for all of Dondoc, by which processes keep each other from making the schema at once.
const SCHEMA_LOCK: i64 = 0x646f_6e64_6f63;

/// The server is not set up as the store needs it.
#[derive(Debug, thiserror::Error)]
enum SetupError {
    #[error(
        "the database orders text by the rules of a language; make it with \
         `create database … template template0 encoding 'UTF8' locale 'C'`"
    )]
    Order,
}

impl Postgres {
    pub(super) fn open(address: &str) -> Result<Self, BoxError> {
        let mut config = Config::from_str(address)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_application_name().is_none() {
            config.application_name("dondoc");
        }
        let mut client = config.connect(NoTls)?;
        client.batch_execute(SETTINGS)?;
        // Both engines have to give the same lists in the same order: by code point.
        let row = client.query_one(ORDER, &[])?;
        if !row.try_get::<_, bool>(0)? {
            return Err(SetupError::Order.into());
        }
        Ok(Self { client: Some(client), prepared: HashMap::new(), fate: Fate::Open })
    }

    /// Runs `work`, and learns from its failure what became of the transaction.
    fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Client, &mut HashMap<String, Statement>) -> Result<T, BoxError>,
    ) -> Result<T, BoxError> {
        let client = self.client.as_mut().ok_or("the session is closed")?;
        work(client, &mut self.prepared).inspect_err(|error| {
            let error = error.downcast_ref::<postgres::Error>();
            let fate = error.map_or(Fate::Open, fate_after);
            if client.is_closed() || fate == Fate::Lost {
                self.fate = Fate::Lost;
            } else if fate == Fate::Conflict {
                self.fate = Fate::Conflict;
            }
        })
    }
}

impl Engine for Postgres {
    fn begin(&mut self, how: How) -> Result<(), BoxError> {
        self.fate = Fate::Open;
        // The lock comes before the first look at any row: writers of all processes stand in line here, and see
        // what the one before them wrote. The level of isolation guards against programs that don't.
        self.batch(match how {
            How::Read => "begin isolation level repeatable read read only",
            How::Migrate => "begin isolation level serializable",
            How::Write => {
                "begin isolation level serializable; lock table counter in share row exclusive mode"
            }
        })
    }

    fn commit(&mut self) -> Result<(), CommitError> {
        self.batch("commit").map_err(|error| {
            let known = error.downcast_ref::<postgres::Error>().and_then(|it| it.as_db_error());
            match known.map(|it| it.code()) {
                Some(code) if is_conflict(code) => CommitError::Again,
                Some(code) if !is_end(code) => CommitError::Refused(error),
                _ => CommitError::Unknown(error),
            }
        })
    }

    fn batch(&mut self, text: &str) -> Result<(), BoxError> {
        self.with(|client, _| Ok(client.batch_execute(text)?))
    }

    fn execute(&mut self, text: &str, values: &[Value<'_>]) -> Result<usize, BoxError> {
        self.with(|client, prepared| {
            let statement = prepare(client, prepared, text, values)?;
            let params: Vec<&(dyn ToSql + Sync)> = values.iter().map(param).collect();
            Ok(usize::try_from(client.execute(&statement, &params)?)?)
        })
    }

    fn each(
        &mut self,
        text: &str,
        values: &[Value<'_>],
        see: &mut dyn FnMut(&Row<'_>) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        self.with(|client, prepared| {
            let statement = prepare(client, prepared, text, values)?;
            let mut rows = client.query_raw(&statement, values.iter().map(param))?;
            while let Some(row) = rows.next()? {
                see(&Row::Postgres(&row))?;
            }
            Ok(())
        })
    }

    fn fate(&self) -> Fate {
        self.fate
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn hold_schema(&mut self, is_held: bool) -> Result<(), BoxError> {
        let verb = if is_held { "pg_advisory_lock" } else { "pg_advisory_unlock" };
        self.batch(&format!("select {verb}({SCHEMA_LOCK})"))
    }
}

impl Drop for Postgres {
    /// A session has a runtime of its own, which must not end on a thread of another one, as a server's.
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let ended = std::thread::Builder::new().spawn(move || drop(client));
            let _ = ended.map(std::thread::JoinHandle::join);
        }
    }
}

/// The statement with the types of its values, prepared once a session.
///
/// Without types the server would guess, and can't where all it sees is `$1 is null`.
fn prepare(
    client: &mut Client,
    prepared: &mut HashMap<String, Statement>,
    text: &str,
    values: &[Value<'_>],
) -> Result<Statement, postgres::Error> {
    let types: Vec<Type> = values.iter().map(|it| type_of(it.kind())).collect();
    if let Some(statement) = prepared.get(text).filter(|it| it.params() == types) {
        return Ok(statement.clone());
    }
    let statement = client.prepare_typed(text, &types)?;
    prepared.insert(text.to_owned(), statement.clone());
    Ok(statement)
}

fn type_of(kind: Kind) -> Type {
    match kind {
        Kind::Int => Type::INT8,
        Kind::Text => Type::TEXT,
        Kind::Bytes => Type::BYTEA,
    }
}

fn param<'a>(value: &'a Value<'_>) -> &'a (dyn ToSql + Sync) {
    match value {
        Value::Null(Kind::Int) => &None::<i64>,
        Value::Null(Kind::Text) => &None::<&str>,
        Value::Null(Kind::Bytes) => &None::<&[u8]>,
        Value::Int(it) => it,
        Value::Text(it) => it,
        Value::Day(it) => it,
        Value::Bytes(it) => it,
    }
}

fn fate_after(error: &postgres::Error) -> Fate {
    match error.code() {
        Some(code) if is_conflict(code) => Fate::Conflict,
        Some(code) if is_end(code) => Fate::Lost,
        Some(_) => Fate::Open,
        None if error.is_closed() => Fate::Lost,
        // Without a code it comes from this side: the socket failed, or a value could not be read.
        None => {
            let is_socket =
                std::error::Error::source(error).is_some_and(|it| it.is::<std::io::Error>());
            if is_socket { Fate::Lost } else { Fate::Open }
        }
    }
}

/// Done once more, the transaction may succeed.
fn is_conflict(code: &SqlState) -> bool {
    [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code)
}

/// The server ends the session.
fn is_end(code: &SqlState) -> bool {
    let code = code.code();
    code.starts_with("08") || code.starts_with("57P")
}

#[cfg(test)]
mod tests;
