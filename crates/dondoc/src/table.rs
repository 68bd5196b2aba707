//! A reading as a person likes to see it: heading facts, then tasks, citations and figures in short tables.

use std::io::{self, IsTerminal, Write};

use comfy_table::presets::{NOTHING, UTF8_HORIZONTAL_ONLY};
use comfy_table::{Cell, ContentArrangement, Table};
use dondoc_core::amount::Amount;
use dondoc_core::kind;
use dondoc_core::problem::Language;
use dondoc_core::reading::{Bound, Citation, Document, Figure, Reading, Recurring, Task};
use dondoc_store::documents::Summary;
use jiff::civil::Date;

use crate::excerpt::Excerpts;
use crate::words::{pick, printable};

/// The width of lines where no terminal says it.
const PLAIN_COLUMNS: u16 = 120;

/// The width of the labels of the heading's facts.
const LABEL_COLUMNS: usize = 18;

/// How much of a task's text is shown.
const TASK_CHARS: usize = 160;

/// How tables are drawn.
pub(crate) struct Tables {
    language: Language,
    columns: u16,
    /// Rules between the rows, for a terminal; nothing but blanks otherwise.
    ruled: bool,
}

impl Tables {
    /// As wide as the terminal; plain where there is none.
    pub(crate) fn for_standard_output(language: Language) -> Self {
        let stdout = io::stdout();
        let ruled = stdout.is_terminal();
        let columns = rustix::termios::tcgetwinsize(&stdout)
            .map(|it| it.ws_col)
            .ok()
            .filter(|it| ruled && *it > 0)
            .unwrap_or(PLAIN_COLUMNS);
        Self { language, columns: columns.max(40), ruled }
    }

    /// Writes all documents of one file.
    ///
    /// # Errors
    ///
    /// `out` can't be written.
    pub(crate) fn write(
        &self,
        out: &mut impl Write,
        place: &str,
        reading: &Reading,
    ) -> io::Result<()> {
        let n_documents = reading.documents.len();
        let noun = match (self.language, n_documents) {
            (Language::Vietnamese, _) => "văn bản",
            (Language::English, 1) => "document",
            (Language::English, _) => "documents",
        };
        writeln!(out, "{} · {} · {n_documents} {noun}", printable(place), reading.format)?;
        let excerpts = Excerpts::new(&reading.text);
        for document in &reading.documents {
            writeln!(out)?;
            self.write_heading(out, document)?;
            self.write_tasks(out, &document.tasks, &excerpts)?;
            self.write_citations(out, &document.citations)?;
            self.write_figures(out, &document.figures)?;
            self.write_abbreviations(out, document)?;
        }
        writeln!(out)?;
        out.flush()
    }

    fn say<'a>(&self, vietnamese: &'a str, english: &'a str) -> &'a str {
        pick(self.language, vietnamese, english)
    }

    fn write_heading(&self, out: &mut impl Write, document: &Document) -> io::Result<()> {
        let kind_name = kind::by_code(&document.kind)
            .map_or_else(|| document.kind.clone(), |it| capitalised(self.say(it.name, it.english)));
        let title =
            document.title.as_deref().unwrap_or(self.say("(không có trích yếu)", "(no title)"));
        self.write_wrapped(out, "", &format!("{kind_name}: {title}"))?;
        let addressees = join(&document.addressees);
        let issued_on = document.issued_on.map(written);
        for (label, value) in [
            (self.say("Số, ký hiệu", "Number"), document.number.as_deref()),
            (self.say("Ngày ban hành", "Issued on"), issued_on.as_deref()),
            (self.say("Cơ quan ban hành", "Issuer"), document.issuer.as_deref()),
            (self.say("Địa danh", "Place"), document.place.as_deref()),
            (self.say("Người ký", "Signer"), document.signer.as_deref()),
            (
                self.say("Kính gửi", "Addressees"),
                Some(addressees.as_str()).filter(|it| !it.is_empty()),
            ),
        ] {
            if let Some(value) = value {
                self.write_wrapped(out, label, value)?;
            }
        }
        Ok(())
    }

