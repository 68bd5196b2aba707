//! Tasks of an official document, section by section.

use std::{ops::Range, rc::Rc};

use super::{
    Found, closing,
    item::Items,
    opening::{Opening, executors, is_formula, opening_of},
    order::{Force, is_imperative, orders},
    parts::{Part, parts},
    section::{Section, is_closed_item, section_of},
    table,
};
use crate::text::lex::word;
use crate::{
    body::is_word_at,
    header::Header,
    outline::Outline,
    text::{Text, layout::LabelKind},
};
use dondoc_core::fold::SyllableKey;

/// The tasks of an official document.
pub(super) fn tasks(text: &Text<'_>, header: &Header) -> Vec<Found> {
    let parts = parts(text, header);
    let addressed: Rc<[String]> = if header.addressees.is_empty() {
        parts.first().map_or_else(|| Rc::from([]), |it| execution(text, it))
    } else {
        Rc::from(header.addressees.as_slice())
    };
    let mut found = Vec::new();
    for part in &parts {
        let tables = table::tables(text, part.tokens.clone());
        let tabled: Vec<Range<usize>> = tables.iter().map(|it| it.tokens.clone()).collect();
        let end = closing::closing_start(text, &part.tokens);
        let outline = Outline::new(text, &(part.tokens.start..end), &tabled);
        let items =
            Items { text, outline: &outline, part: part.name.as_deref(), issued: header.issued_on };
        let mut walk = Walk { items: &items, found: &mut found, recipients: Rc::clone(&addressed) };
        walk.top(part.name.is_some(), header.kind == "BC");
        let recipients = Rc::clone(&walk.recipients);
        for table in &tables {
            found.extend(table::tasks(&items, table, &recipients));
        }
        found.extend(closing::tasks(text, end..part.tokens.end, &recipients));
    }
    found
}

/// The bodies that the execution clause of a part names.
fn execution(text: &Text<'_>, part: &Part) -> Rc<[String]> {
    let first = text.blocks.partition_point(|it| it.tokens.end <= part.tokens.start);
    text.blocks[first..]
        .iter()
        .take_while(|it| it.tokens.start < part.tokens.end)
        .filter_map(|it| {
            let start = it.tokens.start + it.label.as_ref().map_or(0, |it| it.n_tokens);
            executors(text, start..it.tokens.end.min(part.tokens.end))
        })
        .last()
        .map_or_else(|| Rc::from([]), |it| it.iter().map(|it| text.field(it.clone())).collect())
}

/// What holds for the siblings that are being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mode {
    section: Section,
    /// An order opened the list that they stand in.
    is_ordered: bool,
    /// `kết luận như sau:` opened it.
    is_concluded: bool,
    /// It lies in an article, whose clauses also lay down other things than tasks.
    is_clause: bool,
}

struct Walk<'w, 't, 's> {
    items: &'w Items<'t, 's>,
    found: &'w mut Vec<Found>,
    recipients: Rc<[String]>,
}

