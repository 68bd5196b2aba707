//! Entries and registers as they are sent.

use std::collections::BTreeMap;

use dondoc_core::{
    entry::Fields,
    figure::{Content, Series},
    pack::{Field, FieldKind, Indicator, Pack, Register},
};
use dondoc_exchange::{
    entries::{Paper, shown},
    number,
};
use dondoc_ledger::{Programmes, register::Recounted};
use dondoc_store::registers::{Entry, files::EntryFile};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::error::Bilingual;

/// A field of a register, from which a form, a table and filters are made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterFieldView {
    code: String,
    name: Bilingual,
    /// `text`, `number`, `day`, `yes_no`, `choice`, `choices`, `unit`, `units` or `document`.
    kind: &'static str,
    required: bool,
    /// What may be chosen.
    options: Vec<RegisterOptionView>,
    /// Of a number: digits after the comma.
    decimals: u8,
    /// Of a number: the unit of measure.
    measure: Option<String>,
}

/// Something that may be chosen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterOptionView {
    code: String,
    name: Bilingual,
}

/// An indicator that is counted from a register.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedIndicatorView {
    code: String,
    name: Bilingual,
    measure: String,
    /// Whether it may be shown; others wait for their owner's word.
    is_on: bool,
}

/// An entry as it now stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView {
    pub(super) id: i64,
    /// Goes up with every change; a change names the one that was seen.
    pub(super) version: i64,
    pub(super) unit: u32,
    pub(super) unit_name: String,
    /// The day that puts it into a period.
    #[schema(format = Date)]
    pub(super) occurred_on: String,
    /// `kept`, or `withdrawn` and counted no more.
    pub(super) state: &'static str,
    /// As they are kept, each with its kind.
    #[schema(value_type = Object)]
    pub(super) fields: Map<String, Value>,
    /// The same as they are written in Vietnamese: `05/07/2026`, `1.234,5`, names of options and units.
    #[schema(value_type = Object)]
    pub(super) shown: BTreeMap<String, String>,
    /// Whether a later entry of the unit takes its place in totals.
    pub(super) is_superseded: bool,
    /// How many files are attached.
    pub(super) n_files: i64,
    pub(super) by: String,
    #[schema(format = DateTime)]
    pub(super) at: String,
    /// Why it was changed last.
    pub(super) reason: Option<String>,
}

/// A figure that came out otherwise when it was counted anew; an approved one stays.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecountedView {
    indicator: String,
    name: Bilingual,
    measure: String,
    option: Option<String>,
    option_name: Option<Bilingual>,
    unit: u32,
    unit_name: String,
    /// `2025-09`.
    period: String,
    before: RecountedContentView,
    after: RecountedContentView,
    /// `up`, `down`, or `none` where that can't be said.
    direction: &'static str,
    /// The form that the figure before was approved on: it stays in force until it is corrected there, and `after` is only
    /// what the register comes to. Null if the figure is another one now.
    held_by: Option<String>,
}

/// What a figure says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecountedContentView {
    /// `value`, `ratio`, `nil` (nothing occurred), or `none`: there is no figure.
    kind: &'static str,
    /// As it is written in Vietnamese: `1.234,5`; of a share its two parts: `12/40`.
    text: Option<String>,
}

/// A file attached to an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryFileView {
    id: i64,
    name: String,
    /// What its bytes are: `pdf`.
    kind: String,
    n_bytes: i64,
    sha256: String,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    withdrawn_by: Option<String>,
    #[schema(format = DateTime)]
    withdrawn_at: Option<String>,
    reason: Option<String>,
}

impl RegisterFieldView {
    pub(super) fn new(pack: &Pack, field: &Field) -> Self {
        let breakdown = field.options.as_deref().and_then(|it| pack.breakdown(it));
        let options = breakdown.into_iter().flat_map(|it| &it.options);
        let option = |it: &dondoc_core::pack::BreakdownOption| RegisterOptionView {
            code: it.code.clone(),
            name: (&it.name).into(),
        };
        Self {
            code: field.code.clone(),
            name: (&field.name).into(),
            kind: kind(field.kind),
            required: field.required,
            options: options.map(option).collect(),
            decimals: field.decimals,
            measure: field.measure.clone(),
        }
    }
}

fn kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Number => "number",
        FieldKind::Day => "day",
        FieldKind::YesNo => "yes_no",
        FieldKind::Choice => "choice",
        FieldKind::Choices => "choices",
        FieldKind::Unit => "unit",
        FieldKind::Units => "units",
        FieldKind::Document => "document",
    }
}

