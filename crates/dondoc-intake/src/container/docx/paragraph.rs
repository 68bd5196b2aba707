//! A paragraph as it is read, run by run.

use super::body::Context;
use super::styles::Look;
use super::xml::Element;

/// A paragraph under construction.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its text so far, as it looks.
    pub(super) text: String,
    /// Between `w:pPr` and its end.
    pub(super) is_in_properties: bool,
    /// Between `w:r` and its end.
    pub(super) is_in_run: bool,
    /// What the run says about its letters.
    pub(super) run: Look,
    /// The style of the run.
    pub(super) run_style: Option<String>,
    /// Whether its end was deleted in a tracked change, so that the next goes on where it stops.
    pub(super) is_joined_to_next: bool,
    style: Option<String>,
    list: Option<i64>,
    level: Option<i64>,
    /// The letters of the run, as they are written.
    written: String,
}

impl Paragraph {
    /// Takes in one of the properties of the paragraph.
    pub(super) fn take_in(&mut self, property: &Element<'_>) {
        match property.name() {
            "pStyle" => self.style = property.attribute("val"),
            "numId" => self.list = property.number(),
            "ilvl" => self.level = property.number(),
            "del" | "moveFrom" => self.is_joined_to_next = true,
            _ => {}
        }
    }

    pub(super) fn start_run(&mut self) {
        self.is_in_run = true;
        self.run = Look::default();
        self.run_style = None;
    }

    /// Adds characters to the run.
    pub(super) fn add(&mut self, text: &str) {
        self.written.push_str(text);
    }

    /// Adds what is no letter of the run's font.
    pub(super) fn add_sign(&mut self, sign: &str, context: &Context<'_>) {
        self.show_written(context);
        self.text.push_str(sign);
    }

    pub(super) fn end_run(&mut self, context: &Context<'_>) {
        self.show_written(context);
        self.is_in_run = false;
        self.run = Look::default();
        self.run_style = None;
    }

    fn show_written(&mut self, context: &Context<'_>) {
        if self.written.is_empty() {
            return;
        }
        let written = std::mem::take(&mut self.written);
        let of_style = self.run_style.as_deref().map(|id| context.styles.of_run(id));
        let of_paragraph = context.styles.of_paragraph(self.style.as_deref()).look;
        let look = self.run.or(of_style.unwrap_or_default()).or(of_paragraph);
        if look.is_hidden != Some(true) {
            self.text.push_str(&look.show(&written));
        }
    }

    /// The number or bullet that stands before it in print.
    pub(super) fn label(&self, context: &mut Context<'_>) -> Option<String> {
        let style = context.styles.of_paragraph(self.style.as_deref());
        let list = self.list.or(style.numbering).filter(|list| *list != 0)?;
        let of_style = || {
            let style = self.style.as_deref()?;
            context.numbering.level_of_style(list, style)
        };
        let level = self.level.or(style.level).or_else(of_style).unwrap_or(0);
        context.numbering.next_label(list, level)
    }
}
