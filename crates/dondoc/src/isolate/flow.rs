//! Lines of printed pages put back into paragraphs.
//!
//! A page gives lines; a document has paragraphs. The official form (Decree 30/2020) indents the first line of a
//! paragraph and centres titles, prints the issuer and the state motto side by side, and at the end the
//! recipients beside the signature. Page numbers stand alone on their lines.

use crate::isolate::wire::Pages;

/// How far a first line stands in from the lines below it, in columns.
const INDENT: usize = 2;

/// Lines of text start before this column; what stands further in is a stamp, a title or a right column.
const FURTHEST_INDENT: usize = 20;

/// The least gap between two columns.
const GAP: &str = "   ";

/// What stands at the top of the right column; recognised text may lose a part of it.
const MOTTOS: &[&str] = &["CỘNG HÒA", "CỘNG HOÀ", "CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN"];

/// A line is full, and may run on in the next one, from this share of the widest line (in tenths).
const FULL_TENTHS: usize = 8;

/// The same for recognised text, where lost and doubled spaces make widths uncertain.
const FULL_TENTHS_RECOGNISED: usize = 7;

/// The text of the pages, a paragraph a line.
///
/// Nothing is added; page numbers, line breaks inside paragraphs and runs of spaces go.
pub(crate) fn paragraphs(lines: &str, from: Pages) -> String {
    let mut flow = Flow::default();
    for page in lines.split('\u{c}') {
        let page: Vec<&str> = without_page_number(page.lines().collect());
        let shape = Shape::of(&page);
        for block in blocks(&page) {
            match block {
                Block::Columns(rows) => flow.columns(rows),
                Block::Lines(rows) if from == Pages::PdfLayer => flow.printed(rows, shape),
                Block::Lines(rows) => flow.recognised(rows),
            }
        }
    }
    flow.finish()
}

/// Where the text of a page stands, in columns.
#[derive(Clone, Copy)]
struct Shape {
    margin: usize,
    right: usize,
}

impl Shape {
    fn of(page: &[&str]) -> Self {
        // Stamps and right columns stand further out than the text does.
        let mut widths: Vec<usize> = page
            .iter()
            .filter(|it| indent(it) < FURTHEST_INDENT && !has_gap(it.trim()))
            .map(|it| width(it.trim_end()))
            .collect();
        widths.sort_unstable();
        let right = widths.last().copied().unwrap_or(0);
        let mut indents: Vec<usize> = page
            .iter()
            .filter(|it| is_full(it, right, FULL_TENTHS) && !has_gap(it.trim()))
            .map(|it| indent(it))
            .collect();
        indents.sort_unstable();
        // First lines and centred ones stand further in, so the lower quarter is the margin.
        let margin = indents.get(indents.len() / 4).copied().unwrap_or(0);
        Self { margin, right }
    }
}

enum Block<'a> {
    /// Two columns side by side.
    Columns(&'a [&'a str]),
    /// Ordinary lines.
    Lines(&'a [&'a str]),
}

