//! The cascade around a document: what it rests on and carries out, and what rests on it.

use std::collections::{BTreeMap, HashMap, VecDeque};

use dondoc_core::{relation::Relation, resolve::Mention};
use jiff::civil::Date;

use crate::{
    db::{Store, StoreError, Tx},
    documents,
    link::Kept,
    sql::sql,
};

/// Documents and how they cite each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cascade {
    /// The document in the middle, and all that are near enough.
    pub nodes: Vec<Node>,
    /// Who cites whom.
    pub edges: Vec<Edge>,
}

/// A document in a cascade, stored or only cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What edges call it; the same as long as the document is known by the same.
    pub key: String,
    /// Its number, if it is stored.
    pub document_id: Option<i64>,
    /// The abbreviation of its type.
    pub kind: String,
    /// Number and symbol.
    pub number: Option<String>,
    /// Its subject or name.
    pub title: Option<String>,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// 0 of the document in the middle, negative above it (cited), positive below it (citing).
    pub level: i64,
}

/// One document cites another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The key of the citing one.
    pub from: String,
    /// The key of the cited one.
    pub to: String,
    /// The most telling of the relations that its mentions give.
    pub relation: Relation,
    /// How often it is cited.
    pub n_mentions: i64,
}

/// More documents than this make no picture.
const MAX_NODES: usize = 200;

/// The cascade up to `depth` steps above and below a document; `None` if there is no such document.
///
/// Upwards go the documents that it cites, and those that these cite; downwards those that cite it. What hangs on
/// a cited document by its own words ("Kết luận … về việc sơ kết … Chương trình …") hangs on it here, too.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn around(store: &Store, id: i64, depth: u32) -> Result<Option<Cascade>, StoreError> {
    let depth = i64::from(depth);
    store.read(|tx| {
        let mut picture = Picture::default();
        if !picture.put_stored(tx, id, 0)? {
            return Ok(None);
        }
        let mut waiting = VecDeque::from([(id, 0)]);
        while let Some((id, level)) = waiting.pop_front() {
            if level <= 0 && -level < depth {
                waiting.extend(picture.look_up(tx, id, level)?);
            }
            if level >= 0 && level < depth {
                waiting.extend(picture.look_down(tx, id, level)?);
            }
        }
        Ok(Some(picture.finish()))
    })
}

#[derive(Default)]
struct Picture {
    nodes: Vec<Node>,
    known: HashMap<String, usize>,
    edges: BTreeMap<(String, String), (Relation, i64)>,
}

impl Picture {
    /// Adds what a document cites; gives the stored documents that are new, with their levels.
    fn look_up(
        &mut self,
        tx: &mut Tx<'_>,
        id: i64,
        level: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        let kept = tx.query(sql!("citations/of_document"), &[&id], Kept::read)?;
        let mut new = Vec::new();
        let mut levels: HashMap<i64, i64> = HashMap::new();
        for it in kept.iter().filter(|it| it.state != "self") {
            let subject = it.subject_finding_id.and_then(|of| {
                let subject = kept.iter().find(|other| other.finding_id == of)?;
                Some((key_of(subject), levels.get(&of).copied()?))
            });
            let (from, from_level) = subject.unwrap_or_else(|| (stored_key(id), level));
            let to_level = from_level - 1;
            levels.insert(it.finding_id, to_level);
            if self.put(tx, it, to_level)? {
                new.extend(it.resolved_document_id.map(|id| (id, to_level)));
            }
            self.connect(from, key_of(it), it.relation);
        }
        Ok(new)
    }

    /// Adds what cites a document; gives the documents that are new, with their levels.
    fn look_down(
        &mut self,
        tx: &mut Tx<'_>,
        id: i64,
        level: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        let kept = tx.query(sql!("citations/to_document"), &[&id], Kept::read)?;
        let mut new = Vec::new();
        for it in &kept {
            let subject = match it.subject_finding_id {
                Some(of) => tx.query_one(sql!("citations/get"), &[&of], Kept::read)?,
                None => None,
            };
            // Its own citing document still stands below, as the one where it is said.
            let (from, is_new, stored) = match subject.filter(|it| it.state != "self") {
                Some(subject) => {
                    let is_new = self.put(tx, &subject, level + 1)?;
                    (key_of(&subject), is_new, subject.resolved_document_id)
                }
                None => {
                    let is_new = self.put_stored(tx, it.document_id, level + 1)?;
                    (stored_key(it.document_id), is_new, Some(it.document_id))
                }
            };
            if is_new {
                new.extend(stored.map(|id| (id, level + 1)));
            }
            self.connect(from, stored_key(id), it.relation);
        }
        Ok(new)
    }

    /// Adds what a citation means; whether it was new.
    fn put(&mut self, tx: &mut Tx<'_>, kept: &Kept, level: i64) -> Result<bool, StoreError> {
        if let Some(id) = kept.resolved_document_id {
            return self.put_stored(tx, id, level);
        }
        let Mention { kind, number, date, issuer, name, .. } = kept.mention.clone();
        let node = Node {
            key: key_of(kept),
            document_id: None,
            kind,
            number,
            title: name,
            issued_on: date,
            issuer,
            level,
        };
        Ok(self.put_node(node))
    }

    fn put_stored(&mut self, tx: &mut Tx<'_>, id: i64, level: i64) -> Result<bool, StoreError> {
        let Some(found) = documents::identity(tx, id)? else { return Ok(false) };
        let it = found.identity;
        Ok(self.put_node(Node {
            key: stored_key(id),
            document_id: Some(id),
            kind: it.kind,
            number: it.number,
            title: it.title,
            issued_on: it.issued_on,
            issuer: it.issuer,
            level,
        }))
    }

    fn put_node(&mut self, node: Node) -> bool {
        if self.known.contains_key(&node.key) || self.nodes.len() >= MAX_NODES {
            return false;
        }
        self.known.insert(node.key.clone(), self.nodes.len());
        self.nodes.push(node);
        true
    }

    fn connect(&mut self, from: String, to: String, relation: Relation) {
        let are_known = self.known.contains_key(&from) && self.known.contains_key(&to);
        if from == to || !are_known {
            return;
        }
        let edge = self.edges.entry((from, to)).or_insert((relation, 0));
        edge.0 = edge.0.min(relation);
        edge.1 += 1;
    }

    fn finish(mut self) -> Cascade {
        self.nodes
            .sort_by(|a, b| (a.level, &a.issued_on, &a.key).cmp(&(b.level, &b.issued_on, &b.key)));
        let edge = |((from, to), (relation, n_mentions))| Edge { from, to, relation, n_mentions };
        Cascade { nodes: self.nodes, edges: self.edges.into_iter().map(edge).collect() }
    }
}

fn stored_key(id: i64) -> String {
    format!("d{id}")
}

fn key_of(kept: &Kept) -> String {
    match kept.resolved_document_id {
        Some(id) => stored_key(id),
        None => format!("c:{}", kept.mention_key),
    }
}
