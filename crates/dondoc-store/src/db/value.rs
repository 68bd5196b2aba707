//! Values on their way into statements.

use jiff::civil::Date;

/// A value on its way into a statement.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    /// PostgreSQL wants to know of what type a null is.
    Null(Kind),
    Int(i64),
    Text(&'a str),
    Day(String),
    Bytes(&'a [u8]),
}

/// The types that the store keeps: `bigint`, `text`, `bytea`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
}

impl Value<'_> {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Null(kind) => *kind,
            Self::Int(_) => Kind::Int,
            Self::Text(_) | Self::Day(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
        }
    }
}

/// What can be passed to a statement.
pub(crate) trait Arg {
    /// The type of all values of this type of ours, also where there is none.
    fn kind() -> Kind
    where
        Self: Sized;

    fn to_value(&self) -> Value<'_>;
}

impl Arg for i64 {
    fn kind() -> Kind {
        Kind::Int
    }

    fn to_value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl Arg for &str {
    fn kind() -> Kind {
        Kind::Text
    }

    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Arg for String {
    fn kind() -> Kind {
        Kind::Text
    }

    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Arg for &[u8] {
    fn kind() -> Kind {
        Kind::Bytes
    }

    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl Arg for Vec<u8> {
    fn kind() -> Kind {
        Kind::Bytes
    }

    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

/// A digest: SHA-256.
impl Arg for [u8; 32] {
    fn kind() -> Kind {
        Kind::Bytes
    }

    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

/// Days are kept as text, `2024-03-14`, which orders as time does.
impl Arg for Date {
    fn kind() -> Kind {
        Kind::Text
    }

    fn to_value(&self) -> Value<'_> {
        Value::Day(self.to_string())
    }
}

impl<T: Arg> Arg for Option<T> {
    fn kind() -> Kind {
        T::kind()
    }

    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null(T::kind()), Arg::to_value)
    }
}
