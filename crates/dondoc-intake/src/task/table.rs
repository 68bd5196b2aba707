//! Tables of tasks: a row is a task, its columns say who leads, who joins and when.

use std::{ops::Range, rc::Rc, sync::LazyLock};

use super::{Found, deadline, item::Items, meta};
use crate::text::{Text, layout, lex::Gap, phrase::Phrases};

/// A table whose columns a row of headings names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// From the first bar to the last.
    pub(super) tokens: Range<usize>,
    /// The rows below the headings.
    rows: Vec<Vec<Range<usize>>>,
    columns: Vec<Option<Column>>,
    /// Whether its rows are tasks.
    is_of_tasks: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Ordinal,
    Content,
    Lead,
    Coordinate,
    Time,
}

static COLUMNS: LazyLock<Phrases<Column>> = LazyLock::new(|| {
    let lists: [(&[&str], Column); 5] = [
        (&["tt", "stt", "số tt"], Column::Ordinal),
        (
            &[
                "nội dung",
                "nhiệm vụ",
                "tên nhiệm vụ",
                "công việc",
                "nội dung công việc",
                "hoạt động",
                "nội dung nhiệm vụ",
                "nội dung/nhiệm vụ",
                "tên đề án",
                "nhóm nhiệm vụ",
                "nội dung thực hiện",
                "nội dung hoạt động",
                "tên công việc",
                "đầu việc",
                "nhiệm vụ, giải pháp",
                "nội dung, nhiệm vụ",
                "tên chương trình",
                "danh mục nhiệm vụ",
            ],
            Column::Content,
        ),
        (
            &[
                "chủ trì",
                "cơ quan chủ trì",
                "đơn vị chủ trì",
                "cơ quan thực hiện",
                "đơn vị thực hiện",
                "cơ quan, đơn vị chủ trì",
                "cơ quan, đơn vị thực hiện",
                "đơn vị chịu trách nhiệm",
                "phân công thực hiện",
                "trách nhiệm thực hiện",
                "cơ quan chịu trách nhiệm",
                "chủ trì thực hiện",
                "đơn vị đầu mối",
                "cơ quan đầu mối",
                "cơ quan tham mưu",
                "đơn vị tham mưu",
            ],
            Column::Lead,
        ),
        (
            &[
                "phối hợp",
                "cơ quan phối hợp",
                "đơn vị phối hợp",
                "cơ quan, đơn vị phối hợp",
                "đơn vị, địa phương phối hợp",
            ],
            Column::Coordinate,
        ),
        (
            &[
                "thời gian",
                "thời hạn",
                "tiến độ",
                "thời gian thực hiện",
                "thời gian hoàn thành",
                "thời hạn hoàn thành",
                "hoàn thành",
                "thời gian trình",
                "hạn hoàn thành",
            ],
            Column::Time,
        ),
    ];
    Phrases::new(
        lists.into_iter().flat_map(|(words, column)| words.iter().map(move |it| (*it, column))),
    )
});

/// How many columns a table has at most.
const MAX_COLUMNS: usize = 30;

/// How many tokens a heading of a column has at most.
const MAX_HEADING: usize = 40;

/// How many tokens a cell of another table has at most: more is running text.
const MAX_CELL: usize = 300;

/// The tables of a run of tokens that have three columns or more, of tasks or not.
pub(super) fn tables(text: &Text<'_>, run: Range<usize>) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = run.start;
    while let Some(bar) = next_bar(text, at, run.end) {
        match table_at(text, bar, run.end) {
            Some(table) => {
                at = table.tokens.end.max(bar + 1);
                tables.push(table);
            }
            None => at = bar + 1,
        }
    }
    tables
}

fn next_bar(text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    (at..end).find(|it| text.tokens[*it].is_mark('|'))
}