impl CountedIndicatorView {
    /// The indicators that are counted from a register.
    pub(super) fn of(programmes: &Programmes, pack: &Pack, register: &Register) -> Vec<Self> {
        let counts = |it: &&Indicator| it.counted.iter().any(|it| it.register == register.code);
        let view = |it: &Indicator| Self {
            code: it.code.clone(),
            name: (&it.name).into(),
            measure: it.measure.clone(),
            is_on: programmes.is_on(it),
        };
        pack.indicators.iter().filter(counts).map(view).collect()
    }
}

impl EntryView {
    pub(super) fn new(paper: &Paper<'_>, entry: Entry, fields: &Fields) -> Self {
        Self {
            id: entry.id,
            version: entry.now.version,
            unit: entry.now.unit.0,
            unit_name: (paper.unit_name)(entry.now.unit),
            occurred_on: entry.now.occurred_on.to_string(),
            state: entry.now.state.code(),
            shown: all_shown(paper, fields),
            fields: entry.now.fields,
            is_superseded: false,
            n_files: 0,
            by: entry.now.by.actor,
            at: entry.now.by.at.to_string(),
            reason: entry.now.reason,
        }
    }
}

/// All fields as they are written.
pub(super) fn all_shown(paper: &Paper<'_>, fields: &Fields) -> BTreeMap<String, String> {
    let of =
        |field: &Field| Some((field.code.clone(), shown(paper, field, fields.get(&field.code)?)));
    paper.register.fields.iter().filter_map(of).collect()
}

impl RecountedView {
    /// `None` for an indicator that may not be shown.
    pub(super) fn new(
        programmes: &Programmes,
        it: &Recounted,
        unit_name: impl FnOnce() -> String,
    ) -> Option<Self> {
        let Series { indicator: code, option } = &it.series;
        let indicator = programmes.indicator(code).filter(|it| programmes.is_on(it))?;
        let pack = programmes.pack_of(code)?;
        let direction = match (it.before, it.after) {
            (Some(Content::Value(before)), Content::Value(after)) if after > before => "up",
            (Some(Content::Value(before)), Content::Value(after)) if after < before => "down",
            (None | Some(Content::Nil | Content::NoFigure), Content::Value(_)) => "up",
            _ => "none",
        };
        Some(Self {
            indicator: code.clone(),
            name: (&indicator.name).into(),
            measure: indicator.measure.clone(),
            option: option.clone(),
            option_name: option.as_ref().map(|it| option_name(pack, indicator, it)),
            unit: it.unit.0,
            unit_name: unit_name(),
            period: it.period.to_string(),
            before: RecountedContentView::new(it.before, indicator),
            after: RecountedContentView::new(Some(it.after), indicator),
            direction,
            held_by: it.held_by.clone(),
        })
    }
}

impl RecountedContentView {
    fn new(content: Option<Content>, indicator: &Indicator) -> Self {
        let shown = |it: i64| number::show(it, indicator.decimals);
        let (kind, text) = match content {
            Some(Content::Value(value)) => ("value", Some(shown(value))),
            Some(Content::Ratio { numerator, denominator }) => {
                ("ratio", Some(format!("{}/{}", shown(numerator), shown(denominator))))
            }
            Some(Content::Nil) => ("nil", None),
            Some(Content::NoFigure) | None => ("none", None),
        };
        Self { kind, text }
    }
}

/// The name of an option; of two breakdowns crossed the names of both.
fn option_name(pack: &Pack, indicator: &Indicator, option: &str) -> Bilingual {
    let (mut vi, mut en) = (Vec::new(), Vec::new());
    for (code, breakdown) in option.split('+').zip(&indicator.breakdowns) {
        let options = pack.breakdown(breakdown).into_iter().flat_map(|it| &it.options);
        let name = options.into_iter().find(|it| it.code == code).map(|it| &it.name);
        vi.push(name.map_or(code, |it| &it.vi));
        en.push(name.map_or(code, |it| &it.en));
    }
    Bilingual { vi: vi.join(", "), en: en.join(", ") }
}

impl From<EntryFile> for EntryFileView {
    fn from(it: EntryFile) -> Self {
        let (withdrawn, reason) = it.withdrawn.unzip();
        Self {
            id: it.id,
            name: it.name,
            kind: it.kind,
            n_bytes: it.n_bytes,
            sha256: it.sha256,
            by: it.by.actor,
            at: it.by.at.to_string(),
            withdrawn_at: withdrawn.as_ref().map(|it| it.at.to_string()),
            withdrawn_by: withdrawn.map(|it| it.actor),
            reason,
        }
    }
}
