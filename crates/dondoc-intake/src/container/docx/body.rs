//! The body of a document, or its notes: XML to paragraphs and tables.

use std::collections::HashMap;

use dondoc_core::problem::Problem;

use super::label::symbol;
use super::numbering::Numbering;
use super::paragraph::Paragraph;
use super::styles::Styles;
use super::xml::{Element, Piece, Xml};
use crate::container::LIMIT_BYTES;
use crate::container::page::Page;

/// Elements whose content is no text of the document: what was deleted or moved away, how a field is made,
/// and properties of which nothing is needed.
const SKIPPED: [&str; 22] = [
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "delInstrText",
    "pPrChange",
    "rPrChange",
    "sectPr",
    "sectPrChange",
    "tblPr",
    "tblPrEx",
    "tblGrid",
    "trPr",
    "tcPr",
    "sdtPr",
    "sdtEndPr",
    "customXmlPr",
    "smartTagPr",
    "numberingChange",
    "rt",
    "binData",
    "fldData",
];

/// Where a note is referred to, and where it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    /// At the foot of the page; numbered 1, 2, 3.
    Footnote,
    /// At the end of the document; numbered i, ii, iii.
    Endnote,
}

/// What a part holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The text of a body.
    pub(super) text: String,
    /// The notes of a part of notes, by their ids.
    pub(super) notes: HashMap<String, String>,
    /// The notes that the text refers to, in the order of their first mention.
    pub(super) mentioned: Vec<(NoteKind, String)>,
}

/// What the reading of a part needs to know of other parts.
pub(super) struct Context<'a> {
    pub(super) styles: &'a Styles,
    pub(super) numbering: &'a mut Numbering,
}

/// Reads a part of paragraphs and tables.
///
/// # Errors
///
/// [`Problem::Broken`].
pub(super) fn read(
    xml: &str,
    part: &'static str,
    context: Context<'_>,
) -> Result<Content, Problem> {
    let mut pieces = Xml::of(xml, part);
    let mut body = Body::new(context);
    // The names of the open elements that something happens at the end of.
    let mut open: Vec<(usize, Ending)> = Vec::new();
    let mut skipped_below = None;
    while let Some(piece) = pieces.next()? {
        let n_deep = pieces.n_deep();
        match piece {
            _ if skipped_below.is_some_and(|depth| n_deep >= depth) => {}
            Piece::Start(element) => {
                skipped_below = None;
                if body.skips(&element) {
                    skipped_below = Some(n_deep);
                } else if let Some(ending) = body.start(&element) {
                    open.push((n_deep, ending));
                }
            }
            Piece::End => {
                skipped_below = None;
                if let Some((_, ending)) = open.pop_if(|(depth, _)| *depth == n_deep + 1) {
                    body.end(ending);
                }
            }
            Piece::Text(text) => body.text(&text),
        }
        // Numbers written out can be much longer than the paragraphs that have them.
        if body.page.n_bytes() as u64 > LIMIT_BYTES {
            return Err(Problem::UnpacksTooLarge { limit_bytes: LIMIT_BYTES });
        }
    }
    Ok(body.finish())
}

/// What ends with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Paragraph,
    ParagraphProperties,
    Run,
    Text,
    Table,
    Row,
    Cell,
    Alternatives,
    Note,
}

/// A reading under way.
struct Body<'a> {
    context: Context<'a>,
    page: Page,
    /// Open paragraphs: one, or more where a text box stands in a paragraph.
    paragraphs: Vec<Paragraph>,
    /// Whether text is being read: inside `w:t`.
    is_in_text: bool,
    /// For each open set of alternatives, whether one has been read.
    alternatives: Vec<bool>,
    /// For each open field, whether its result has been reached.
    fields: Vec<bool>,
    /// How many open fields have not reached their result.
    n_unreached: usize,
    /// The note that is being read.
    note: Option<String>,
    content: Content,
    numbers: HashMap<(NoteKind, String), usize>,
    /// Notes of each kind that have been mentioned.
    n_mentioned: [usize; 2],
}

impl<'a> Body<'a> {
    fn new(context: Context<'a>) -> Self {
        Self {
            context,
            page: Page::default(),
            paragraphs: Vec::new(),
            is_in_text: false,
            alternatives: Vec::new(),
            fields: Vec::new(),
            n_unreached: 0,
            note: None,
            content: Content::default(),
            numbers: HashMap::new(),
            n_mentioned: [0; 2],
        }
    }

    /// Whether an element is passed over with all that is in it.
    fn skips(&mut self, element: &Element<'_>) -> bool {
        let in_properties =
            self.paragraphs.last().is_some_and(|paragraph| paragraph.is_in_properties);
        match element.name() {
            // The mark of the paragraph was deleted: a property, without content.
            "del" | "moveFrom" if in_properties => false,
            "Fallback" => self.alternatives.last().copied().unwrap_or(false),
            "Choice" => {
                self.alternatives.last_mut().is_some_and(|is_read| std::mem::replace(is_read, true))
            }
            "footnote" | "endnote" => {
                element.attribute("type").is_some_and(|kind| kind != "normal")
            }
            name => SKIPPED.contains(&name),
        }
    }