impl Walk<'_, '_, '_> {
    /// The top level of a part.
    fn top(&mut self, is_attached: bool, is_report: bool) {
        let n_nodes = self.items.outline.nodes.len();
        // A report tells of results, but for its last sections.
        let section = if is_report { Section::Results } else { Section::Plain };
        let mode = Mode { section, is_ordered: false, is_concluded: false, is_clause: false };
        self.level(0..n_nodes, mode, !is_attached);
    }

    /// The nodes of one level. `is_preamble`: what comes first tells why the document is issued.
    fn level(&mut self, nodes: Range<usize>, mode: Mode, is_preamble: bool) {
        let mut mode = mode;
        let mut is_preamble = is_preamble;
        let outer = Rc::clone(&self.recipients);
        let mut at = nodes.start;
        while at < nodes.end {
            let node = &self.items.outline.nodes[at];
            if node.is_numbered() {
                self.numbered(at, mode);
                is_preamble = false;
            } else {
                self.paragraph(at, &mut mode, is_preamble);
                is_preamble &= !mode.is_ordered && !mode.is_concluded;
            }
            at = node.end;
        }
        // What a section's own list is addressed to holds in that section.
        if nodes.start > 0 {
            self.recipients = outer;
        }
    }

    /// A paragraph or bullet that is no numbered item.
    fn paragraph(&mut self, at: usize, mode: &mut Mode, is_preamble: bool) {
        let text = self.items.text;
        let node = &self.items.outline.nodes[at];
        let extent = self.items.outline.extent(at);
        let words = node.words();
        // `Căn cứ Luật …;` says by what right.
        let is_ground = is_word_at(text, words.start, word!("căn"))
            && is_word_at(text, words.start + 1, word!("cứ"))
            && text.tokens.get(words.start + 2).is_some_and(|it| it.is_capital());
        if is_ground || is_formula(text, words.clone()) || executors(text, words.clone()).is_some()
        {
            return;
        }
        if node.label.is_none()
            && mode.section != Section::Results
            && let Some(opening) = opening_of(text, words.clone())
        {
            match opening {
                Opening::Order(names) => {
                    mode.is_ordered = true;
                    if !names.is_empty() {
                        self.recipients = Rc::from(names);
                    }
                }
                Opening::Conclusion => mode.is_concluded = true,
            }
            return;
        }
        if mode.section == Section::Closed {
            return;
        }
        if node.label.is_some() && node.end > at + 1 && !self.has_order(&words, mode.section) {
            self.level(at + 1..node.end, *mode, false);
            return;
        }
        let section = mode.section;
        // `Phó Thủ tướng có ý kiến như sau: …` in one paragraph: what follows is no preamble.
        let is_preamble = is_preamble && !opens_inside(text, &words);
        let is_strong = |force: Force| match force {
            Force::Ordered => true,
            Force::Charged => !is_preamble,
            Force::Active | Force::Headed => !is_preamble && section != Section::Results,
        };
        let run = if node.label.is_some() { extent.clone() } else { words.clone() };
        if let Some(mut task) = closing::task(text, run.clone(), &self.recipients, is_strong) {
            if node.label.is_some() {
                task.tokens = node.words_start.min(run.end)..run.end;
            }
            self.found.push(task);
        } else if mode.is_ordered && node.label.is_some() && is_imperative(text, &words) {
            // A bullet of a list that an order opened.
            self.found.push(Found {
                tokens: extent,
                recipients: Rc::clone(&self.recipients),
                ..Found::default()
            });
        }
    }

    /// Whether a run tells a body to do something, strongly enough for its section.
    fn has_order(&self, words: &Range<usize>, section: Section) -> bool {
        let found = orders(self.items.text, words.clone());
        found.subjects.iter().any(|it| match it.force {
            Force::Ordered | Force::Charged => true,
            Force::Active => section != Section::Results,
            Force::Headed => section == Section::Tasks,
        })
    }

    /// A numbered node: a section, an item, or neither.
    fn numbered(&mut self, at: usize, mode: Mode) {
        let text = self.items.text;
        let node = &self.items.outline.nodes[at];
        let Some((kind, _)) = node.label.clone() else { return };
        let words = node.words();
        if words.is_empty() || executors(text, words.clone()).is_some() {
            return self.below(at, mode);
        }
        match kind {
            LabelKind::Part | LabelKind::Chapter | LabelKind::Section => {
                let section = section_of(text, words);
                self.below(at, Mode { section, ..mode });
            }
            LabelKind::Article => self.article(at, mode),
            LabelKind::Capital | LabelKind::Roman => self.heading(at, mode),
            LabelKind::Number | LabelKind::Letter | LabelKind::Bullet => self.item(at, mode),
        }
    }

    fn below(&mut self, at: usize, mode: Mode) {
        let end = self.items.outline.nodes[at].end;
        self.level(at + 1..end, mode, false);
    }

    fn push_item(&mut self, at: usize) {
        let tasks = self.items.read(at, &self.recipients);
        self.found.extend(tasks);
    }

    /// `Điều N.`: charges a body, or heads clauses.
    fn article(&mut self, at: usize, mode: Mode) {
        let text = self.items.text;
        let node = &self.items.outline.nodes[at];
        let words = node.words();
        let section = section_of(text, words.clone());
        if self.items.heading_bodies(at).is_some() {
            return self.push_item(at);
        }
        if node.end == at + 1 {
            if mode.section != Section::Closed && self.has_order(&words, mode.section) {
                self.push_item(at);
            }
            return;
        }
        let opens_below = text.tokens[node.tokens.end - 1].is_mark(':');
        if opens_below && self.has_order(&words, Section::Tasks) {
            return self.push_item(at);
        }
        let section = if section == Section::Plain && mode.section == Section::Closed {
            Section::Closed
        } else {
            section
        };
        self.below(at, Mode { section, is_ordered: false, is_concluded: false, is_clause: true });
    }

    /// `IV. …`, `A. …`: a section, or a body with what it is to do.
    fn heading(&mut self, at: usize, mode: Mode) {
        let text = self.items.text;
        let node = &self.items.outline.nodes[at];
        let words = node.words();
        let section = section_of(text, words.clone());
        if mode.section != Section::Closed && self.items.heading_bodies(at).is_some() {
            return self.push_item(at);
        }
        let section = match section {
            Section::Plain if mode.is_ordered || mode.section == Section::Tasks => Section::Tasks,
            Section::Plain => mode.section,
            // Under results `Triển khai công tác chuyên môn` heads more of them.
            Section::Tasks if mode.section == Section::Results && !heads_tasks(text, &words) => {
                Section::Results
            }
            section => section,
        };
        if node.end == at + 1 {
            if section == Section::Tasks && (mode.is_ordered || self.has_order(&words, section)) {
                self.push_item(at);
            }
            return;
        }
        self.below(
            at,
            Mode {
                section,
                is_ordered: false,
                is_concluded: mode.is_concluded,
                is_clause: mode.is_clause,
            },
        );
    }

    /// Whether a clause of an article asks for something: itself, or in its parts.
    fn charges(&self, at: usize) -> bool {
        let text = self.items.text;
        let node = &self.items.outline.nodes[at];
        let words = node.words();
        is_imperative(text, &words)
            || self.items.heading_bodies(at).is_some()
            || self.has_order(&words, Section::Tasks)
            || self.items.outline.children(at).any(|it| {
                let words = self.items.outline.nodes[it].words();
                self.has_order(&words, Section::Tasks) || is_imperative(text, &words)
            })
    }

    /// `1. …`, `a) …`
    fn item(&mut self, at: usize, mode: Mode) {
        let text = self.items.text;
        let outline = self.items.outline;
        let node = &outline.nodes[at];
        let words = node.words();
        if mode.section == Section::Closed || is_closed_item(text, words.clone()) {
            return;
        }
        let has_numbers =
            outline.children(at).any(|it| outline.nodes[it].is_kind(LabelKind::Number));
        let own = section_of(text, words.clone());
        let is_short = words.len() <= 30;
        if mode.section == Section::Tasks || mode.is_ordered {
            if is_short
                && own == Section::Tasks
                && has_numbers
                && self.items.heading_bodies(at).is_none()
            {
                return self.below(at, Mode { section: own, ..mode });
            }
            if !is_of_document(text, &words) && (!mode.is_clause || self.charges(at)) {
                self.push_item(at);
            }
            return;
        }
        // A line of a form (`Đơn vị công tác:`) has nothing below it.
        let has_parts = node.end > at + 1;
        if has_parts && mode.section != Section::Results && self.items.heading_bodies(at).is_some()
        {
            return self.push_item(at);
        }
        if mode.is_concluded
            && mode.section == Section::Plain
            && (self.has_order(&words, mode.section) || is_imperative(text, &words))
        {
            return self.push_item(at);
        }
        if !has_parts {
            if self.has_order(&words, mode.section) {
                self.push_item(at);
            }
            return;
        }
        if is_short && own != Section::Plain {
            return self
                .below(at, Mode { section: own, is_ordered: false, is_concluded: false, ..mode });
        }
        let is_led =
            text.tokens[node.tokens.end - 1].is_mark(':') && self.has_order(&words, mode.section);
        // `2. Trình tự`, whose lettered parts charge bodies, is their parent.
        let n_charged = outline
            .children(at)
            .filter(|it| outline.nodes[*it].is_kind(LabelKind::Letter))
            .filter(|it| self.has_order(&outline.nodes[*it].words(), mode.section))
            .count();
        if is_led || n_charged >= 2 {
            return self.push_item(at);
        }
        if self.has_order(&words, mode.section) {
            self.push_item(at);
        } else {
            self.below(at, mode);
        }
    }
}

