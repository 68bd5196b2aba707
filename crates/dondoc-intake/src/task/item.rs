//! A numbered item as a task, and its parts that are tasks of their own.

use std::{ops::Range, rc::Rc};

use jiff::civil::Date;

use super::{
    Found, deadline, fields,
    meta::{self, Meta},
    order::{Orders, Subject, directed, orders},
};
use crate::text::lex::word;
use crate::{
    body::{bodies_of_heading, is_word_at},
    outline::{Node, Outline},
    text::{Text, layout::LabelKind, lex::TokenKind},
};
use dondoc_core::fold::SyllableKey;

/// What items are read against.
pub(super) struct Items<'t, 's> {
    /// The text.
    pub(super) text: &'t Text<'s>,
    /// The outline that the items stand in.
    pub(super) outline: &'t Outline,
    /// The type word that labels of the part begin with.
    pub(super) part: Option<&'t str>,
    /// The day of issue.
    pub(super) issued: Option<Date>,
}

/// How deep below an item its parts are looked into.
const MAX_DEPTH: usize = 4;

/// One list of names after another.
fn with(mut names: Vec<String>, more: Vec<String>) -> Vec<String> {
    names.extend(more);
    names
}

/// Whether two lists name the same bodies: `Doanh nghiệp viễn thông` is `các doanh nghiệp viễn thông` again.
fn are_same(one: &[String], other: &[String]) -> bool {
    let plain = |it: &String| {
        let it = it.to_lowercase();
        it.strip_prefix("các ").map_or_else(|| it.clone(), str::to_owned)
    };
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| plain(one) == plain(other))
}

/// An item in the making.
struct Item {
    /// Its label, for its children.
    label: Option<String>,
    /// The bodies of its heading: its lead, and that of children without a body of their own.
    heading: Vec<String>,
    /// Whether the heading is nothing but these bodies.
    is_body: bool,
    recipients: Rc<[String]>,
    /// Its own runs, without those of its children.
    own: Vec<Range<usize>>,
    children: Vec<Found>,
}

impl Items<'_, '_> {
    /// The path of printed labels of a node, from the highest that counts: `IV.1`, `Điều 3`, `Quy định.Điều 9.2.a`.
    pub(super) fn path(&self, node: usize) -> Option<String> {
        let mut labels: Vec<String> = Vec::new();
        let mut next = Some(node);
        while let Some(at) = next {
            let node = &self.outline.nodes[at];
            match &node.label {
                Some((
                    LabelKind::Part | LabelKind::Chapter | LabelKind::Section | LabelKind::Bullet,
                    _,
                ))
                | None => {}
                Some((LabelKind::Article, parts)) => {
                    labels.push(format!("Điều {parts}"));
                    break;
                }
                Some((_, parts)) => {
                    // `4.1` under `4.` says its path itself.
                    let is_said = labels.last().is_some_and(|it| {
                        it.strip_prefix(parts.as_str()).is_some_and(|it| it.starts_with('.'))
                    });
                    if !is_said {
                        labels.push(parts.clone());
                    }
                }
            }
            next = node.parent;
        }
        if labels.is_empty() {
            return None;
        }
        labels.extend(self.part.map(str::to_owned));
        labels.reverse();
        Some(labels.join("."))
    }

    /// The bodies that a heading names and is nothing but: `2. Sở Y tế`, `Trách nhiệm của Sở Nội vụ`.
    pub(super) fn heading_bodies(&self, node: usize) -> Option<Vec<String>> {
        let words = self.heading_words(node)?;
        let bodies = bodies_of_heading(self.text, words)?;
        Some(fields(self.text, &bodies.pieces))
    }

    /// The words of a node that heads what stands below it: without `Đề nghị`, `Trách nhiệm của` and its colon.
    fn heading_words(&self, node: usize) -> Option<Range<usize>> {
        let it = &self.outline.nodes[node];
        let mut words = it.words();
        while words.start < words.end
            && matches!(
                self.text.tokens[words.end - 1].kind,
                TokenKind::Mark(':' | '.' | ';' | ',')
            )
        {
            words.end -= 1;
        }
        // A sentence is no heading.
        let has_more = it.end > node + 1 || self.text.tokens[it.tokens.end - 1].is_mark(':');
        if words.is_empty() || words.len() > 80 || !has_more {
            return None;
        }
        // `Các đơn vị cấp nước có trách nhiệm:`
        for (first, second) in [(word!("có"), word!("trách")), (word!("chịu"), word!("trách"))]
        {
            let at = words.end.saturating_sub(3);
            if at > words.start
                && is_word_at(self.text, at, first)
                && is_word_at(self.text, at + 1, second)
            {
                words.end = at;
            }
        }
        let word = |at: usize, word: SyllableKey| at < words.end && is_word_at(self.text, at, word);
        let start = words.start;
        let after = if word(start, word!("đề")) && word(start + 1, word!("nghị"))
            || word(start, word!("đối")) && word(start + 1, word!("với"))
            || word(start, word!("yêu")) && word(start + 1, word!("cầu"))
        {
            start + 2
        } else if word(start, word!("trách")) && word(start + 1, word!("nhiệm"))
            || word(start, word!("nhiệm")) && word(start + 1, word!("vụ"))
        {
            let mut at = start + 2;
            for skip in [word!("thực"), word!("hiện"), word!("của")] {
                at += usize::from(word(at, skip));
            }
            at
        } else if word(start, word!("giao")) {
            start + 1
        } else {
            start
        };
        Some(after..words.end)
    }

