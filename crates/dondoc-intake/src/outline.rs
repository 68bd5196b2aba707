//! The outline of a document: its blocks as a tree of sections, items and paragraphs.
//!
//! Labels tell the levels: a label of a kind that is open closes what stands below it, a new kind opens a level.
//! Bullets and plain paragraphs hang on what is open. Nothing is guessed from fonts, which a text does not have.

use std::{ops::Range, sync::LazyLock};

use crate::text::{
    Text,
    layout::{self, Block, Label, LabelKind},
    lex::Gap,
    phrase::Words,
};

/// Words that name a level, before its number.
static NAMED_LEVELS: LazyLock<Words> =
    LazyLock::new(|| Words::new(["phần", "chương", "mục", "điều"]));

/// A block of the document, with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its tokens, label included; without what stands below it.
    pub tokens: Range<usize>,
    /// The first token after its label.
    pub words_start: usize,
    /// Kind and text of its label; `None` for a plain paragraph.
    pub label: Option<(LabelKind, String)>,
    /// How deep it stands; 0 is the top.
    pub depth: usize,
    /// The index after the last node below it.
    pub end: usize,
    /// The node it hangs on.
    pub parent: Option<usize>,
}

impl Node {
    /// The tokens of its own words, without the label.
    #[must_use]
    pub fn words(&self) -> Range<usize> {
        self.words_start.min(self.tokens.end)..self.tokens.end
    }

    /// Whether its label numbers it: all labels but bullets.
    #[must_use]
    pub fn is_numbered(&self) -> bool {
        self.label.as_ref().is_some_and(|(kind, _)| *kind != LabelKind::Bullet)
    }

    /// Whether its label is of this kind.
    #[must_use]
    pub fn is_kind(&self, wanted: LabelKind) -> bool {
        self.label.as_ref().is_some_and(|(kind, _)| *kind == wanted)
    }
}

/// A tree of blocks, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Parents before their children.
    pub nodes: Vec<Node>,
}

impl Outline {
    /// The outline of the blocks of a run of tokens, without those in `skipped`, which are in order.
    #[must_use]
    pub fn new(text: &Text<'_>, run: &Range<usize>, skipped: &[Range<usize>]) -> Self {
        let first = text.blocks.partition_point(|it| it.tokens.end <= run.start);
        let mut builder = Builder { text, nodes: Vec::new(), open: Vec::new() };
        for block in text.blocks[first..].iter().take_while(|it| it.tokens.start < run.end) {
            let after = skipped.partition_point(|it| it.start <= block.tokens.start);
            let is_skipped = skipped[..after].last().is_some_and(|it| block.tokens.start < it.end);
            if !is_skipped {
                builder.add(block, run);
            }
        }
        builder.finish()
    }

    /// The direct children of a node.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[node].end;
        let mut at = node + 1;
        std::iter::from_fn(move || {
            let child = (at < end).then_some(at)?;
            at = self.nodes[child].end;
            Some(child)
        })
    }

    /// The tokens of a node and all below it.
    #[must_use]
    pub fn extent(&self, node: usize) -> Range<usize> {
        let Node { tokens, end, .. } = &self.nodes[node];
        tokens.start..self.nodes[end - 1].tokens.end.max(tokens.end)
    }
}

/// How high a label stands; the lower, the higher. Labels of one rank are siblings.
type Rank = u8;

const BULLETS: Rank = 90;

struct Builder<'t, 's> {
    text: &'t Text<'s>,
    nodes: Vec<Node>,
    /// The labelled nodes that are open, with their ranks, which grow.
    open: Vec<(Rank, usize)>,
}

impl Builder<'_, '_> {
    fn add(&mut self, block: &Block, run: &Range<usize>) {
        let tokens = block.tokens.start.max(run.start)..block.tokens.end.min(run.end);
        if self.text.tokens[tokens.clone()].iter().all(|it| !it.is_word() && !it.is_number()) {
            return;
        }
        let label = block.label.as_ref().filter(|_| tokens.start == block.tokens.start);
        // `Chương` and its number on two lines.
        let broken = (label.is_none() && NAMED_LEVELS.has(&self.text.tokens[tokens.start]))
            .then(|| layout::label(self.text.source, &self.text.tokens, tokens.clone()))
            .flatten();
        let label = label.or(broken.as_ref());
        let rank = label.and_then(|it| self.rank(it, &tokens));
        match (label, rank) {
            (Some(label), Some(rank)) => {
                while self.open.last().is_some_and(|(open, _)| *open >= rank) {
                    self.open.pop();
                }
                let words_start = tokens.start + label.n_tokens;
                let parts = label.parts.join(".");
                self.push(tokens, words_start, Some((label.kind, parts)));
                self.open.push((rank, self.nodes.len() - 1));
            }
            _ if self.is_rest_of_label(&tokens) => {
                if let Some(last) = self.nodes.last_mut() {
                    last.tokens.end = tokens.end;
                }
            }
            _ => {
                // A plain paragraph follows the numbered item, not its last bullet.
                while self.open.last().is_some_and(|(rank, _)| *rank >= BULLETS) {
                    self.open.pop();
                }
                self.push(tokens.clone(), tokens.start, None);
            }
        }
    }

