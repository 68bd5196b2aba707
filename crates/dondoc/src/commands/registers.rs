//! `dondoc registers`: entries of registers in and out; their indicators are counted at once.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::Subcommand;
use dondoc_core::entry::{FieldValue, Fields};
use dondoc_core::pack::{Field, FieldKind, Pack, Register};
use dondoc_core::problem::Language;
use dondoc_core::unit::Line::State;
use dondoc_core::unit::{UnitId, Units};
use dondoc_ledger::register::{NewNote, Noted, from_json};
use dondoc_ledger::{Ledger, LedgerError};
use dondoc_store::By;
use dondoc_store::registers::{self, EntryFilter};
use jiff::civil::{Date, date};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::Done;
use crate::library::{LibraryArgs, by_this_user};
use crate::question::{find_unit, ledger, today, told, unit_name};
use crate::words::{file_bytes, pick, printable, tell};

/// The arguments of `dondoc registers`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh"
)]
pub(crate) struct RegistersArgs {
    #[command(subcommand)]
    command: RegistersCommand,
}

/// What can be done with registers.
#[derive(Debug, Subcommand)]
enum RegistersCommand {
    /// Ghi các bản ghi trong tệp JSON vào sổ; chỉ tiêu tính từ sổ được đếm lại ngay (add)
    #[command(override_usage = "dondoc registers add [TÙY CHỌN] TỆP")]
    Add(AddArgs),
    /// Liệt kê bản ghi của một sổ (list)
    #[command(override_usage = "dondoc registers list SỔ [TÙY CHỌN]")]
    List(ListArgs),
}

/// The arguments of `dondoc registers add`.
#[derive(Debug, clap::Args)]
struct AddArgs {
    /// Tệp JSON: danh sách {"pack", "register", "unit", "fields"}
    #[arg(value_name = "TỆP", help_heading = "Đối số")]
    file: PathBuf,
    /// In mỗi bản ghi một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The arguments of `dondoc registers list`.
#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Mã sổ, ví dụ course
    #[arg(value_name = "SỔ", help_heading = "Đối số")]
    register: String,
    /// Chỉ của đơn vị này và các đơn vị bên dưới
    #[arg(long, value_name = "ĐƠN VỊ", help_heading = "Tùy chọn")]
    unit: Option<String>,
    /// In mỗi bản ghi một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// An entry as it stands in a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    pack: String,
    register: String,
    unit: String,
    fields: Map<String, Value>,
}

/// Does what was asked.
///
/// # Errors
///
/// A file can't be read, or the library can't be opened or written.
pub(crate) fn run(args: &RegistersArgs, language: Language) -> anyhow::Result<Done> {
    match &args.command {
        RegistersCommand::Add(args) => add(args, language),
        RegistersCommand::List(args) => list(args, language),
    }
}

fn add(args: &AddArgs, language: Language) -> anyhow::Result<Done> {
    let name = args.file.display().to_string();
    let bytes = file_bytes(&args.file, language)?;
    let ledger = ledger(&args.library, language)?;
    let noted = note_all(&ledger, (&name, &bytes), &by_this_user(), language)?;
    let mut out = io::stdout().lock();
    for (noted, line) in &noted {
        if args.json {
            let blocks: Vec<i64> = noted.blocks.iter().map(|it| it.0).collect();
            writeln!(
                out,
                "{}",
                json!({"entry": noted.entry_id, "blocks": blocks, "register": line})
            )?;
        }
    }
    let n_blocks: usize = noted.iter().map(|it| it.0.blocks.len()).sum();
    tell(&match language {
        Language::Vietnamese => {
            format!("đã ghi {} bản ghi, đếm lại {n_blocks} báo cáo", noted.len())
        }
        Language::English => {
            format!("{} entries kept, {n_blocks} reports counted anew", noted.len())
        }
    });
    Ok(Done::All)
}

