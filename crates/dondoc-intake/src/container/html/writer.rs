//! The running text of a page: white space collapsed, blocks as paragraphs, lists with their labels.

use crate::container::page::Page;

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "main",
    "menu",
    "nav",
    "p",
    "section",
    "summary",
    "option",
    "tbody",
    "thead",
    "tfoot",
];

/// How deep lists are followed; deeper ones have no labels.
const MOST_LISTS: usize = 64;

/// An open list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// With bullets.
    Bulleted,
    /// With numbers, of which this is the next.
    Numbered(i64),
    /// Without labels.
    Plain,
}

#[derive(Default)]
pub(super) struct Writer {
    page: Page,
    /// The paragraph that is being read.
    paragraph: String,
    lists: Vec<List>,
    n_lists_ignored: usize,
    /// The label of the item that has no text yet.
    label: String,
    /// Inside `pre`, where white space counts.
    n_preformatted: usize,
}

impl Writer {
    /// Adds a run of text.
    pub(super) fn text(&mut self, text: &str) {
        if self.n_preformatted > 0 {
            self.paragraph.extend(text.chars().filter(|c| *c != '\r'));
            return;
        }
        for (at, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if at > 0 && !self.paragraph.is_empty() && !self.paragraph.ends_with([' ', '\n']) {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(word);
        }
    }

    pub(super) fn start(&mut self, name: &str) {
        match name {
            "br" => {
                let length = self.paragraph.trim_end_matches(' ').len();
                self.paragraph.truncate(length);
                self.paragraph.push('\n');
            }
            "pre" => {
                self.flush();
                self.n_preformatted += 1;
            }
            "ul" => self.open_list(List::Bulleted),
            "table" => {
                self.flush();
                self.page.open_table();
            }
            "tr" => {
                self.flush();
                self.page.close_row();
            }
            "td" | "th" => {
                self.flush();
                self.page.close_cell();
                self.page.open_cell();
            }
            _ if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "pre" => {
                self.flush();
                self.n_preformatted = self.n_preformatted.saturating_sub(1);
            }
            "ul" | "ol" => {
                self.flush();
                if self.n_lists_ignored > 0 {
                    self.n_lists_ignored -= 1;
                } else {
                    self.lists.pop();
                }
            }
            "table" => {
                self.flush();
                self.page.close_table();
            }
            "tr" => {
                self.flush();
                self.page.close_row();
            }
            "td" | "th" => {
                self.flush();
                self.page.close_cell();
            }
            "li" => self.flush(),
            _ if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
    }

    /// Begins a list.
    pub(super) fn open_list(&mut self, list: List) {
        self.flush();
        if self.lists.len() < MOST_LISTS {
            self.lists.push(list);
        } else {
            self.n_lists_ignored += 1;
        }
    }

    /// Begins an item of a list, with a number of its own if the page gives one.
    pub(super) fn open_item(&mut self, number: Option<i64>) {
        self.flush();
        match self.lists.last_mut() {
            Some(List::Numbered(next)) => {
                let number = number.unwrap_or(*next);
                *next = number.saturating_add(1);
                self.label = format!("{number}. ");
            }
            Some(List::Bulleted) => "- ".clone_into(&mut self.label),
            Some(List::Plain) | None => {}
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.page.finish()
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let text = self.paragraph.trim_matches([' ', '\n']);
        if !text.is_empty() {
            self.label.push_str(text);
            self.page.paragraph(&self.label);
            self.label.clear();
        }
        self.paragraph.clear();
    }
}
