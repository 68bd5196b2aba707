//! Figures on their way into bytes.

use std::borrow::Borrow;

use dondoc_core::figure::{Content, Figure, Qualifier, Source, Status};

use super::{
    MAX_FIGURES, MAX_TEXT_BYTES, VERSION, WireError,
    table::{Kind, N_KINDS, Pointer, Words},
};

/// Writes figures down, in their order; the same figures always as the same bytes.
///
/// # Errors
///
/// [`WireError`] if there are more figures or words than a block takes.
pub fn encode<F: Borrow<Figure>>(figures: &[F]) -> Result<Vec<u8>, WireError> {
    if figures.len() > MAX_FIGURES {
        return Err(WireError::TooManyFigures { n_figures: figures.len() });
    }
    let mut writer = Writer::default();
    writer.out.reserve(figures.len() * 8);
    for figure in figures {
        writer.put_figure(figure.borrow());
    }
    if writer.words.iter().map(Words::n_bytes).sum::<usize>() > MAX_TEXT_BYTES {
        return Err(WireError::TooMuchText);
    }
    let records = writer.out;
    let mut out = Vec::with_capacity(records.len() + 2048);
    out.push(VERSION);
    put(&mut out, figures.len() as u64);
    for words in &writer.words {
        words.write(&mut out);
    }
    out.extend_from_slice(&records);
    Ok(out)
}

/// Writes a whole number.
pub(super) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a whole number with a sign; small ones of either sign are short.
fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, ((number << 1) ^ (number >> 63)) as u64);
}

#[derive(Default)]
struct Writer<'a> {
    words: [Words<'a>; N_KINDS],
    out: Vec<u8>,
    before: Before,
}

/// What the figure before had; records say what is different.
#[derive(Default)]
struct Before {
    indicator: Option<u32>,
    /// `None` before the first option, and after a figure without one.
    option: Option<u32>,
    /// Of a form, register or file.
    name: Option<u32>,
    row: Option<u32>,
    column: Option<u32>,
    reason: Option<u32>,
    document_id: i64,
    place: u32,
    import_row: u32,
    import_column: u32,
}

impl<'a> Writer<'a> {
    fn put_figure(&mut self, figure: &'a Figure) {
        let Figure { series, content, qualifier, status, source, reason } = figure;
        let kind = match content {
            Content::Value(_) => 0,
            Content::Ratio { .. } => 1,
            Content::Nil => 2,
            Content::NoFigure => 3,
        };
        let estimate = u8::from(*status == Status::Estimate) << 2;
        let qualifier = qualifier_code(*qualifier) << 3;
        self.out.push(kind | estimate | qualifier | u8::from(reason.is_some()) << 6);
        let at = self.out.len();
        self.out.push(0);
        let indicator = self.words[Kind::Indicator as usize]
            .point(&series.indicator, &mut self.before.indicator);
        let indicator = self.put_pointer(indicator);
        let option = self.put_option(series.option.as_deref());
        match content {
            Content::Value(it) => put_signed(&mut self.out, *it),
            Content::Ratio { numerator, denominator } => {
                put_signed(&mut self.out, *numerator);
                put_signed(&mut self.out, *denominator);
            }
            Content::Nil | Content::NoFigure => {}
        }
        let source = self.put_source(source);
        self.out[at] = source | indicator << 3 | option << 5;
        if let Some(reason) = reason {
            let pointer = self.words[Kind::Other as usize].point(reason, &mut self.before.reason);
            self.put_whole_pointer(pointer);
        }
    }

    /// 0: the same (or again none), 1: new, 2: by place, 3: none.
    fn put_option(&mut self, option: Option<&'a str>) -> u8 {
        match option {
            None if self.before.option.is_none() => 0,
            None => {
                self.before.option = None;
                3
            }
            Some(option) => {
                let words = &mut self.words[Kind::Option as usize];
                let pointer = words.point(option, &mut self.before.option);
                self.put_pointer(pointer)
            }
        }
    }

    /// The source's code in three bits; bit 7 says that a form's cell is not (same form, new row, same column).
    fn put_source(&mut self, source: &'a Source) -> u8 {
        match source {
            Source::Form { form, row, column } => self.put_cell(form, row, column),
            Source::Register { register, entries } => {
                self.put_name(register);
                put(&mut self.out, entries.len() as u64);
                let mut before = 0_i64;
                for entry in entries {
                    put_signed(&mut self.out, entry.wrapping_sub(before));
                    before = *entry;
                }
                1
            }
            Source::Document { document_id, start, end } => {
                put_signed(&mut self.out, document_id.wrapping_sub(self.before.document_id));
                self.put_step(*start, self.before.place);
                self.put_step(*end, *start);
                self.before.document_id = *document_id;
                self.before.place = *end;
                2
            }
            Source::Import { file, row, column } => {
                self.put_name(file);
                self.put_step(*row, self.before.import_row);
                self.put_step(*column, self.before.import_column);
                self.before.import_row = *row;
                self.before.import_column = *column;
                3
            }
            Source::Derived => 4,
        }
    }

    fn put_cell(&mut self, form: &'a str, row: &'a str, column: &'a str) -> u8 {
        let others = &mut self.words[Kind::Other as usize];
        let form = others.point(form, &mut self.before.name);
        let column = others.point(column, &mut self.before.column);
        let row = self.words[Kind::Row as usize].point(row, &mut self.before.row);
        if (form, row, column) == (Pointer::Same, Pointer::New, Pointer::Same) {
            return 0;
        }
        for pointer in [form, row, column] {
            self.put_whole_pointer(pointer);
        }
        0x80
    }

    fn put_name(&mut self, name: &'a str) {
        let pointer = self.words[Kind::Other as usize].point(name, &mut self.before.name);
        self.put_whole_pointer(pointer);
    }

    fn put_step(&mut self, to: u32, from: u32) {
        put_signed(&mut self.out, i64::from(to) - i64::from(from));
    }

    /// A pointer whose kind stands elsewhere, in two bits.
    fn put_pointer(&mut self, pointer: Pointer) -> u8 {
        match pointer {
            Pointer::Same => 0,
            Pointer::New => 1,
            Pointer::At(place) => {
                put(&mut self.out, place.into());
                2
            }
        }
    }

    /// A pointer with its kind, in one number.
    fn put_whole_pointer(&mut self, pointer: Pointer) {
        put(
            &mut self.out,
            match pointer {
                Pointer::Same => 0,
                Pointer::New => 1,
                Pointer::At(place) => u64::from(place) + 2,
            },
        );
    }
}

fn qualifier_code(qualifier: Qualifier) -> u8 {
    match qualifier {
        Qualifier::Exact => 0,
        Qualifier::About => 1,
        Qualifier::AtLeast => 2,
        Qualifier::AtMost => 3,
        Qualifier::Vague => 4,
    }
}