/// The table whose row of headings begins with the bar at `bar`.
fn table_at(text: &Text<'_>, bar: usize, end: usize) -> Option<Table> {
    let header = row_at(text, bar, end, None)?;
    if header.len() < 3 || header.len() > MAX_COLUMNS {
        return None;
    }
    let columns: Vec<Option<Column>> =
        header.iter().map(|it| column_of(text, it.clone())).collect();
    let has = |wanted: Column| columns.contains(&Some(wanted));
    let is_of_tasks = has(Column::Content)
        && (has(Column::Lead) || (has(Column::Time) && has(Column::Coordinate)));
    if !is_of_tasks && header.iter().any(|it| it.len() > MAX_HEADING) {
        return None;
    }
    let width = header.len();
    let mut rows = Vec::new();
    let mut last = header.last().map_or(bar, |it| it.end) + 1;
    while let Some(row) = row_at(text, last, end, Some(width)) {
        let after = row.last().map_or(last, |it| it.end) + 1;
        if after <= last || !is_of_tasks && row.iter().any(|it| it.len() > MAX_CELL) {
            break;
        }
        last = after;
        rows.push(row);
    }
    (!rows.is_empty()).then_some(Table { tokens: bar..last.min(end), rows, columns, is_of_tasks })
}

/// The cells of a row that begins with a bar at `bar`: so many, or up to an empty pair of bars on two lines.
fn row_at(
    text: &Text<'_>,
    bar: usize,
    end: usize,
    width: Option<usize>,
) -> Option<Vec<Range<usize>>> {
    text.tokens[..end].get(bar).filter(|it| it.is_mark('|'))?;
    let mut cells = Vec::new();
    let mut start = bar + 1;
    let mut n_tokens = 0;
    let mut at = start;
    while at < end {
        let token = &text.tokens[at];
        if token.is_mark('|') {
            // Headings are never empty: two bars end their row.
            if width.is_none() && at == start {
                return (!cells.is_empty()).then_some(cells);
            }
            cells.push(start..at);
            start = at + 1;
            if width.is_some_and(|it| cells.len() == it) {
                return Some(whole_row(text, cells, at + 1, end));
            }
        }
        n_tokens += 1;
        // A cell of this length is running text after the table.
        if n_tokens > 4_000 || cells.len() > MAX_COLUMNS || at.saturating_sub(start) > 1_500 {
            return None;
        }
        // One line of markdown is one row.
        if width.is_none() && token.is_mark('|') && ends_line(text, at) && is_inline(text, bar) {
            return Some(cells);
        }
        at += 1;
    }
    // The last bar of the last row may be missing.
    if width == Some(cells.len() + 1) && start < end {
        cells.push(start..end);
        return Some(cells);
    }
    (width.is_none() && cells.len() >= 3).then_some(cells)
}

/// A row of so many cells, or only those before the first empty one: two bars are an empty cell, or the end of a
/// short row (`I | Hoàn thiện thể chế`) and the beginning of the next.
fn whole_row(
    text: &Text<'_>,
    mut cells: Vec<Range<usize>>,
    after: usize,
    end: usize,
) -> Vec<Range<usize>> {
    let next = text.tokens[..end].get(after);
    let is_whole = next.is_none_or(|it| it.is_mark('|'))
        || !(after..end.min(after + 80)).any(|it| text.tokens[it].is_mark('|'));
    if !is_whole && let Some(empty) = cells.iter().skip(1).position(|it| it.is_empty()) {
        cells.truncate(empty + 1);
    }
    cells
}

/// Whether the bar shares its line with the cell after it.
fn is_inline(text: &Text<'_>, bar: usize) -> bool {
    text.tokens.get(bar + 1).is_some_and(|it| it.gap <= Gap::Space)
}

fn ends_line(text: &Text<'_>, at: usize) -> bool {
    text.tokens.get(at + 1).is_none_or(|it| it.gap >= Gap::Line)
}

fn column_of(text: &Text<'_>, cell: Range<usize>) -> Option<Column> {
    let end = cell.end.min(cell.start + 16);
    let mut found = None;
    let mut at = cell.start;
    while at < end {
        match COLUMNS.longest(&text.tokens[..end], at) {
            Some((n_tokens, column)) => {
                // `Cơ quan chủ trì, phối hợp`: the first holds, but `Kết quả thực hiện` is nothing.
                found = found.or(Some(*column));
                at += n_tokens;
            }
            None => at += 1,
        }
    }
    found
}

