//! The tasks that were read in a document, and whom their names mean.

use std::collections::HashMap;

use dondoc_core::{
    decision::FindingState,
    reading::{Recurring, Task as Found},
    task::{
        Origin, TaskKind,
        addressee::{Directory, Group, Meant, OpenName},
        recurrence::{DayRule, Every, Recurrence},
    },
    unit::UnitId,
};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::{
    Found as FoundValue, documents, findings,
    tasks::{self, Beside, Order, giving::NewTask},
};
use jiff::civil::{Date, date};

use super::{FindingsSent, OpenNameView, ProposalView, ProposedFindingSent};
use crate::{
    ApiError, ask,
    documents::unknown,
    tasks::{
        giving::{first_due, root},
        views::{Worded, named},
    },
};

/// A task finding with its words.
pub(super) struct Item {
    finding: findings::Finding,
    task: Found,
    text: String,
}

/// The task findings of a document, and whom their names mean.
pub(super) struct Reader {
    document: i64,
    pub(super) giver: UnitId,
    issued_on: Option<Date>,
    today: Date,
    pub(super) found: Vec<Item>,
    taken: HashMap<i64, i64>,
}

impl Reader {
    pub(super) fn open(
        ledger: &Ledger,
        document: i64,
        giver: Option<UnitId>,
        today: Date,
    ) -> Result<Self, ApiError> {
        let store = ledger.store();
        let summary = documents::summary(store, document)?.ok_or(ApiError::NotFound)?;
        let (start, text) = documents::own_text(store, document)?.ok_or(ApiError::NotFound)?;
        let words = |from: usize, to: usize| -> String {
            let skip = from.saturating_sub(start);
            text.chars().skip(skip).take(to.saturating_sub(from)).collect()
        };
        let mut found = Vec::new();
        for finding in findings::of_document(store, document)? {
            let FoundValue::Task(task) = &finding.value else { continue };
            let text = words(task.span.start, task.span.end);
            found.push(Item { task: task.clone(), text, finding });
        }
        let taken = store.read(|tx| tasks::of_findings(tx, document))?;
        let giver = ledger.look(|books| {
            let root = root(books, today)?;
            let directory = Directory::new(&books.units, root, today);
            let issuer = summary.issuer.as_deref().map(|it| directory.resolve(it));
            let issuer = issuer.filter(|it| it.units.len() == 1 && it.open.is_empty());
            Ok::<_, ApiError>(giver.or(issuer.map(|it| it.units[0])).unwrap_or(root))
        })?;
        Ok(Self { document, giver, issued_on: summary.issued_on, today, found, taken })
    }

