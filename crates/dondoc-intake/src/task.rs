//! What a document asks of whom.
//!
//! An official document is read as an [outline](crate::outline): its sections say whether their items are tasks,
//! sentences that open a list say to whom they go, and every paragraph is searched for a body that is told to do
//! something. An article is read sentence by sentence, for a speaker who asks named bodies for something.

use std::{ops::Range, rc::Rc};

use dondoc_core::reading::{Recurring, Task};

use crate::{
    header::Header,
    segment::{Form, Segment},
    text::{Text, lex::TokenKind},
};

mod article;
mod closing;
mod deadline;
mod item;
mod meta;
mod official;
mod opening;
mod order;
mod parts;
mod section;
mod table;

/// A task in tokens and fields.
#[derive(Clone, Debug, Default)]
struct Found {
    tokens: Range<usize>,
    label: Option<String>,
    parent: Option<String>,
    lead: Vec<String>,
    coordinate: Vec<String>,
    recipients: Rc<[String]>,
    due: Option<String>,
    recurring: Option<Recurring>,
}

/// The tasks of a document in order, parents before their children.
#[must_use]
pub fn tasks(text: &Text<'_>, segment: &Segment, header: &Header) -> Vec<Task> {
    let mut found = match segment.form {
        Form::Official => official::tasks(text, header),
        Form::Article => article::tasks(text, segment, header),
    };
    found.sort_by_key(|it| (it.tokens.start, std::cmp::Reverse(it.tokens.end)));
    // The recipients of a list are written out for each of its items: a hostile text could make that quadratic.
    let n_bytes: usize =
        found.iter().map(|it| it.recipients.iter().map(String::len).sum::<usize>()).sum();
    let has_recipients = n_bytes <= text.source.len().saturating_mul(16).saturating_add(1 << 20);
    found.into_iter().filter_map(|it| task(text, it, has_recipients)).collect()
}

fn task(text: &Text<'_>, found: Found, has_recipients: bool) -> Option<Task> {
    // No span begins or ends with marks of markdown.
    let is_markdown =
        |it: &usize| matches!(text.tokens[*it].kind, TokenKind::Mark('#' | '|' | '\\'));
    let start = found.tokens.clone().find(|it| !is_markdown(it))?;
    let end = found.tokens.clone().rev().find(|it| !is_markdown(it))? + 1;
    Some(Task {
        span: text.span(start..end)?,
        label: found.label,
        parent: found.parent,
        lead: unique(found.lead),
        coordinate: unique(found.coordinate),
        recipients: if has_recipients { found.recipients.to_vec() } else { Vec::new() },
        due: found.due,
        recurring: found.recurring,
    })
}

/// Names in order, each once.
fn unique(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if kept.len() < MAX_NAMES && !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

/// How many bodies a task names at most.
const MAX_NAMES: usize = 60;

/// Runs of tokens as fields.
fn fields(text: &Text<'_>, runs: &[Range<usize>]) -> Vec<String> {
    runs.iter().take(MAX_NAMES).map(|it| text.field(it.clone())).collect()
}

#[cfg(test)]
mod tests;