    /// The task that a numbered node is, with its children.
    pub(super) fn read(&self, node: usize, recipients: &Rc<[String]>) -> Vec<Found> {
        let it = &self.outline.nodes[node];
        let body = self.heading_bodies(node);
        let is_body = body.is_some();
        let heading = body.unwrap_or_else(|| self.leading_bodies(it, node));
        let mut item = Item {
            label: self.path(node),
            heading,
            is_body,
            recipients: Rc::clone(recipients),
            own: vec![it.words()],
            children: Vec::new(),
        };
        let mut said = Meta::default();
        let units: Vec<usize> = self.outline.children(node).collect();
        if !self.read_lines(&mut item, &units, &mut said) {
            self.read_units(&mut item, &units, 0, 0);
        }
        let Item { label, heading, own, children, .. } = item;
        for run in &own {
            meta::read(self.text, run.clone(), &mut said);
        }
        let found = self.orders_of(&own);
        let lead = if is_body { heading } else { self.lead_of(&found, &own) };
        let mut tasks = vec![Found {
            tokens: self.outline.extent(node),
            label,
            parent: None,
            lead: if said.lead.is_empty() || is_body { lead } else { said.lead },
            coordinate: with(fields(self.text, &found.coordinate), said.coordinate),
            recipients: Rc::clone(recipients),
            due: deadline::due(self.text, &own, self.issued).or(said.due),
            recurring: said.recurring.or_else(|| deadline::recurring(self.text, &own)),
        }];
        tasks.extend(children);
        tasks
    }

    /// The bodies of a first sentence that goes on below: `1. Giao Sở Y tế:`, `Sở Y tế có trách nhiệm:`.
    fn leading_bodies(&self, it: &Node, node: usize) -> Vec<String> {
        let last = &self.text.tokens[it.tokens.end - 1];
        if it.end == node + 1
            || !last.is_mark(':')
            || is_word_at(self.text, it.words_start, word!("về"))
        {
            return Vec::new();
        }
        orders(self.text, it.words())
            .subjects
            .first()
            .map_or_else(Vec::new, |it| fields(self.text, &it.bodies))
    }

    /// One group of lines (`Đơn vị chủ trì: …`) among the paragraphs of an item speaks of the whole item. Returns
    /// whether that was so.
    fn read_lines(&self, item: &mut Item, units: &[usize], said: &mut Meta) -> bool {
        let groups = self.groups(units);
        if groups.iter().filter(|(_, has_lines)| *has_lines).count() != 1 {
            return false;
        }
        for unit in units {
            let words = self.outline.nodes[*unit].words();
            if meta::is_meta(self.text, &words) {
                meta::read(self.text, words, said);
            } else {
                item.own.push(self.outline.extent(*unit));
            }
        }
        true
    }

    /// Paragraphs with the lines that follow them: how many units each group has, and whether it has lines.
    fn groups(&self, units: &[usize]) -> Vec<(usize, bool)> {
        let mut groups: Vec<(usize, bool)> = Vec::new();
        let is_line: Vec<bool> = units
            .iter()
            .map(|it| meta::is_meta(self.text, &self.outline.nodes[*it].words()))
            .collect();
        let has_lines = is_line.contains(&true);
        for is_line in &is_line {
            match groups.last_mut() {
                // Several paragraphs before a line are one group, which the line closes.
                Some((n_units, is_closed)) if has_lines && (*is_line || !*is_closed) => {
                    *n_units += 1;
                    *is_closed |= *is_line;
                }
                _ => groups.push((1, has_lines && *is_line)),
            }
        }
        groups
    }