/// Whether a paragraph announces what follows in itself: `… có ý kiến như sau: …`.
fn opens_inside(text: &Text<'_>, words: &Range<usize>) -> bool {
    words.clone().any(|it| {
        is_word_at(text, it, word!("như"))
            && is_word_at(text, it + 1, word!("sau"))
            && it + 3 < words.end
            && text.tokens[it + 2].is_mark(':')
    })
}

/// `Quyết định này có hiệu lực …`, `Ban hành kèm theo Thông tư này …`: of the document, not of what is to be done.
fn is_of_document(text: &Text<'_>, words: &Range<usize>) -> bool {
    let start = words.start;
    let speaks = (start..words.end.min(start + 4)).find(|it| is_word_at(text, *it, word!("này")));
    let is_effect = speaks.is_some_and(|it| {
        [word!("có"), word!("thay"), word!("bãi"), word!("gồm"), word!("áp"), word!("được")]
            .iter()
            .any(|word| is_word_at(text, it + 1, *word))
    });
    let is_issue = is_word_at(text, start, word!("ban"))
        && is_word_at(text, start + 1, word!("hành"))
        && is_word_at(text, start + 2, word!("kèm"));
    is_effect || is_issue
}

/// Whether a heading begins with what is to be done: `Nhiệm vụ trọng tâm tháng 3`.
fn heads_tasks(text: &Text<'_>, words: &Range<usize>) -> bool {
    (words.start..words.end.min(words.start + 5)).any(|it| {
        let pair = |first: SyllableKey, second: SyllableKey| {
            is_word_at(text, it, first) && is_word_at(text, it + 1, second)
        };
        pair(word!("nhiệm"), word!("vụ"))
            || pair(word!("phương"), word!("hướng"))
            || pair(word!("giải"), word!("pháp"))
            || pair(word!("kiến"), word!("nghị"))
            || pair(word!("chương"), word!("trình"))
            || pair(word!("kế"), word!("hoạch"))
    })
}