    fn directory<'b>(&self, books: &'b Books) -> Directory<'b> {
        Directory::new(&books.units, self.giver, self.today)
    }

    pub(super) fn proposal(&self, ledger: &Ledger, item: &Item) -> ProposalView {
        ledger.look(|books| {
            let directory = self.directory(books);
            let (lead, coordinate) = self.meant(&directory, item);
            let name = |it: &UnitId| named(books, *it, self.today);
            let open = |meant: &Meant, role| -> Vec<OpenNameView> {
                let view = |it: &OpenName| OpenNameView {
                    name: it.name.clone(),
                    role,
                    candidates: it.candidates.iter().map(name).collect(),
                };
                meant.open.iter().map(view).collect()
            };
            let state = item.finding.state;
            let task_id = self.taken.get(&item.finding.id).copied();
            ProposalView {
                finding_id: item.finding.id,
                state: state.code(),
                text: item.text.clone(),
                label: item.task.label.clone(),
                written: printed(&item.task).to_vec(),
                leads: lead.units.iter().map(name).collect(),
                coordinating: coordinate.units.iter().map(name).collect(),
                groups: lead.groups.iter().map(|it| Worded::from(*it)).collect(),
                office: lead.office.clone(),
                due: self.due(&item.task).map(|it| it.to_string()),
                recurrence: recurrence(&item.task).map(|it| it.to_string()),
                is_clear: is_accepted(state)
                    && task_id.is_none()
                    && !lead.units.is_empty()
                    && lead.open.is_empty(),
                open: open(&lead, "lead")
                    .into_iter()
                    .chain(open(&coordinate, "coordinate"))
                    .collect(),
                task_id,
            }
        })
    }

    /// The tasks to be given, and those in whose way something is.
    pub(super) fn choose(
        &self,
        ledger: &Ledger,
        sent: &FindingsSent,
    ) -> Result<(Vec<NewTask>, Vec<ProposalView>), ApiError> {
        let all = || {
            let left = self.found.iter().filter(|it| {
                is_accepted(it.finding.state) && !self.taken.contains_key(&it.finding.id)
            });
            left.map(|it| ProposedFindingSent::of(it.finding.id)).collect()
        };
        let items: Vec<ProposedFindingSent> = sent.items.clone().unwrap_or_else(all);
        let (mut new, mut problems) = (Vec::new(), Vec::new());
        for chosen in &items {
            let item = self.found.iter().find(|it| it.finding.id == chosen.finding);
            let item = item.ok_or(ApiError::NotFound)?;
            let task = ledger.look(|books| self.task(books, item, (chosen, sent)))?;
            let is_free = is_accepted(item.finding.state)
                && !self.taken.contains_key(&item.finding.id)
                && !task.leads.is_empty();
            if is_free { new.push(task) } else { problems.push(self.proposal(ledger, item)) }
        }
        if problems.is_empty() { Ok((new, problems)) } else { Ok((Vec::new(), problems)) }
    }

    fn task(
        &self,
        books: &Books,
        item: &Item,
        (chosen, sent): (&ProposedFindingSent, &FindingsSent),
    ) -> Result<NewTask, ApiError> {
        let directory = self.directory(books);
        let (lead, coordinate) = self.meant(&directory, item);
        let mut leads: Vec<UnitId> =
            chosen.lead.iter().chain(&chosen.leads).copied().map(UnitId).collect();
        let is_put_right = !leads.is_empty();
        if let Some(unit) = leads.iter().find(|it| books.units.get(**it).is_none()) {
            return Err(ApiError::BadValue { detail: format!("`lead`: {}", unit.0) });
        }
        // A name that is left open lets the whole task wait: half of its units would be half of the truth.
        if !is_put_right && lead.open.is_empty() {
            leads.clone_from(&lead.units);
        }
        let coordinates = match &chosen.coordinates {
            Some(units) => units.iter().copied().map(UnitId).collect(),
            None => coordinate.units.iter().copied().filter(|it| !leads.contains(it)).collect(),
        };
        let open: Vec<&str> = coordinate.open.iter().map(|it| it.name.as_str()).collect();
        let note = (chosen.coordinates.is_none() && !open.is_empty())
            .then(|| format!("Phối hợp theo văn bản: {}", open.join("; ")));
        let said: Option<Recurrence> = ask::some(chosen.recurrence.clone())
            .map(|it| it.parse())
            .transpose()
            .map_err(|_| unknown("recurrence", "month/day/1/25, quarter/after/5"))?;
        let recurrence = said.or_else(|| recurrence(&item.task));
        let day = ask::day("due", chosen.due.clone())?.or_else(|| self.due(&item.task));
        let due = first_due(day, recurrence, self.today)?;
        let kind = match (recurrence, due) {
            (Some(_), _) => TaskKind::Standing,
            (None, Some(_)) => TaskKind::Deadline,
            (None, None) => TaskKind::Regular,
        };
        let groups: Vec<Group> = if is_put_right { Vec::new() } else { lead.groups };
        let order = Order {
            text: item.text.split_whitespace().collect::<Vec<_>>().join(" "),
            label: item.task.label.clone(),
            origin: Origin::Document,
            source: None,
            arrival: ask::some(sent.arrival.clone()),
            document_id: Some(self.document),
            finding_id: Some(item.finding.id),
            programme: ask::some(sent.programme.clone()),
            component: ask::some(chosen.component.clone()),
            giver: self.giver,
            groups,
            office: lead.office,
            kind,
            recurrence,
            product: ask::some(chosen.product.clone()),
            note,
            parent_id: None,
        };
        let beside = Beside { coordinates, addressed: Vec::new() };
        Ok(NewTask { order, leads, beside, due })
    }

    fn meant(&self, directory: &Directory<'_>, item: &Item) -> (Meant, Meant) {
        (all_of(directory, printed(&item.task)), all_of(directory, &item.task.coordinate))
    }

    /// The last day of what the text gives: a day, a month, a year, or a stretch of these.
    fn due(&self, task: &Found) -> Option<Date> {
        let text = task.due.as_deref()?;
        let text = text.rsplit('/').next()?;
        let due = match text.len() {
            10 => text.parse().ok()?,
            7 => format!("{text}-01").parse::<Date>().ok()?.last_of_month(),
            4 => date(text.parse().ok()?, 12, 31),
            _ => return None,
        };
        // A day before the document itself is no deadline that it sets.
        self.issued_on.is_none_or(|it| it <= due).then_some(due)
    }
}

impl ProposedFindingSent {
    fn of(finding: i64) -> Self {
        Self {
            finding,
            lead: None,
            leads: Vec::new(),
            coordinates: None,
            due: None,
            recurrence: None,
            component: None,
            product: None,
        }
    }
}

fn is_accepted(state: FindingState) -> bool {
    matches!(state, FindingState::Accepted | FindingState::Corrected | FindingState::Added)
}

/// Those who are told to do it: its leads, else all whom the document addresses.
fn printed(task: &Found) -> &[String] {
    if task.lead.is_empty() { &task.recipients } else { &task.lead }
}

fn all_of(directory: &Directory<'_>, names: &[String]) -> Meant {
    let mut all = Meant::default();
    for name in names {
        let one = directory.resolve(name);
        all.units.extend(one.units);
        all.groups.extend(one.groups);
        all.open.extend(one.open);
        all.office = all.office.or(one.office);
    }
    let mut seen = std::collections::HashSet::new();
    all.units.retain(|it| seen.insert(*it));
    all.groups.sort_unstable();
    all.groups.dedup();
    all
}

/// When a standing task falls due: where the text gives no day, on the last working days of custom — five after the round.
fn recurrence(task: &Found) -> Option<Recurrence> {
    let every = match task.recurring? {
        Recurring::Monthly => Every::Month,
        Recurring::Quarterly => Every::Quarter,
        Recurring::Yearly => Every::Year,
        Recurring::Periodic | Recurring::Regular => return None,
    };
    Recurrence::new(every, DayRule::WorkingDaysAfter(5))
}