/// Keeps all entries of a file, one after the other; the first that is wrong stops, and those before it stay.
///
/// # Errors
///
/// The file is no list of entries, or one of them is wrong: said with its place.
pub(crate) fn note_all(
    ledger: &Ledger,
    (name, bytes): (&str, &[u8]),
    by: &By,
    language: Language,
) -> anyhow::Result<Vec<(Noted, String)>> {
    let lines: Vec<Line> = serde_json::from_slice(bytes).with_context(|| {
        let not_a_list = pick(
            language,
            "không phải danh sách bản ghi JSON {\"pack\", \"register\", \"unit\", \"fields\"}",
            "no JSON list of entries {\"pack\", \"register\", \"unit\", \"fields\"}",
        );
        format!("{name}: {not_a_list}")
    })?;
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let place = || format!("{name}, {} {}", pick(language, "bản ghi", "entry"), at + 1);
        let (unit, fields) = ledger.look(|books| -> anyhow::Result<_> {
            let pack = books.programmes.pack(&line.pack);
            let register = pack.and_then(|it| it.register(&line.register)).ok_or_else(|| {
                let (what, remedy) = match language {
                    Language::Vietnamese => ("không có sổ", "cách xử lý: xem dondoc packs show"),
                    Language::English => ("no such register:", "remedy: see dondoc packs show"),
                };
                anyhow!("{}: {what} `{}` ({})\n  {remedy}", place(), line.register, line.pack)
            })?;
            let unit = match books.units.by_key(&line.unit) {
                Some(unit) => unit,
                None => find_unit(&books.units, &line.unit, today(), language)?,
            };
            let fields = fields(register, &line.fields, (&books.units, language));
            Ok((unit, fields.with_context(place)?))
        })?;
        let new = NewNote { pack: &line.pack, register: &line.register, unit, fields: &fields };
        match ledger.keep_entry(&new, (by, today())) {
            Ok(noted) => all.push((noted, line.register.clone())),
            Err(LedgerError::Findings(findings)) => {
                let said: Vec<String> = findings
                    .iter()
                    .map(|it| {
                        let cell = it.place.cell.as_deref().unwrap_or_default();
                        format!("{cell}: {}; {}", it.message(language), it.remedy(language))
                    })
                    .collect();
                bail!("{}: {}", place(), said.join("\n  "))
            }
            Err(err) => return Err(told(err, language)).with_context(place),
        }
    }
    Ok(all)
}

/// Fields as they are written in files, by the kinds of the register.
fn fields(
    register: &Register,
    written: &Map<String, Value>,
    (units, language): (&Units, Language),
) -> anyhow::Result<Fields> {
    let mut fields = Fields::new();
    for (code, value) in written {
        if value.is_null() {
            continue;
        }
        let Some(field) = register.fields.iter().find(|it| it.code == *code) else {
            let codes: Vec<&str> = register.fields.iter().map(|it| it.code.as_str()).collect();
            bail!(
                "{} `{code}`; {}",
                pick(language, "sổ không có cột", "no such field:"),
                codes.join(", ")
            );
        };
        let read = field_value(field, value, (units, language));
        let name = pick(language, &field.name.vi, &field.name.en);
        fields.insert(code.clone(), read.with_context(|| format!("{code} ({name})"))?);
    }
    Ok(fields)
}

