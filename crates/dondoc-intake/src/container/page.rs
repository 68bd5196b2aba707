//! The text of a document with paragraphs and tables, as it is built up.
//!
//! Between paragraphs stands an empty line. A row of a table is a line, its cells set apart by ` | `; but where
//! a row has few cells and one of them several lines (the heading block, addressees beside a signature), the
//! cells stand one under the other between lines of a single `|`, so that their lines stay lines.

/// How deep tables may lie in tables; deeper ones are read as if they were not there.
const MOST_NESTED: usize = 16;

/// How many cells a row has at most whose cells keep their lines.
const FEW_CELLS: usize = 3;

/// How many cells a row may have; what comes after them is a row of its own.
const MOST_CELLS: usize = 4_096;

/// A text under construction.
#[derive(Debug, Default)]
pub(crate) struct Page {
    text: String,
    tables: Vec<Table>,
    /// Tables opened beyond [`MOST_NESTED`].
    n_ignored: usize,
    /// Whether the last thing written was a row of a table that is still open.
    is_after_row: bool,
    /// The beginning of the next paragraph.
    carried: String,
    /// All that was added, in bytes.
    n_bytes: usize,
}

/// A table that is open; of it, only the row that is being read.
#[derive(Debug, Default)]
struct Table {
    cells: Vec<Vec<String>>,
    is_in_cell: bool,
    /// Whether a row before had its cells one under the other; then its rows of few cells all have.
    is_stacked: bool,
}

impl Page {
    /// Adds a paragraph, of one or more lines; nothing if it is blank.
    pub(crate) fn paragraph(&mut self, text: &str) {
        if !self.carried.is_empty() {
            let whole = std::mem::take(&mut self.carried) + text;
            self.paragraph(&whole);
            return;
        }
        if text.trim().is_empty() {
            return;
        }
        self.n_bytes += text.len();
        if let Some(cell) = self.open_cell_lines() {
            cell.extend(
                text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned),
            );
            return;
        }
        self.gap("\n\n");
        for (at, line) in text.trim_matches('\n').split('\n').enumerate() {
            if at > 0 {
                self.text.push('\n');
            }
            self.text.push_str(line.trim_end());
        }
        self.is_after_row = false;
    }

    /// How much text was added so far, in bytes.
    pub(crate) fn n_bytes(&self) -> usize {
        self.n_bytes
    }

    /// Keeps the beginning of a paragraph that the next one goes on with.
    pub(crate) fn carry(&mut self, text: &str) {
        self.carried.push_str(text);
    }

    /// Begins a table, in the current cell if there is one.
    pub(crate) fn open_table(&mut self) {
        if self.tables.len() >= MOST_NESTED {
            self.n_ignored += 1;
        } else {
            self.tables.push(Table::default());
            // A table that begins is set apart from the one before it.
            self.is_after_row &= self.tables.len() > 1;
        }
    }

    /// Ends the innermost table.
    pub(crate) fn close_table(&mut self) {
        if self.n_ignored > 0 {
            self.n_ignored -= 1;
            return;
        }
        self.close_row();
        self.tables.pop();
        self.is_after_row &= !self.tables.is_empty();
    }

    /// Ends the row that is open, if one is.
    pub(crate) fn close_row(&mut self) {
        if self.n_ignored > 0 {
            return;
        }
        let Some(table) = self.tables.last_mut() else { return };
        table.is_in_cell = false;
        let cells = std::mem::take(&mut table.cells);
        table.is_stacked |= cells.len() <= FEW_CELLS && cells.iter().any(|cell| cell.len() > 1);
        let row = row(&cells, table.is_stacked);
        if row.is_empty() {
            return;
        }
        let outer = self.tables.len().checked_sub(2).and_then(|at| self.tables.get_mut(at));
        if let Some(outer) = outer
            && outer.is_in_cell
            && let Some(cell) = outer.cells.last_mut()
        {
            cell.extend(row.split('\n').map(str::to_owned));
            return;
        }
        self.gap(if self.is_after_row { "\n" } else { "\n\n" });
        self.text.push_str(&row);
        self.is_after_row = true;
    }

    /// Begins a cell; of no table, it is nothing.
    pub(crate) fn open_cell(&mut self) {
        if self.tables.last().is_some_and(|table| table.cells.len() >= MOST_CELLS) {
            self.close_row();
        }
        if self.n_ignored == 0
            && let Some(table) = self.tables.last_mut()
        {
            table.cells.push(Vec::new());
            table.is_in_cell = true;
        }
    }

    /// Ends the cell that is open.
    pub(crate) fn close_cell(&mut self) {
        if self.n_ignored == 0
            && let Some(table) = self.tables.last_mut()
        {
            table.is_in_cell = false;
        }
    }

    /// The whole text, ending with a line end unless it is empty.
    #[must_use]
    pub(crate) fn finish(mut self) -> String {
        self.paragraph("");
        while !self.tables.is_empty() {
            self.n_ignored = 0;
            self.close_table();
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }

    fn gap(&mut self, gap: &str) {
        if !self.text.is_empty() {
            self.text.push_str(gap);
        }
    }

    fn open_cell_lines(&mut self) -> Option<&mut Vec<String>> {
        let table = self.tables.last_mut().filter(|table| table.is_in_cell)?;
        table.cells.last_mut()
    }
}

