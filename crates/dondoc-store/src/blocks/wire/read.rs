//! Bytes on their way back into figures; nothing in them is believed.

use dondoc_core::figure::{Content, Qualifier, Status};

use super::{
    Body, MAX_FIGURES, Record, SourceRecord, Symbol, VERSION, WireError,
    table::{Kind, Pointer, Tables},
};

pub(super) fn decode(bytes: &[u8]) -> Result<Body, WireError> {
    let mut input = Input { bytes, at: 0 };
    let version = input.byte()?;
    if version != VERSION {
        return Err(WireError::Version(version));
    }
    // A record has two bytes at least.
    let n_figures = input.count(2)?;
    if n_figures > MAX_FIGURES {
        return Err(WireError::TooManyFigures { n_figures });
    }
    let tables = Tables::read(&mut input)?;
    let mut reader = Reader { input, tables, entries: Vec::new(), before: Before::default() };
    let mut records = Vec::with_capacity(n_figures);
    for _ in 0..n_figures {
        records.push(reader.record()?);
    }
    let Reader { input, tables, entries, .. } = reader;
    if input.at != bytes.len() {
        return Err(input.broken("more than its figures"));
    }
    Ok(Body { text: tables.text, ends: tables.ends, entries, records })
}

/// The bytes, and how far they are read.
pub(super) struct Input<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Input<'b> {
    pub(super) fn broken(&self, what: &'static str) -> WireError {
        WireError::Broken { what, at: self.at }
    }

    pub(super) fn byte(&mut self) -> Result<u8, WireError> {
        let byte = self.bytes.get(self.at).ok_or_else(|| self.broken("an end too early"))?;
        self.at += 1;
        Ok(*byte)
    }

    pub(super) fn bytes(&mut self, n: usize) -> Result<&'b [u8], WireError> {
        let end = self.at.checked_add(n).filter(|it| *it <= self.bytes.len());
        let end = end.ok_or_else(|| self.broken("an end too early"))?;
        let bytes = &self.bytes[self.at..end];
        self.at = end;
        Ok(bytes)
    }

    pub(super) fn number(&mut self) -> Result<u64, WireError> {
        let byte = self.byte()?;
        if byte < 0x80 {
            return Ok(byte.into());
        }
        let mut number = u64::from(byte & 0x7f);
        for shift in (7..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                break;
            }
            number |= part << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(self.broken("a number too large"))
    }

    fn signed(&mut self) -> Result<i64, WireError> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// How many things of at least `n_bytes` follow: never more than there are bytes for.
    pub(super) fn count(&mut self, n_bytes: usize) -> Result<usize, WireError> {
        let count = self.number()?;
        let most = (self.bytes.len() - self.at) / n_bytes;
        match usize::try_from(count) {
            Ok(count) if count <= most => Ok(count),
            _ => Err(self.broken("a count larger than what follows")),
        }
    }

    /// A length whose first 15 stand in `nibble`.
    pub(super) fn length(&mut self, nibble: u8) -> Result<usize, WireError> {
        if nibble < 15 {
            return Ok(nibble.into());
        }
        let rest = usize::try_from(self.number()?).ok().and_then(|it| it.checked_add(15));
        rest.filter(|it| *it <= super::MAX_TEXT_BYTES).ok_or(WireError::TooMuchText)
    }

    /// A number that is `from` and some more or less.
    fn step(&mut self, from: u32) -> Result<u32, WireError> {
        let to = self.signed()?.checked_add(from.into()).and_then(|it| u32::try_from(it).ok());
        to.ok_or_else(|| self.broken("a place out of bounds"))
    }

    fn whole_pointer(&mut self) -> Result<Pointer, WireError> {
        Ok(match self.number()? {
            0 => Pointer::Same,
            1 => Pointer::New,
            it => Pointer::At(u32::try_from(it - 2).map_err(|_| self.broken("no such word"))?),
        })
    }

    fn pointer(&mut self, code: u8) -> Result<Pointer, WireError> {
        Ok(match code {
            0 => Pointer::Same,
            1 => Pointer::New,
            _ => {
                let place = u32::try_from(self.number()?);
                Pointer::At(place.map_err(|_| self.broken("no such word"))?)
            }
        })
    }
}

struct Reader<'b> {
    input: Input<'b>,
    tables: Tables,
    entries: Vec<i64>,
    before: Before,
}

/// What the figure before had, as in the writer.
#[derive(Default)]
struct Before {
    indicator: Option<Symbol>,
    option: Option<Symbol>,
    name: Option<Symbol>,
    row: Option<Symbol>,
    column: Option<Symbol>,
    reason: Option<Symbol>,
    document_id: i64,
    place: u32,
    import_row: u32,
    import_column: u32,
}