    /// A label with its value beside it; without a label the value alone.
    fn write_wrapped(&self, out: &mut impl Write, label: &str, value: &str) -> io::Result<()> {
        let gap = if label.is_empty() { 0 } else { LABEL_COLUMNS };
        let columns = usize::from(self.columns).saturating_sub(gap.max(2) + 2);
        let value = printable(value);
        let mut line = String::new();
        let mut lead = format!("  {label:<gap$}");
        for word in value.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > columns {
                writeln!(out, "{lead}{line}")?;
                line.clear();
                lead = " ".repeat(gap.max(2) + 2);
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        writeln!(out, "{lead}{line}")
    }

    fn write_tasks(
        &self,
        out: &mut impl Write,
        tasks: &[Task],
        excerpts: &Excerpts<'_>,
    ) -> io::Result<()> {
        let rows = tasks.iter().map(|task| {
            vec![
                task.label.clone().unwrap_or_default(),
                excerpts.short(task.span, TASK_CHARS),
                join(if task.lead.is_empty() { &task.recipients } else { &task.lead }),
                join(&task.coordinate),
                self.due(task),
            ]
        });
        let heads = [
            self.say("Mục", "Item"),
            self.say("Nhiệm vụ", "Task"),
            self.say("Chủ trì", "Lead"),
            self.say("Phối hợp", "With"),
            self.say("Thời hạn", "Due"),
        ];
        self.write_table(out, self.say("Nhiệm vụ", "Tasks"), &heads, rows.collect())
    }

    fn write_citations(&self, out: &mut impl Write, citations: &[Citation]) -> io::Result<()> {
        let rows = citations.iter().map(|it| {
            vec![
                it.kind.clone(),
                it.number.clone().or_else(|| it.name.clone()).unwrap_or_default(),
                it.date.map(written).unwrap_or_default(),
                it.issuer.clone().unwrap_or_default(),
            ]
        });
        let heads = [
            self.say("Loại", "Kind"),
            self.say("Số, tên", "Number, name"),
            self.say("Ngày", "Date"),
            self.say("Cơ quan ban hành", "Issuer"),
        ];
        self.write_table(out, self.say("Viện dẫn", "Citations"), &heads, rows.collect())
    }

    fn write_figures(&self, out: &mut impl Write, figures: &[Figure]) -> io::Result<()> {
        let rows = figures.iter().map(|it| {
            vec![
                self.value(it),
                it.unit.clone(),
                it.subject.clone().unwrap_or_default(),
                it.period.as_deref().map(written_period).unwrap_or_default(),
                it.place.clone().unwrap_or_default(),
            ]
        });
        let heads = [
            self.say("Giá trị", "Value"),
            self.say("Đơn vị", "Unit"),
            self.say("Nội dung", "Of what"),
            self.say("Kỳ", "Period"),
            self.say("Nơi", "Place"),
        ];
        self.write_table(out, self.say("Số liệu", "Figures"), &heads, rows.collect())
    }

    fn write_abbreviations(&self, out: &mut impl Write, document: &Document) -> io::Result<()> {
        let rows = document
            .abbreviations
            .iter()
            .map(|it| vec![it.short.clone(), it.long.clone()])
            .collect();
        let heads = [self.say("Viết tắt", "Short"), self.say("Đầy đủ", "Long")];
        self.write_table(out, self.say("Từ viết tắt", "Abbreviations"), &heads, rows)
    }

    /// Writes rows under a name and heads; a column that is empty all the way down is left out, as is an empty table.
    ///
    /// # Errors
    ///
    /// `out` can't be written.
    pub(crate) fn write_table(
        &self,
        out: &mut impl Write,
        name: &str,
        heads: &[&str],
        rows: Vec<Vec<String>>,
    ) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n  {name} ({})", rows.len())?;
        // A column that is empty all the way down says nothing.
        let is_used: Vec<bool> = (0..heads.len())
            .map(|column| rows.iter().any(|row| row.get(column).is_some_and(|it| !it.is_empty())))
            .collect();
        let used = |row: Vec<String>| -> Vec<Cell> {
            row.iter()
                .zip(&is_used)
                .filter(|(_, used)| **used)
                .map(|(cell, _)| Cell::new(printable(cell).replace('\n', " ")))
                .collect()
        };
        let mut table = Table::new();
        table
            .load_style(if self.ruled { UTF8_HORIZONTAL_ONLY } else { NOTHING })
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.columns - 2)
            .set_header(used(heads.iter().map(|it| (*it).to_owned()).collect()));
        for row in rows {
            table.add_row(used(row));
        }
        for line in table.lines() {
            writeln!(out, "  {}", line.trim_end())?;
        }
        Ok(())
    }

    fn due(&self, task: &Task) -> String {
        let rhythm = task.recurring.map(|it| match it {
            Recurring::Periodic => self.say("định kỳ", "periodic"),
            Recurring::Monthly => self.say("hằng tháng", "monthly"),
            Recurring::Quarterly => self.say("hằng quý", "quarterly"),
            Recurring::Yearly => self.say("hằng năm", "yearly"),
            Recurring::Regular => self.say("thường xuyên", "regular"),
        });
        let due = task.due.as_deref().map(written_period);
        [due.as_deref(), rhythm].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn value(&self, figure: &Figure) -> String {
        let sign = match figure.bound {
            Bound::Exact => "",
            Bound::About => "≈ ",
            Bound::AtLeast => "≥ ",
            Bound::AtMost => "≤ ",
            Bound::Hundreds => return self.say("hàng trăm", "hundreds").to_owned(),
            Bound::Thousands => return self.say("hàng nghìn", "thousands").to_owned(),
        };
        let minus = if figure.negative { "−" } else { "" };
        let to = figure.value_to.map(|it| format!(" – {}", number(it))).unwrap_or_default();
        format!("{sign}{minus}{}{to}", number(figure.value))
    }
}