fn field_value(
    field: &Field,
    value: &Value,
    (units, language): (&Units, Language),
) -> anyhow::Result<FieldValue> {
    let wrong = || {
        let words = pick(language, "không đọc được", "can't be read:");
        anyhow!("{words} `{value}`")
    };
    let text = || value.as_str().map(str::to_owned).ok_or_else(wrong);
    let texts = || -> anyhow::Result<Vec<String>> {
        let list = value.as_array().ok_or_else(wrong)?;
        list.iter().map(|it| it.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
    };
    let unit = |text: &str| -> anyhow::Result<UnitId> {
        units.by_key(text).map_or_else(|| find_unit(units, text, today(), language), Ok)
    };
    Ok(match field.kind {
        FieldKind::Text => FieldValue::Text(text()?),
        FieldKind::Number => {
            let digits = match value {
                Value::Number(number) => number.to_string(),
                Value::String(text) => text.clone(),
                _ => return Err(wrong()),
            };
            let number = dondoc_exchange::number::read_plain(&digits, field.decimals);
            FieldValue::Number(number.map_err(|_| wrong())?)
        }
        FieldKind::Day => FieldValue::Day(text()?.parse().map_err(|_| wrong())?),
        FieldKind::YesNo => FieldValue::YesNo(value.as_bool().ok_or_else(wrong)?),
        FieldKind::Choice => FieldValue::Choice(text()?),
        FieldKind::Choices => FieldValue::Choices(texts()?),
        FieldKind::Unit => FieldValue::Unit(unit(&text()?)?),
        FieldKind::Units => {
            FieldValue::Units(texts()?.iter().map(|it| unit(it)).collect::<Result<_, _>>()?)
        }
        FieldKind::Document => FieldValue::Document(value.as_i64().ok_or_else(wrong)?),
    })
}

fn list(args: &ListArgs, language: Language) -> anyhow::Result<Done> {
    let ledger = ledger(&args.library, language)?;
    let (pack, register, unit) = ledger.look(|books| -> anyhow::Result<_> {
        let mut packs = books.programmes.packs().iter();
        let found = packs.find_map(|it| Some((it.clone(), it.register(&args.register)?.clone())));
        let (pack, register) = found.ok_or_else(|| {
            let words = pick(language, "không có sổ", "no such register:");
            anyhow!(
                "{words} `{}`\n  {}",
                args.register,
                pick(
                    language,
                    "cách xử lý: xem dondoc packs show",
                    "remedy: see dondoc packs show"
                )
            )
        })?;
        let unit = args.unit.as_deref().map(|it| find_unit(&books.units, it, today(), language));
        Ok((pack, register, unit.transpose()?))
    })?;
    let filter = EntryFilter {
        pack: &pack.pack.code,
        register: &register.code,
        unit: None,
        from: date(1, 1, 1),
        to: Date::MAX,
        withdrawn: false,
    };
    let mut entries = ledger.store().read(|tx| registers::list(tx, &filter))?;
    if let Some(unit) = unit {
        ledger.look(|books| {
            entries.retain(|it| {
                let above = || books.units.above(it.now.unit, State, it.now.occurred_on);
                it.now.unit == unit || above().contains(&unit)
            });
        });
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for entry in &entries {
        let now = &entry.now;
        if args.json {
            let line = json!({"id": entry.id, "version": now.version, "unit": now.unit, "fields": now.fields, "occurred_on": now.occurred_on});
            writeln!(out, "{line}")?;
            continue;
        }
        let fields = from_json(&now.fields)?;
        let whose = ledger.look(|books| unit_name(&books.units, now.unit, now.occurred_on));
        let day = crate::table::written(now.occurred_on);
        let shown = written((&pack, &register), &fields, language);
        writeln!(out, "{}", printable(&format!("{} · {day} · {whose} · {shown}", entry.id)))?;
    }
    out.flush()?;
    tell(&format!("{} {}", entries.len(), pick(language, "bản ghi", "entries")));
    Ok(Done::All)
}

/// Fields with their names, in the order of the register.
pub(crate) fn written(
    (pack, register): (&Pack, &Register),
    fields: &Fields,
    language: Language,
) -> String {
    let shown = register.fields.iter().filter_map(|field| {
        let name = pick(language, &field.name.vi, &field.name.en);
        let chosen = |code: &str| {
            let breakdown = field.options.as_deref().and_then(|it| pack.breakdown(it));
            let option = breakdown.and_then(|it| it.options.iter().find(|it| it.code == code));
            option.map_or(code, |it| pick(language, &it.name.vi, &it.name.en)).to_owned()
        };
        let value = match fields.get(&field.code)? {
            FieldValue::Text(text) => text.clone(),
            FieldValue::Choice(code) => chosen(code),
            FieldValue::Number(it) => crate::quantity::grouped((*it).into(), field.decimals),
            FieldValue::Day(day) => crate::table::written(*day),
            FieldValue::YesNo(true) => pick(language, "có", "yes").to_owned(),
            FieldValue::YesNo(false) => pick(language, "không", "no").to_owned(),
            FieldValue::Choices(all) => {
                all.iter().map(|it| chosen(it)).collect::<Vec<_>>().join(", ")
            }
            FieldValue::Unit(unit) => unit.to_string(),
            FieldValue::Units(all) => {
                all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }
            FieldValue::Document(id) => id.to_string(),
        };
        Some(format!("{name}: {value}"))
    });
    shown.collect::<Vec<_>>().join("; ")
}