impl Reader<'_> {
    fn record(&mut self) -> Result<Record, WireError> {
        let head = self.input.byte()?;
        let kinds = self.input.byte()?;
        let qualifier = qualifier(head >> 3 & 7).ok_or_else(|| self.input.broken("qualifier"))?;
        if head & 0x80 != 0 {
            return Err(self.input.broken("an unknown flag"));
        }
        let status = if head & 4 == 0 { Status::Final } else { Status::Estimate };
        let pointer = self.indicator_pointer(kinds >> 3 & 3)?;
        let indicator = self.tables.follow(Kind::Indicator, pointer, &mut self.before.indicator);
        let indicator = indicator.ok_or_else(|| self.input.broken("no such indicator"))?;
        let option = self.option(kinds >> 5 & 3)?;
        let content = match head & 3 {
            0 => Content::Value(self.input.signed()?),
            1 => Content::Ratio {
                numerator: self.input.signed()?,
                denominator: self.input.signed()?,
            },
            2 => Content::Nil,
            _ => Content::NoFigure,
        };
        let source = self.source(kinds & 7, kinds & 0x80 != 0)?;
        let reason = if head & 0x40 == 0 {
            None
        } else {
            let pointer = self.input.whole_pointer()?;
            let reason = self.tables.follow(Kind::Other, pointer, &mut self.before.reason);
            Some(reason.ok_or_else(|| self.input.broken("no such reason"))?)
        };
        Ok(Record { indicator, option, content, qualifier, status, source, reason })
    }

    fn indicator_pointer(&mut self, code: u8) -> Result<Pointer, WireError> {
        if code == 3 { Err(self.input.broken("no such word")) } else { self.input.pointer(code) }
    }

    fn option(&mut self, code: u8) -> Result<Option<Symbol>, WireError> {
        match code {
            0 => {}
            3 => self.before.option = None,
            code => {
                let pointer = self.input.pointer(code)?;
                let option = self.tables.follow(Kind::Option, pointer, &mut self.before.option);
                option.ok_or_else(|| self.input.broken("no such option"))?;
            }
        }
        Ok(self.before.option)
    }

    fn source(&mut self, code: u8, is_odd_cell: bool) -> Result<SourceRecord, WireError> {
        if is_odd_cell && code != 0 {
            return Err(self.input.broken("an unknown flag"));
        }
        Ok(match code {
            0 => self.cell(is_odd_cell)?,
            1 => {
                let register = self.name()?;
                let start = self.entries.len();
                let n_entries = self.input.count(1)?;
                let mut before = 0_i64;
                for _ in 0..n_entries {
                    before = before.wrapping_add(self.input.signed()?);
                    self.entries.push(before);
                }
                SourceRecord::Register {
                    register,
                    entries: start as u32..self.entries.len() as u32,
                }
            }
            2 => {
                let document_id = self.before.document_id.wrapping_add(self.input.signed()?);
                let start = self.input.step(self.before.place)?;
                let end = self.input.step(start)?;
                (self.before.document_id, self.before.place) = (document_id, end);
                SourceRecord::Document { document_id, start, end }
            }
            3 => {
                let file = self.name()?;
                let row = self.input.step(self.before.import_row)?;
                let column = self.input.step(self.before.import_column)?;
                (self.before.import_row, self.before.import_column) = (row, column);
                SourceRecord::Import { file, row, column }
            }
            4 => SourceRecord::Derived,
            _ => return Err(self.input.broken("no such source")),
        })
    }

    fn cell(&mut self, is_odd: bool) -> Result<SourceRecord, WireError> {
        let [form, row, column] = if is_odd {
            let mut next = || self.input.whole_pointer();
            [next()?, next()?, next()?]
        } else {
            [Pointer::Same, Pointer::New, Pointer::Same]
        };
        let form = self.tables.follow(Kind::Other, form, &mut self.before.name);
        let column = self.tables.follow(Kind::Other, column, &mut self.before.column);
        let row = self.tables.follow(Kind::Row, row, &mut self.before.row);
        match (form, row, column) {
            (Some(form), Some(row), Some(column)) => Ok(SourceRecord::Form { form, row, column }),
            _ => Err(self.input.broken("no such cell")),
        }
    }

    fn name(&mut self) -> Result<Symbol, WireError> {
        let pointer = self.input.whole_pointer()?;
        let name = self.tables.follow(Kind::Other, pointer, &mut self.before.name);
        name.ok_or_else(|| self.input.broken("no such name"))
    }
}

fn qualifier(code: u8) -> Option<Qualifier> {
    Some(match code {
        0 => Qualifier::Exact,
        1 => Qualifier::About,
        2 => Qualifier::AtLeast,
        3 => Qualifier::AtMost,
        4 => Qualifier::Vague,
        _ => return None,
    })
}