/// `1.234,5`: a full stop every three digits, a comma before the decimals.
fn number(amount: Amount) -> String {
    let plain = amount.to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |it| ("−", it));
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let comma = if decimals.is_empty() { "" } else { "," };
    format!("{sign}{grouped}{comma}{decimals}")
}

/// A stored document on one line: type, number, day, issuer, subject.
pub(crate) fn heading_line(summary: &Summary, language: Language) -> String {
    let kind_name = kind::by_code(&summary.kind).map_or_else(
        || summary.kind.clone(),
        |it| capitalised(pick(language, it.name, it.english)),
    );
    let issued_on = summary.issued_on.map(written);
    let facts: Vec<&str> = [
        Some(kind_name.as_str()),
        summary.number.as_deref(),
        issued_on.as_deref(),
        summary.issuer.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let title = summary.title.as_deref().unwrap_or_default();
    printable(&format!("{}: {title}", facts.join(" · "))).replace('\n', " ")
}

/// `15/12/2025`.
pub(crate) fn written(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

/// An ISO day, month, year or range of these, the way it is written in Vietnamese.
fn written_period(iso: &str) -> String {
    let one = |it: &str| it.split('-').rev().collect::<Vec<_>>().join("/");
    iso.split('/').map(one).collect::<Vec<_>>().join(" – ")
}

fn join(bodies: &[String]) -> String {
    bodies.join("; ")
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_the_vietnamese_way() {
        let written = |text: &str| number(text.parse().unwrap());
        assert_eq!(written("1500000000"), "1.500.000.000");
        assert_eq!(written("1234.5"), "1.234,5");
        assert_eq!(written("-12"), "−12");
        assert_eq!(written("528"), "528");
    }

    #[test]
    fn periods_are_written_day_first() {
        assert_eq!(written_period("2025-12-15"), "15/12/2025");
        assert_eq!(written_period("2009/2019"), "2009 – 2019");
        assert_eq!(written_period("2025-01/2025-09"), "01/2025 – 09/2025");
        assert_eq!(written_period("2009/.."), "2009 – ..");
    }
}