fn row(cells: &[Vec<String>], is_stacked: bool) -> String {
    match cells {
        _ if cells.iter().all(Vec::is_empty) => String::new(),
        [only] => only.join("\n"),
        _ if is_stacked && cells.len() <= FEW_CELLS => {
            let mut lines = vec!["|"];
            for cell in cells {
                lines.extend(cell.iter().map(String::as_str));
                lines.push("|");
            }
            lines.join("\n")
        }
        _ => cells.iter().map(|cell| cell.join(" ")).collect::<Vec<_>>().join(" | "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a table, cells set apart by `;`, lines by `/`.
    fn table(page: &mut Page, rows: &[&str]) {
        page.open_table();
        for row in rows {
            for cell in row.split(';') {
                page.open_cell();
                page.paragraph(&cell.replace('/', "\n"));
                page.close_cell();
            }
            page.close_row();
        }
        page.close_table();
    }

    #[test]
    fn rows_are_lines_and_paragraphs_stand_apart() {
        let mut page = Page::default();
        page.paragraph("Một");
        table(&mut page, &["TT;Việc;Chủ trì;Hạn", "1;Rà soát/hộ;;2026"]);
        page.paragraph("Hai");
        assert_eq!(
            page.finish(),
            "Một\n\nTT | Việc | Chủ trì | Hạn\n1 | Rà soát hộ |  | 2026\n\nHai\n"
        );
    }

    #[test]
    fn the_lines_of_a_heading_block_stay_lines() {
        let mut page = Page::default();
        table(&mut page, &["UBND/TỈNH;CỘNG HÒA", "Số: 1;Lam Giang"]);
        assert_eq!(page.finish(), "|\nUBND\nTỈNH\n|\nCỘNG HÒA\n|\n|\nSố: 1\n|\nLam Giang\n|\n");
    }

    #[test]
    fn a_table_in_a_cell_keeps_its_rows() {
        let mut page = Page::default();
        page.open_table();
        page.open_cell();
        table(&mut page, &["a;b", "c;d"]);
        page.close_cell();
        page.close_table();
        assert_eq!(page.finish(), "a | b\nc | d\n");
    }

    #[test]
    fn tables_in_tables_beyond_all_measure_lose_no_text() {
        let mut page = Page::default();
        for _ in 0..100_000 {
            page.open_table();
            page.open_cell();
        }
        page.paragraph("sâu");
        assert_eq!(page.finish(), "sâu\n");
    }
}
