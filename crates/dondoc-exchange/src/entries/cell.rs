//! A cell of a table, read for the field that it stands under.

use dondoc_core::{
    entry::FieldValue,
    finding::Fault,
    fold::bare,
    pack::{Field, FieldKind},
    unit::UnitId,
};

use crate::{
    entries::{Paper, day, options},
    grid::{Cell, Holds},
    number::{self, Entered},
};

/// The most characters of a text.
const MAX_CHARS: usize = 4_000;

/// What a cell says in a field; `None` if it is blank.
pub(super) fn read(
    paper: &Paper<'_>,
    field: &Field,
    cell: &Cell,
) -> Result<Option<FieldValue>, Fault> {
    if cell.formula {
        return Err(Fault::Formula);
    }
    let wrong = || Fault::WrongKind { field: field.name.vi.clone(), wanted: field.kind };
    if field.kind == FieldKind::Number {
        return number(field, cell);
    }
    let text = match (&cell.holds, field.kind) {
        (Holds::Text(text), _) => text.trim().to_owned(),
        (Holds::Number(number), FieldKind::Day) => {
            // 05072026 typed into a cell that takes numbers loses its zero.
            let digits = number.to_string();
            if matches!(digits.len(), 7) { format!("0{digits}") } else { digits }
        }
        (Holds::Number(number), _) => number.to_string(),
        // A spreadsheet that made a day of `1/2` has lost what was typed.
        (Holds::Other(_), FieldKind::Text) => return Err(wrong()),
        (Holds::Other(text), _) => text.clone(),
    };
    if text.is_empty() {
        return Ok(None);
    }
    let parts = || text.split([';', '\n']).map(str::trim).filter(|it| !it.is_empty());
    Ok(Some(match field.kind {
        FieldKind::Text => FieldValue::Text(plain(&text).ok_or_else(wrong)?),
        FieldKind::Day => FieldValue::Day(day::read(&text, paper.today).ok_or_else(wrong)?),
        FieldKind::YesNo => FieldValue::YesNo(yes_no(&text).ok_or_else(wrong)?),
        FieldKind::Choice => FieldValue::Choice(option(paper, field, &text)?),
        FieldKind::Choices => {
            let codes =
                parts().map(|it| option(paper, field, it)).collect::<Result<Vec<_>, _>>()?;
            FieldValue::Choices(codes)
        }
        FieldKind::Unit => FieldValue::Unit(unit(paper, &text)?),
        FieldKind::Units => {
            FieldValue::Units(parts().map(|it| unit(paper, it)).collect::<Result<Vec<_>, _>>()?)
        }
        FieldKind::Document => FieldValue::Document(document(paper, &text).ok_or_else(wrong)?),
        FieldKind::Number => return Err(wrong()),
    }))
}

fn number(field: &Field, cell: &Cell) -> Result<Option<FieldValue>, Fault> {
    let measure = field.measure.as_deref().unwrap_or_default();
    let of = number::Field { decimals: field.decimals, measure };
    let typed = match &cell.holds {
        Holds::Number(number) => return Ok(Some(FieldValue::Number(cell.number(*number, of)?))),
        Holds::Text(text) => number::read(text, of)?,
        Holds::Other(text) => return Err(Fault::NotANumber { text: text.clone() }),
    };
    match typed.entered {
        Entered::Blank => Ok(None),
        // An entry says what was counted; about how many is a word for a report.
        Entered::Number(number) if typed.qualifier.is_none() && typed.status.is_none() => {
            Ok(Some(FieldValue::Number(number)))
        }
        _ => Err(Fault::WrongKind { field: field.name.vi.clone(), wanted: field.kind }),
    }
}

/// A text without control characters; `None` if it has some, or is too long.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let is_fine = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    (text.chars().all(is_fine) && text.chars().count() <= MAX_CHARS).then_some(text)
}

fn yes_no(text: &str) -> Option<bool> {
    match bare(text).as_str() {
        "co" | "x" | "yes" | "true" | "dung" | "1" => Some(true),
        "khong" | "no" | "false" | "sai" | "0" => Some(false),
        _ => None,
    }
}

/// The code of an option, by that or by its name.
fn option(paper: &Paper<'_>, field: &Field, text: &str) -> Result<String, Fault> {
    let all = options(paper.pack, field).map_or(&[][..], |it| &it.options);
    let asked = bare(text);
    let by_name = || {
        let mut named =
            all.iter().filter(|it| bare(&it.name.vi) == asked || bare(&it.name.en) == asked);
        named.next().filter(|_| named.next().is_none())
    };
    let found = all.iter().find(|it| it.code == text).or_else(by_name);
    found.map(|it| it.code.clone()).ok_or_else(|| Fault::UnknownOption { option: text.to_owned() })
}

/// The one unit that is meant by a name or a code.
pub(super) fn unit(paper: &Paper<'_>, text: &str) -> Result<UnitId, Fault> {
    match (paper.find_unit)(text).as_slice() {
        [unit] => Ok(*unit),
        _ => Err(Fault::UnknownUnit { unit: text.to_owned() }),
    }
}

/// A stored document by the number that its name begins with.
fn document(paper: &Paper<'_>, text: &str) -> Option<i64> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let id = digits.parse().ok()?;
    (paper.document)(id).map(|_| id)
}
