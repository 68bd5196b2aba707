//! What a cell says.

use dondoc_core::{figure::Content, finding::Fault};

use crate::{
    grid::{Cell, Holds},
    number::{self, Entered, Field, Typed},
    workbook::layout::Line,
};

/// A cell that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// What was typed.
    pub(super) typed: Typed,
}

/// Reads a cell that is typed in.
pub(super) fn entry(cell: &Cell, line: &Line<'_>) -> Result<Entry, Fault> {
    if cell.formula {
        return Err(Fault::Formula);
    }
    let decimals = line.decimals();
    // The parts of a share count things; the per cent sign belongs to the share.
    let is_ratio = line.indicator.is_some_and(|it| it.ratio.is_some());
    let field = Field { decimals, measure: if is_ratio { "" } else { line.measure } };
    let typed = match &cell.holds {
        Holds::Number(number) => {
            let entered = Entered::Number(cell.number(*number, field)?);
            Typed { entered, qualifier: None, status: None }
        }
        Holds::Text(text) => number::read(text, field)?,
        Holds::Other(text) => return Err(Fault::NotANumber { text: text.clone() }),
    };
    Ok(Entry { typed })
}

/// What stands in a cell, as a form takes it: a number in the one way that it can be read; what is none, as it is shown.
pub(super) fn text(
    read: &Result<Entry, Fault>,
    line: &Line<'_>,
    shown: impl FnOnce() -> String,
) -> String {
    let Ok(Entry { typed }) = read else { return shown() };
    let number = match typed.entered {
        Entered::Number(value) => number::write(value, line.decimals()),
        Entered::Nil => return "-".to_owned(),
        Entered::NoFigure => return "KCSL".to_owned(),
        Entered::Blank => return String::new(),
    };
    number::write_words(&number, typed.qualifier.unwrap_or_default(), typed.status)
}

/// The content of one cell, or of the two of a share; `None` if a part is missing.
pub(super) fn content(one: Option<Entry>, two: Option<Entry>, is_ratio: bool) -> Option<Content> {
    let one = one.map_or(Entered::Blank, |it| it.typed.entered);
    let two = two.map_or(Entered::Blank, |it| it.typed.entered);
    match (one, two) {
        (Entered::Number(value), _) if !is_ratio => Some(Content::Value(value)),
        (Entered::Number(numerator), Entered::Number(denominator)) => {
            Some(Content::Ratio { numerator, denominator })
        }
        // Of so many, none.
        (Entered::Nil, Entered::Number(denominator)) => {
            Some(Content::Ratio { numerator: 0, denominator })
        }
        (Entered::Nil, Entered::Nil | Entered::Blank) | (Entered::Blank, Entered::Nil) => {
            Some(Content::Nil)
        }
        (Entered::NoFigure, Entered::NoFigure | Entered::Blank)
        | (Entered::Blank, Entered::NoFigure) => Some(Content::NoFigure),
        _ => None,
    }
}

/// Whether a cell holds a number, or a text that is one in some reading.
pub(super) fn looks_like_a_number(cell: &Cell) -> bool {
    match &cell.holds {
        Holds::Number(_) => true,
        Holds::Text(text) => match number::read(text, Field { decimals: 4, measure: "%" }) {
            Ok(typed) => matches!(typed.entered, Entered::Number(_)),
            Err(fault) => !matches!(fault, Fault::NotANumber { .. }),
        },
        Holds::Other(_) => false,
    }
}

/// Whether a cell holds digits, be they a number or not.
pub(super) fn has_digits(cell: &Cell) -> bool {
    match &cell.holds {
        Holds::Number(_) | Holds::Other(_) => true,
        Holds::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(measure: &str) -> Line<'_> {
        Line {
            key: String::new(),
            number: "1",
            title: String::new(),
            measure,
            indicator: None,
            total: false,
            slots: Vec::new(),
        }
    }

    #[test]
    fn a_number_shown_as_per_cent_is_taken_as_it_is_shown() {
        let cell = Cell { holds: Holds::Number(0.94), formula: false, per_cent: true };
        assert_eq!(entry(&cell, &line("%")).unwrap().typed.entered, Entered::Number(94));
        assert_eq!(
            entry(&cell, &line("lớp")).unwrap_err(),
            Fault::NotANumber { text: "94%".into() }
        );
        let plain = Cell { per_cent: false, ..cell };
        assert!(matches!(entry(&plain, &line("%")), Err(Fault::TooManyDecimals { .. })));
    }
}