/// The tasks of a table, a row each.
pub(super) fn tasks(items: &Items<'_, '_>, table: &Table, recipients: &Rc<[String]>) -> Vec<Found> {
    if !table.is_of_tasks {
        return Vec::new();
    }
    let text = items.text;
    let mut section = section_label(items, table);
    let outer = section.clone();
    let column = |wanted: Column| table.columns.iter().position(|it| *it == Some(wanted));
    let (content, lead, joined, time) = (
        column(Column::Content),
        column(Column::Lead),
        column(Column::Coordinate),
        column(Column::Time),
    );
    let cell = |row: &[Range<usize>], at: Option<usize>| {
        at.and_then(|it| row.get(it).cloned()).filter(|it| has_words(text, it))
    };
    let mut found = Vec::new();
    for row in &table.rows {
        let (Some(first), Some(_)) =
            (row.iter().find(|it| has_words(text, it)), cell(row, content))
        else {
            continue;
        };
        // A section of the table: `I | Hoàn thiện thể chế`.
        if row.len() < table.columns.len().max(2) - 1 || is_section(text, row) {
            let ordinal = ordinal_of(text, first.clone())
                .filter(|it| layout::is_roman(it) || it.chars().all(char::is_alphabetic));
            if let Some(ordinal) = ordinal {
                section =
                    Some(outer.as_ref().map_or(ordinal.clone(), |it| format!("{it}.{ordinal}")));
            }
            continue;
        }
        let n_filled = row.iter().filter(|it| has_words(text, it)).count();
        let (lead, joined, time) = (cell(row, lead), cell(row, joined), cell(row, time));
        // A row that only heads others, or repeats the numbers of columns.
        if n_filled < 3 && lead.is_none() && time.is_none()
            || !row.iter().any(|it| it.clone().any(|it| text.tokens[it].is_word()))
        {
            continue;
        }
        let last = row.iter().rev().find(|it| has_words(text, it)).map_or(first.end, |it| it.end);
        let ordinal = ordinal_of(text, first.clone());
        let label = ordinal.map(|it| match &section {
            Some(section) => format!("{section}.{it}"),
            None => it,
        });
        found.push(Found {
            tokens: first.start..last,
            label,
            parent: None,
            lead: lead.map_or_else(Vec::new, |it| meta::names(text, it)),
            coordinate: joined.map_or_else(Vec::new, |it| meta::names(text, it)),
            recipients: Rc::clone(recipients),
            due: time.clone().and_then(|it| deadline::due_of_cell(text, it)),
            recurring: time.and_then(|it| deadline::recurring(text, &[it])),
        });
    }
    found
}

/// Whether only the first two cells of a row are filled.
fn is_section(text: &Text<'_>, row: &[Range<usize>]) -> bool {
    row.len() > 2 && !row.iter().skip(2).any(|it| has_words(text, it))
}

fn has_words(text: &Text<'_>, cell: &Range<usize>) -> bool {
    text.tokens[cell.clone()].iter().any(|it| it.is_word() || it.is_number())
}

/// The printed number of a row: `1`, `2.1`, `a`.
fn ordinal_of(text: &Text<'_>, cell: Range<usize>) -> Option<String> {
    (cell.len() <= 6)
        .then(|| {
            let field = text.field(cell);
            field.trim_end_matches(['.', ')', ' ']).to_owned()
        })
        .filter(|it| !it.is_empty() && it.len() <= 8)
}

/// The label of the section that a table stands in.
fn section_label(items: &Items<'_, '_>, table: &Table) -> Option<String> {
    let nodes = &items.outline.nodes;
    let after = nodes.partition_point(|it| it.tokens.start < table.tokens.start);
    let last = (0..after).rev().take(2_000).find(|it| nodes[*it].is_numbered());
    last.and_then(|it| items.path(it)).or_else(|| items.part.map(str::to_owned))
}