    fn push(
        &mut self,
        tokens: Range<usize>,
        words_start: usize,
        label: Option<(LabelKind, String)>,
    ) {
        let parent = self.open.last().map(|(_, node)| *node);
        let depth = parent.map_or(0, |it| self.nodes[it].depth + 1);
        self.nodes.push(Node { tokens, words_start, label, depth, end: 0, parent });
    }

    /// Whether the block is what a label on a line of its own stands before: `Điều 3.`, `Chương I`.
    fn is_rest_of_label(&self, tokens: &Range<usize>) -> bool {
        let Some(last) = self.nodes.last() else { return false };
        let is_named = matches!(
            last.label,
            Some((
                LabelKind::Part | LabelKind::Chapter | LabelKind::Section | LabelKind::Article,
                _
            ))
        );
        last.label.is_some()
            && last.words_start >= last.tokens.end
            && tokens.start == last.tokens.end
            && (is_named || self.text.tokens[tokens.start].gap <= Gap::Line)
    }

    /// The rank of a label; `None` if it is out of order, so that it is rather the rest of a sentence.
    fn rank(&self, label: &Label, tokens: &Range<usize>) -> Option<Rank> {
        let mark = self.text.tokens.get(tokens.start + label.n_tokens - 1);
        let has_bracket = mark.is_some_and(|it| it.is_mark(')'));
        let n_parts = label.parts.len().min(5) as Rank;
        Some(match label.kind {
            LabelKind::Part => 10,
            LabelKind::Chapter => 15,
            LabelKind::Section => 20,
            LabelKind::Article => 30,
            LabelKind::Capital => 35,
            LabelKind::Roman => 40,
            LabelKind::Number => {
                if !self.is_next(label) {
                    return None;
                }
                let is_below_letter =
                    has_bracket && n_parts == 1 && self.open.iter().any(|(rank, _)| *rank == 70);
                if is_below_letter { 75 } else { 50 + n_parts }
            }
            LabelKind::Letter => 70,
            LabelKind::Bullet => {
                let mark = self.text.tokens[tokens.start];
                BULLETS
                    + if mark.is_dash() {
                        0
                    } else if mark.is_mark('+') {
                        1
                    } else {
                        2
                    }
            }
        })
    }

    /// Whether a number begins a list or goes on with one that is open.
    fn is_next(&self, label: &Label) -> bool {
        let Some(number) = label.parts.last().and_then(|it| it.parse::<u32>().ok()) else {
            return false;
        };
        if number <= 1 || label.parts.len() > 1 {
            return true;
        }
        let before = self.open.iter().rev().find_map(|(_, node)| match &self.nodes[*node].label {
            Some((LabelKind::Number, parts)) if !parts.contains('.') => parts.parse::<u32>().ok(),
            _ => None,
        });
        before.is_none_or(|it| (it..=it + 3).contains(&number))
    }

    fn finish(mut self) -> Outline {
        let n_nodes = self.nodes.len();
        let mut open: Vec<usize> = Vec::new();
        for at in 0..n_nodes {
            while open.last().is_some_and(|it| self.nodes[*it].depth >= self.nodes[at].depth) {
                if let Some(closed) = open.pop() {
                    self.nodes[closed].end = at;
                }
            }
            open.push(at);
        }
        for node in open {
            self.nodes[node].end = n_nodes;
        }
        Outline { nodes: self.nodes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[(&str, usize)]) {
        let text = Text::new(source);
        let outline = Outline::new(&text, &(0..text.tokens.len()), &[]);
        let found: Vec<(&str, usize)> = outline
            .nodes
            .iter()
            .map(|it| (it.label.as_ref().map_or("", |(_, parts)| parts), it.depth))
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn labels_make_levels() {
        check(
            "I. Mục đích\n1. Yêu cầu\na) Kịp thời\n- đúng\n+ đủ\nb) Tiết kiệm\n2. Nội dung\nII. Tổ chức",
            &[("I", 0), ("1", 1), ("a", 2), ("", 3), ("", 4), ("b", 2), ("2", 1), ("II", 0)],
        );
    }

    #[test]
    fn a_plain_paragraph_hangs_on_the_numbered_item() {
        check("1. Yêu cầu\n- đúng\nKịp thời", &[("1", 0), ("", 1), ("", 1)]);
    }

    #[test]
    fn a_label_on_its_own_line_takes_the_next() {
        check("Điều 3.\nGiám đốc Sở Nội vụ\nĐiều 4.\nChánh Văn phòng", &[("3", 0), ("4", 0)]);
    }

    #[test]
    fn a_number_out_of_order_is_no_label() {
        check("1. Trước ngày\n25. Tháng sau", &[("1", 0), ("", 1)]);
    }

    #[test]
    fn a_deep_tree_is_closed() {
        let source = "I. a\n1. b\na) c\n".repeat(3_000);
        let text = Text::new(&source);
        let outline = Outline::new(&text, &(0..text.tokens.len()), &[]);
        assert!(outline.nodes.iter().enumerate().all(|(at, it)| it.end > at));
    }
}