    /// Begins an element; what ends with it, if anything does.
    fn start(&mut self, element: &Element<'_>) -> Option<Ending> {
        match element.name() {
            "p" => {
                self.paragraphs.push(Paragraph::default());
                return Some(Ending::Paragraph);
            }
            "tbl" => {
                self.page.open_table();
                return Some(Ending::Table);
            }
            "tr" => return Some(Ending::Row),
            "tc" => {
                self.page.open_cell();
                return Some(Ending::Cell);
            }
            "AlternateContent" => {
                self.alternatives.push(false);
                return Some(Ending::Alternatives);
            }
            "footnote" | "endnote" => {
                self.note = element.attribute("id");
                self.page = Page::default();
                return Some(Ending::Note);
            }
            "fldChar" => self.field(element.attribute("fldCharType").as_deref()),
            "footnoteReference" => self.mention(NoteKind::Footnote, element),
            "endnoteReference" => self.mention(NoteKind::Endnote, element),
            _ => return self.start_in_paragraph(element),
        }
        None
    }

    fn start_in_paragraph(&mut self, element: &Element<'_>) -> Option<Ending> {
        let is_shown = self.n_unreached == 0;
        let paragraph = self.paragraphs.last_mut()?;
        match element.name() {
            "pPr" => {
                paragraph.is_in_properties = true;
                return Some(Ending::ParagraphProperties);
            }
            _ if paragraph.is_in_properties => paragraph.take_in(element),
            "r" => {
                paragraph.start_run();
                return Some(Ending::Run);
            }
            "t" => {
                self.is_in_text = is_shown;
                return Some(Ending::Text);
            }
            _ if !paragraph.is_in_run => {}
            "rStyle" => paragraph.run_style = element.attribute("val"),
            "tab" | "ptab" if is_shown => paragraph.add("\t"),
            "br" | "cr" if is_shown => paragraph.add("\n"),
            "noBreakHyphen" if is_shown => paragraph.add("-"),
            "sym" if is_shown => {
                let code = element.attribute("char");
                let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    paragraph.add_sign(&symbol(c).to_string(), &self.context);
                }
            }
            _ => paragraph.run.take_in(element),
        }
        None
    }

    fn text(&mut self, text: &str) {
        if self.is_in_text
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.add(text);
        }
    }

    fn end(&mut self, ending: Ending) {
        match ending {
            Ending::Paragraph => self.end_paragraph(),
            Ending::ParagraphProperties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.is_in_properties = false;
                }
            }
            Ending::Run => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.end_run(&self.context);
                }
            }
            Ending::Text => self.is_in_text = false,
            Ending::Table => self.page.close_table(),
            Ending::Row => self.page.close_row(),
            Ending::Cell => self.page.close_cell(),
            Ending::Alternatives => {
                self.alternatives.pop();
            }
            Ending::Note => {
                let text = std::mem::take(&mut self.page).finish();
                if let Some(id) = self.note.take() {
                    self.content.notes.insert(id, text);
                }
            }
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        paragraph.end_run(&self.context);
        let label = paragraph.label(&mut self.context);
        if paragraph.is_joined_to_next {
            // The next paragraph of the same place takes it in.
            self.page.carry(&paragraph.text);
        } else {
            // A number without text stands in print too, as in the first column of many tables.
            self.page.paragraph(&(label.unwrap_or_default() + &paragraph.text));
        }
    }

    /// A field begins, comes to its result, or ends.
    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => {
                self.fields.push(false);
                self.n_unreached += 1;
            }
            Some("separate") => {
                if let Some(is_reached) = self.fields.last_mut()
                    && !std::mem::replace(is_reached, true)
                {
                    self.n_unreached -= 1;
                }
            }
            Some("end") => {
                let was_unreached = self.fields.pop() == Some(false);
                self.n_unreached -= usize::from(was_unreached);
            }
            _ => {}
        }
    }

    /// A mark in the text that sends the reader to a note.
    fn mention(&mut self, kind: NoteKind, element: &Element<'_>) {
        let Some(id) = element.attribute("id") else { return };
        let n_mentioned = &mut self.n_mentioned[kind as usize];
        let mentioned = &mut self.content.mentioned;
        let number = *self.numbers.entry((kind, id.clone())).or_insert_with(|| {
            mentioned.push((kind, id));
            *n_mentioned += 1;
            *n_mentioned
        });
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.add_sign(&kind.mark(number), &self.context);
        }
    }

    fn finish(mut self) -> Content {
        self.content.text = self.page.finish();
        self.content
    }
}

impl NoteKind {
    /// The mark of a note: `[1]`, `[i]`.
    pub(super) fn mark(self, number: usize) -> String {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let format = match self {
            NoteKind::Footnote => super::label::NumberFormat::Decimal,
            NoteKind::Endnote => super::label::NumberFormat::LowerRoman,
        };
        format!("[{}]", format.write(number))
    }
}
