//! The text of documents of Word, as they look in print.
//!
//! Numbers that Word puts before paragraphs are written out, tracked changes are taken as accepted, text boxes
//! are read once, fields by their results, notes after the body; headers and footers of pages are left out.

mod body;
mod label;
mod numbering;
mod package;
mod paragraph;
mod styles;
mod xml;

use std::collections::HashMap;

use dondoc_core::problem::Problem;

use body::{Content, Context, NoteKind};
use numbering::Numbering;
use package::Package;
use styles::Styles;
use xml::{Piece, Xml};

/// The text of a document.
///
/// # Errors
///
/// [`Problem::Broken`], [`Problem::Encrypted`], [`Problem::TooManyEntries`], [`Problem::UnpacksTooLarge`].
pub(crate) fn text(bytes: &[u8]) -> Result<String, Problem> {
    let mut package = Package::open(bytes)?;
    let main = targets(&mut package, "_rels/.rels", "")?
        .remove("officeDocument")
        .unwrap_or_else(|| "word/document.xml".into());
    let Some(document) = package.part(&main)? else {
        return Err(broken(&format!("{main} is missing")));
    };
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let parts = targets(&mut package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let mut part = |kind: &str, usual: &str| match parts.get(kind) {
        Some(name) => package.part(name),
        None => package.part(&format!("{folder}/{usual}")),
    };
    let styles = part("styles", "styles.xml")?
        .map_or_else(|| Ok(Styles::default()), |xml| Styles::read(&xml))?;
    let mut numbering = part("numbering", "numbering.xml")?
        .map_or_else(|| Ok(Numbering::default()), |xml| Numbering::read(&xml))?;
    let footnotes = part("footnotes", "footnotes.xml")?;
    let endnotes = part("endnotes", "endnotes.xml")?;

    let context = Context { styles: &styles, numbering: &mut numbering };
    let mut content = body::read(&document, "document.xml", context)?;
    for (kind, part, xml) in [
        (NoteKind::Footnote, "footnotes.xml", footnotes),
        (NoteKind::Endnote, "endnotes.xml", endnotes),
    ] {
        if let Some(xml) = xml {
            let context = Context { styles: &styles, numbering: &mut numbering };
            let notes = body::read(&xml, part, context)?.notes;
            append_notes(&mut content, kind, notes);
        }
    }
    Ok(content.text)
}

/// What stands in the headers and footers of the pages.
///
/// # Errors
///
/// As [`text`].
pub(crate) fn margins(bytes: &[u8]) -> Result<String, Problem> {
    let mut package = Package::open(bytes)?;
    let mut margins = String::new();
    for kind in ["header", "footer"] {
        for number in 1..=MOST_MARGINS {
            let Some(xml) = package.part(&format!("word/{kind}{number}.xml"))? else { continue };
            let mut numbering = Numbering::default();
            let context = Context { styles: &Styles::default(), numbering: &mut numbering };
            margins.push_str(&body::read(&xml, "header", context)?.text);
            margins.push('\n');
        }
    }
    Ok(margins)
}

/// Word numbers the headers of a document from 1: three for each section, and documents have few.
const MOST_MARGINS: usize = 30;

/// Adds the notes of a kind to the end of the text, in the order in which it mentions them.
fn append_notes(content: &mut Content, kind: NoteKind, mut notes: HashMap<String, String>) {
    let mentioned = content.mentioned.iter().filter(|(other, _)| *other == kind);
    for (at, (_, id)) in mentioned.enumerate() {
        if let Some(note) = notes.remove(id) {
            content.text.push_str(&format!("\n{} {}\n", kind.mark(at + 1), note.trim()));
        }
    }
}

/// The parts that a part refers to, by the kind of relation; `folder` is where it lies.
fn targets(
    package: &mut Package<'_>,
    rels: &str,
    folder: &str,
) -> Result<HashMap<String, String>, Problem> {
    let Some(xml) = package.part(rels.trim_start_matches('/'))? else {
        return Ok(HashMap::new());
    };
    let mut targets = HashMap::new();
    let mut pieces = Xml::of(&xml, "_rels");
    while let Some(piece) = pieces.next()? {
        let Piece::Start(element) = piece else { continue };
        let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
        else {
            continue;
        };
        // What lies outside the archive is never fetched.
        if element.attribute("TargetMode").as_deref() == Some("External") {
            continue;
        }
        let name = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => target,
            None => format!("{folder}/{target}"),
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        targets.entry(kind).or_insert(name);
    }
    Ok(targets)
}

/// The document breaks the rules of its format, there.
fn broken(detail: &str) -> Problem {
    Problem::Broken { format: "DOCX".into(), detail: detail.to_owned() }
}

#[cfg(test)]
mod tests;
