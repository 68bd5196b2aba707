//! Rows on their way out of queries.

use jiff::civil::Date;
use postgres::types::{FromSql, Type};
use rusqlite::types::ValueRef;

use crate::db::{
    error::BoxError,
    value::{Kind, Value},
};

/// A row on its way out of a query; columns are read by their place.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

/// One value of a row, of whatever type the column has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Row<'_> {
    pub(crate) fn int(&self, column: usize) -> Result<i64, BoxError> {
        Ok(self.maybe_int(column)?.ok_or_else(|| format!("column {column} is null"))?)
    }

    /// A whole number of any type of the engine, also the `numeric` that PostgreSQL adds up to, and truth as 0 or 1.
    pub(crate) fn maybe_int(&self, column: usize) -> Result<Option<i64>, BoxError> {
        let row = match self {
            Self::Sqlite(row) => return Ok(row.get(column)?),
            Self::Postgres(row) => row,
        };
        Ok(match *type_of(row, column)? {
            Type::INT2 => row.try_get::<_, Option<i16>>(column)?.map(i64::from),
            Type::INT4 => row.try_get::<_, Option<i32>>(column)?.map(i64::from),
            Type::BOOL => row.try_get::<_, Option<bool>>(column)?.map(i64::from),
            Type::NUMERIC => row.try_get::<_, Option<Whole>>(column)?.map(|it| it.0),
            _ => row.try_get(column)?,
        })
    }

    /// A count or an offset.
    pub(crate) fn size(&self, column: usize) -> Result<usize, BoxError> {
        Ok(usize::try_from(self.int(column)?)?)
    }

    pub(crate) fn text(&self, column: usize) -> Result<String, BoxError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    pub(crate) fn maybe_text(&self, column: usize) -> Result<Option<String>, BoxError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    pub(crate) fn bytes(&self, column: usize) -> Result<Vec<u8>, BoxError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    pub(crate) fn maybe_bytes(&self, column: usize) -> Result<Option<Vec<u8>>, BoxError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A digest: SHA-256.
    pub(crate) fn digest(&self, column: usize) -> Result<[u8; 32], BoxError> {
        let bytes = self.bytes(column)?;
        Ok(<[u8; 32]>::try_from(bytes).map_err(|it| format!("a digest of {} bytes", it.len()))?)
    }

    pub(crate) fn maybe_day(&self, column: usize) -> Result<Option<Date>, BoxError> {
        Ok(self.maybe_text(column)?.map(|it| it.parse()).transpose()?)
    }

    /// A value of whatever type the column has.
    pub(crate) fn cell(&self, column: usize) -> Result<Cell, BoxError> {
        let row = match self {
            Self::Sqlite(row) => return cell_of_sqlite(row.get_ref(column)?),
            Self::Postgres(row) => row,
        };
        Ok(match *type_of(row, column)? {
            Type::TEXT | Type::VARCHAR => self.maybe_text(column)?.map_or(Cell::Null, Cell::Text),
            Type::BYTEA => self.maybe_bytes(column)?.map_or(Cell::Null, Cell::Bytes),
            _ => self.maybe_int(column)?.map_or(Cell::Null, Cell::Int),
        })
    }
}

impl Cell {
    /// The value for a column of a type; a null has no other.
    pub(crate) fn to_value(&self, kind: Kind) -> Value<'_> {
        match self {
            Self::Null => Value::Null(kind),
            Self::Int(it) => Value::Int(*it),
            Self::Text(it) => Value::Text(it),
            Self::Bytes(it) => Value::Bytes(it),
        }
    }
}

fn cell_of_sqlite(value: ValueRef<'_>) -> Result<Cell, BoxError> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(it) => Cell::Int(it),
        ValueRef::Text(it) => Cell::Text(std::str::from_utf8(it)?.to_owned()),
        ValueRef::Blob(it) => Cell::Bytes(it.to_owned()),
        ValueRef::Real(it) => return Err(format!("{it} is no whole number").into()),
    })
}

fn type_of(row: &postgres::Row, column: usize) -> Result<&Type, BoxError> {
    let column = row.columns().get(column).ok_or_else(|| format!("no column {column}"))?;
    Ok(column.type_())
}

/// A `numeric` that is a whole number: what PostgreSQL makes of `sum` over `bigint`.
struct Whole(i64);

impl<'a> FromSql<'a> for Whole {
    /// Four 16-bit numbers (digits, weight of the first, sign, decimals), then the digits to the base of 10,000.
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let mut words = raw.chunks_exact(2).map(|it| i16::from_be_bytes([it[0], it[1]]));
        let mut next = || words.next().ok_or("a number that ends too early");
        let (n_digits, weight, sign, _) = (next()?, next()?, next()?, next()?);
        let too_large = || BoxError::from("a number that does not fit");
        let mut value: i64 = 0;
        for place in 0..=i32::from(weight) {
            let digit = if place < i32::from(n_digits) { next()? } else { 0 };
            let digit = if sign == 0x4000 { -digit } else { digit };
            value = value.checked_mul(10_000).ok_or_else(too_large)?;
            value = value.checked_add(i64::from(digit)).ok_or_else(too_large)?;
        }
        let has_fraction = i32::from(n_digits) > i32::from(weight) + 1;
        if !matches!(sign, 0 | 0x4000) || has_fraction {
            return Err("no whole number".into());
        }
        Ok(Self(value))
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::NUMERIC
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `words` as PostgreSQL sends them.
    fn whole(words: &[i16]) -> Option<i64> {
        let raw: Vec<u8> = words.iter().flat_map(|it| it.to_be_bytes()).collect();
        Whole::from_sql(&Type::NUMERIC, &raw).ok().map(|it| it.0)
    }

    #[test]
    fn sums_are_whole_numbers_or_refused() {
        assert_eq!(whole(&[0, 0, 0, 0]), Some(0));
        assert_eq!(whole(&[2, 1, 0, 0, 12, 3456]), Some(123_456));
        assert_eq!(whole(&[1, 1, 0x4000, 0, 12]), Some(-120_000));
        // 12.5; a number beyond 64 bits; not a number.
        assert_eq!(whole(&[2, 0, 0, 1, 12, 5000]), None);
        assert_eq!(whole(&[1, 5, 0, 0, 9999]), None);
        assert_eq!(whole(&[0, 0, -0x4000, 0]), None);
        assert_eq!(whole(&[1, 0, 0, 0]), None);
    }
}