/// Finds the heading (issuer beside motto) and the foot (recipients beside signature).
fn blocks<'a>(page: &'a [&'a str]) -> Vec<Block<'a>> {
    let heading = page
        .iter()
        .position(|it| MOTTOS.iter().any(|motto| it.contains(motto)) && has_gap(it.trim()));
    let (heading_start, heading_end) = heading.map_or((0, 0), |start| {
        let most = page.len().min(start + 12);
        let dated = page[start..most]
            .iter()
            .position(|it| it.contains("ngày") && it.contains("tháng") && it.contains("năm"));
        // A long issuer or a "V/v …" may go on below the date, still in the left column.
        let mut end = dated.map_or(start + 2, |it| start + it + 1).min(page.len());
        while end < most && !page[end].trim().is_empty() && indent(page[end]) < FURTHEST_INDENT {
            let text = page[end].trim();
            if !text.starts_with("V/v") && !has_gap(text) {
                break;
            }
            end += 1;
        }
        (start, end)
    });
    let foot = page[heading_end..]
        .iter()
        .position(|it| it.trim_start().starts_with("Nơi nhận"))
        .map_or(page.len(), |it| it + heading_end);
    vec![
        Block::Lines(&page[..heading_start]),
        Block::Columns(&page[heading_start..heading_end]),
        Block::Lines(&page[heading_end..foot]),
        Block::Columns(&page[foot..]),
    ]
}

/// The paragraphs so far; the last one may go on.
#[derive(Default)]
struct Flow {
    done: Vec<String>,
    open: Option<String>,
}

impl Flow {
    fn close(&mut self) {
        self.done.extend(self.open.take());
    }

    fn start(&mut self, line: &str) {
        self.close();
        self.open = Some(words(line));
    }

    fn go_on(&mut self, line: &str) {
        match &mut self.open {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(&words(line));
            }
            None => self.open = Some(words(line)),
        }
    }

    /// Lines with their indents.
    fn printed(&mut self, rows: &[&str], shape: Shape) {
        let mut before_full = self.open.is_some();
        for row in rows.iter().filter(|it| !it.trim().is_empty()) {
            let set_in = indent(row) >= shape.margin + INDENT;
            if before_full && !set_in && !has_gap(row.trim()) {
                self.go_on(row);
            } else {
                self.start(row);
            }
            before_full = is_full(row, shape.right, FULL_TENTHS);
        }
        if !before_full {
            self.close();
        }
    }

    /// Lines without indents: only blank lines, labels and sentence ends tell paragraphs apart.
    fn recognised(&mut self, rows: &[&str]) {
        let right = rows.iter().map(|it| width(it)).max().unwrap_or(0);
        let mut before_full = self.open.is_some();
        for row in rows {
            if row.trim().is_empty() {
                before_full = before_full && !self.ends_a_sentence();
            } else if before_full && !opens_with_label(row) {
                self.go_on(row);
                before_full = is_full(row, right, FULL_TENTHS_RECOGNISED);
            } else {
                self.start(row);
                before_full = is_full(row, right, FULL_TENTHS_RECOGNISED);
            }
        }
        if !before_full {
            self.close();
        }
    }

    fn ends_a_sentence(&self) -> bool {
        self.open.as_deref().is_some_and(|it| it.ends_with(['.', ':', ';', '!', '?', '/']))
    }

    /// The left column whole, then the right one.
    fn columns(&mut self, rows: &[&str]) {
        if rows.is_empty() {
            return;
        }
        self.close();
        let right_start = rows.iter().filter_map(|it| widest_gap(it)).map(|it| it.1).min();
        let mut right = Vec::new();
        for row in rows.iter().filter(|it| !it.trim().is_empty()) {
            match (widest_gap(row), right_start) {
                (Some((left_end, start)), _) => {
                    self.done.push(words(&row.chars().take(left_end).collect::<String>()));
                    right.push(words(&row.chars().skip(start).collect::<String>()));
                }
                (None, Some(start)) if indent(row) + INDENT >= start => right.push(words(row)),
                (None, _) => self.done.push(words(row)),
            }
        }
        self.done.append(&mut right);
    }

    fn finish(mut self) -> String {
        self.close();
        let mut text = self.done.join("\n");
        text.push('\n');
        text
    }
}

fn without_page_number(mut page: Vec<&str>) -> Vec<&str> {
    let is_number = |it: &&str| {
        let it = it.trim().trim_matches('-').trim();
        !it.is_empty() && it.len() <= 4 && it.bytes().all(|it| it.is_ascii_digit())
    };
    let is_text = |it: &&str| !it.trim().is_empty();
    if let Some(last) = page.iter().rposition(is_text)
        && is_number(&page[last])
    {
        page.remove(last);
    }
    if let Some(first) = page.iter().position(is_text)
        && is_number(&page[first])
    {
        page.remove(first);
    }
    page
}

/// Where the left column ends and the right one starts, in characters of the row.
fn widest_gap(row: &str) -> Option<(usize, usize)> {
    let mut widest: Option<(usize, usize)> = None;
    let mut gap_start = None;
    for (at, letter) in row.trim_end().chars().enumerate().skip(indent(row)) {
        if letter == ' ' {
            gap_start.get_or_insert(at);
        } else if let Some(start) = gap_start.take()
            && at - start >= GAP.len()
            && widest.is_none_or(|(from, to)| at - start >= to - from)
        {
            widest = Some((start, at));
        }
    }
    widest
}

/// Whether a line begins with what numbers or marks a new item.
fn opens_with_label(row: &str) -> bool {
    let row = row.trim_start();
    let first = row.split_whitespace().next().unwrap_or_default();
    let bullet = matches!(first, "-" | "–" | "+" | "•" | "*");
    let article = first == "Điều" || first == "Chương" || first == "Mục";
    let numbered = first.len() <= 6
        && first.ends_with(['.', ')', '/'])
        && first.trim_end_matches(['.', ')', '/']).split('.').all(|it| {
            !it.is_empty()
                && (it.bytes().all(|it| it.is_ascii_digit())
                    || it.bytes().all(|it| b"IVX".contains(&it))
                    || it.chars().count() == 1)
        });
    bullet || article || numbered
}

fn has_gap(line: &str) -> bool {
    line.contains(GAP)
}

fn is_full(line: &str, right: usize, tenths: usize) -> bool {
    width(line.trim_end()) * 10 >= right * tenths
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|it| *it == ' ').count()
}

fn width(line: &str) -> usize {
    line.chars().count()
}

fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
