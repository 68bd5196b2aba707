//! `dondoc tasks`: the tasks as they stand today, the late ones first; and only those, with how late they are.

use std::cmp::Reverse;
use std::io::{self, Write};

use clap::Subcommand;
use dondoc_core::calendar::Calendar;
use dondoc_core::problem::Language;
use dondoc_core::task::TaskState;
use dondoc_core::unit::UnitId;
use dondoc_ledger::Ledger;
use dondoc_ledger::task_book::TaskBook;
use dondoc_store::tasks::Task;
use jiff::civil::Date;
use serde_json::json;

use crate::Done;
use crate::library::LibraryArgs;
use crate::question::{find_unit, ledger, today, told, unit_name};
use crate::table::written;
use crate::words::{pick, printable, tell};

/// The arguments of `dondoc tasks`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh"
)]
pub(crate) struct TasksArgs {
    #[command(subcommand)]
    command: TasksCommand,
}

/// What can be asked about tasks.
#[derive(Debug, Subcommand)]
enum TasksCommand {
    /// Liệt kê nhiệm vụ chưa xong; quá hạn trước (list)
    #[command(override_usage = "dondoc tasks list [TÙY CHỌN]")]
    List(ListArgs),
    /// Liệt kê nhiệm vụ quá hạn, muộn nhất trước (late)
    #[command(override_usage = "dondoc tasks late [TÙY CHỌN]")]
    Late(ListArgs),
}

/// The arguments of `dondoc tasks list` and `late`.
#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Chỉ nhiệm vụ do đơn vị này chủ trì
    #[arg(long, value_name = "ĐƠN VỊ", help_heading = "Tùy chọn")]
    unit: Option<String>,
    /// Cả nhiệm vụ đã xong, đã hủy
    #[arg(long, help_heading = "Tùy chọn")]
    all: bool,
    /// In mỗi nhiệm vụ một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// A task on a day.
struct Line<'b> {
    task: &'b Task,
    state: TaskState,
    /// Working days past its day, if the days off are known.
    days_late: Option<u32>,
}

/// Does what was asked.
///
/// # Errors
///
/// There is no such unit, or the library can't be opened or read.
pub(crate) fn run(args: &TasksArgs, language: Language) -> anyhow::Result<Done> {
    match &args.command {
        TasksCommand::List(args) => list(args, false, language),
        TasksCommand::Late(args) => list(args, true, language),
    }
}

fn list(args: &ListArgs, late: bool, language: Language) -> anyhow::Result<Done> {
    let ledger = ledger(&args.library, language)?;
    let day = today();
    let unit = ledger.look(|books| {
        args.unit.as_deref().map(|it| find_unit(&books.units, it, day, language)).transpose()
    })?;
    let book = ledger.task_book().map_err(|err| told(err, language))?;
    let calendar = Calendar::vietnam()?;
    let mut lines = chosen(&book, unit, day);
    lines.retain(|it| match late {
        true => it.state == TaskState::Overdue,
        false => args.all || !it.task.course.stage.is_over(),
    });
    for line in &mut lines {
        let due = line.task.course.due.filter(|_| line.state == TaskState::Overdue);
        line.days_late = due.and_then(|it| calendar.working_days_between(it, day).ok());
    }
    lines.sort_by_key(|it| {
        let due = it.task.course.due.unwrap_or(Date::MAX);
        (Reverse(it.state == TaskState::Overdue), due, it.task.id)
    });
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in &lines {
        if args.json {
            writeln!(out, "{}", line.json(&ledger, day))?;
        } else {
            writeln!(out, "{}", printable(&line.words(&ledger, day, language)))?;
        }
    }
    out.flush()?;
    tell(&format!("{} {}", lines.len(), pick(language, "nhiệm vụ", "tasks")));
    Ok(Done::All)
}

/// The tasks that one unit leads; of several units those under the one of all stand for it.
fn chosen(book: &TaskBook, unit: Option<UnitId>, day: Date) -> Vec<Line<'_>> {
    let of_unit = book.tasks.iter().filter(|it| match (unit, it.lead) {
        (Some(unit), lead) => lead == Some(unit),
        (None, lead) => lead.is_some(),
    });
    of_unit.map(|task| Line { task, state: book.state(task, day), days_late: None }).collect()
}

impl Line<'_> {
    fn lead(&self, ledger: &Ledger, day: Date) -> Option<String> {
        let lead = self.task.lead?;
        Some(ledger.look(|books| unit_name(&books.units, lead, day)))
    }

    fn words(&self, ledger: &Ledger, day: Date, language: Language) -> String {
        let state = match language {
            Language::Vietnamese => self.state.vietnamese(),
            Language::English => self.state.english(),
        };
        let late = self.days_late.map(|it| match language {
            Language::Vietnamese => format!(" {it} ngày làm việc"),
            Language::English => format!(" by {it} working days"),
        });
        let due = match self.task.course.due {
            Some(due) => written(due),
            None => pick(language, "không thời hạn", "no deadline").to_owned(),
        };
        let lead = self.lead(ledger, day).unwrap_or_default();
        let (id, text) = (self.task.id, &self.task.order.text);
        format!("{id} · {state}{} · {due} · {lead} · {text}", late.unwrap_or_default())
    }

    fn json(&self, ledger: &Ledger, day: Date) -> serde_json::Value {
        let Self { task, state, days_late } = self;
        json!({
            "id": task.id, "version": task.version, "text": task.order.text, "state": state.code(), "due": task.course.due,
            "working_days_late": days_late, "percent": task.percent, "giver": task.order.giver.0,
            "lead": task.lead.map(|it| json!({ "id": it.0, "name": self.lead(ledger, day) })),
        })
    }
}