    /// Paragraphs that are children, each for itself; the others are the item's own. `n_around`: how many
    /// paragraphs stand beside the one that these are below.
    fn read_units(&self, item: &mut Item, units: &[usize], n_around: usize, depth: usize) {
        // A heading on its own (`c) Khử trùng`) is no sibling, so its parts count with those around it.
        let n_units = units.len().max(n_around);
        let mut at = 0;
        for (n_group, has_lines) in self.groups(units) {
            let group = &units[at..at + n_group];
            at += n_group;
            if has_lines {
                item.children.push(self.group(item, group));
                continue;
            }
            for unit in group {
                let node = &self.outline.nodes[*unit];
                if let Some(child) = self.child(item, *unit, n_units) {
                    item.children.push(child);
                } else if node.end > unit + 1 && depth < MAX_DEPTH {
                    item.own.push(node.words());
                    let below: Vec<usize> = self.outline.children(*unit).collect();
                    self.read_units(item, &below, n_units, depth + 1);
                } else {
                    item.own.push(self.outline.extent(*unit));
                }
            }
        }
    }

    /// The child that a paragraph with its lines is.
    fn group(&self, item: &Item, group: &[usize]) -> Found {
        let first = self.outline.extent(group[0]);
        let last = self.outline.extent(group[group.len() - 1]);
        let tokens = first.start..last.end.max(first.end);
        let mut said = Meta::default();
        for unit in group {
            meta::read(self.text, self.outline.nodes[*unit].words(), &mut said);
        }
        let found = orders(self.text, self.outline.nodes[group[0]].words());
        let lead = if said.lead.is_empty() { self.lead_of(&found, &[]) } else { said.lead };
        let is_numbered = self.outline.nodes[group[0]].is_numbered();
        Found {
            label: is_numbered.then(|| self.path(group[0])).flatten(),
            parent: item.label.clone(),
            lead: if lead.is_empty() { item.heading.clone() } else { lead },
            coordinate: with(fields(self.text, &found.coordinate), said.coordinate),
            recipients: Rc::clone(&item.recipients),
            due: said.due,
            recurring: said.recurring,
            tokens,
        }
    }

    /// The child that a paragraph of an item is: it has its own lead, coordinating bodies or deadline.
    fn child(&self, item: &Item, unit: usize, n_units: usize) -> Option<Found> {
        if n_units < 2 {
            return None;
        }
        let node = &self.outline.nodes[unit];
        let extent = self.outline.extent(unit);
        let own_body = self.heading_bodies(unit).filter(|it| !are_same(it, &item.heading));
        let has_parts = node.end > unit + 1;
        let run = if has_parts && own_body.is_none() {
            node.words()
        } else {
            node.words_start.min(extent.end)..extent.end
        };
        let found = orders(self.text, run.clone());
        let has_subject = found.subjects.first().is_some_and(|it| self.is_own(item, it, node));
        let due = deadline::due(self.text, std::slice::from_ref(&run), self.issued);
        let has_own =
            own_body.is_some() || has_subject || due.is_some() || !found.coordinate.is_empty();
        if !has_own {
            return None;
        }
        let found = if has_parts {
            orders(self.text, node.words_start.min(extent.end)..extent.end)
        } else {
            found
        };
        let lead = match (own_body, has_subject) {
            (Some(bodies), _) => bodies,
            (None, true) => self.lead_of(&found, &[]),
            (None, false) => item.heading.clone(),
        };
        let mut said = Meta::default();
        meta::read(self.text, extent.clone(), &mut said);
        Some(Found {
            label: node.is_numbered().then(|| self.path(unit)).flatten(),
            parent: item.label.clone(),
            lead: if said.lead.is_empty() { lead } else { said.lead },
            coordinate: with(fields(self.text, &found.coordinate), said.coordinate),
            recipients: Rc::clone(&item.recipients),
            due: deadline::due(self.text, std::slice::from_ref(&extent), self.issued).or(said.due),
            recurring: deadline::recurring(self.text, std::slice::from_ref(&extent))
                .or(said.recurring),
            tokens: extent,
        })
    }

    /// Whether the subject of a paragraph is another than the body that heads the item.
    fn is_own(&self, item: &Item, subject: &Subject, node: &Node) -> bool {
        if !item.is_body {
            return !are_same(&fields(self.text, &subject.bodies), &item.heading);
        }
        // Under a body `các cơ quan` in mid sentence are that body again.
        subject.at == node.words_start
            && !are_same(&fields(self.text, &subject.bodies), &item.heading)
    }

    fn orders_of(&self, runs: &[Range<usize>]) -> Orders {
        let mut all = Orders::default();
        for run in runs {
            let found = orders(self.text, run.clone());
            all.subjects.extend(found.subjects);
            all.coordinate.extend(found.coordinate);
        }
        all
    }

    /// The bodies told to do it; without any, X in `chỉ đạo X …`.
    fn lead_of(&self, found: &Orders, runs: &[Range<usize>]) -> Vec<String> {
        let told: Vec<String> =
            found.subjects.iter().flat_map(|it| fields(self.text, &it.bodies)).collect();
        if !told.is_empty() {
            return told;
        }
        let directed = runs.first().and_then(|it| directed(self.text, it.clone()));
        directed.map_or_else(Vec::new, |it| fields(self.text, &it))
    }
}
