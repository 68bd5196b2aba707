//! What a document has to do with one that it cites, from the words around the citation.
//!
//! Citations nest: in "Kết luận số 5-KL/TU về việc sơ kết 5 năm thực hiện Chương trình số 3-CTr/TU" it is
//! the conclusion that reviews the programme, not the document in which the sentence stands.

use crate::{
    reading::{Citation, Span},
    word::{self, Word},
};

/// A relation of a document to one that it cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// It puts the other in its place, or repeals it (*thay thế, bãi bỏ*).
    Replaces,
    /// It changes a part of it (*sửa đổi, bổ sung*).
    Amends,
    /// It reviews how the other was carried out (*sơ kết, tổng kết*).
    Reviews,
    /// It draws the conclusion on how the other is to be carried on (*kết luận*).
    Concludes,
    /// It says how the other is to be understood and done in detail (*cụ thể hóa, quy định chi tiết*).
    Concretises,
    /// It carries the other out (*thực hiện, triển khai, quán triệt*).
    CarriesOut,
    /// It rests on it (*căn cứ, theo*).
    BasedOn,
    /// It names it, and says nothing more.
    Mentions,
}

impl Relation {
    /// All of them, the most telling first.
    pub const ALL: [Self; 8] = [
        Self::Replaces,
        Self::Amends,
        Self::Reviews,
        Self::Concludes,
        Self::Concretises,
        Self::CarriesOut,
        Self::BasedOn,
        Self::Mentions,
    ];

    /// The name in JSON and in the store: `carries_out`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Replaces => "replaces",
            Self::Amends => "amends",
            Self::Reviews => "reviews",
            Self::Concludes => "concludes",
            Self::Concretises => "concretises",
            Self::CarriesOut => "carries_out",
            Self::BasedOn => "based_on",
            Self::Mentions => "mentions",
        }
    }

    /// The relation of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A relation, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// What it is.
    pub relation: Relation,
    /// The place, in the list given, of the cited document whose relation it is; `None` of the document itself.
    pub subject: Option<usize>,
}

impl Tie {
    const MENTION: Self = Self { relation: Relation::Mentions, subject: None };
}

/// The relation of each citation of a document, in their order.
///
/// `text` is what the spans count in; `kind` is the type of the citing document: a conclusion (`KL`) that
/// carries on what another began concludes on it. The citations may be in any order.
#[must_use]
pub fn ties(text: &[char], kind: &str, citations: &[Citation]) -> Vec<Tie> {
    let mut order: Vec<usize> = (0..citations.len()).collect();
    order.sort_by_key(|it| citations[*it].span.start);
    let mut ties = vec![Tie::MENTION; citations.len()];
    let mut last: Option<usize> = None;
    // The document's own relation to the last citation that it had one to, for the next of a list.
    let mut own = Relation::Mentions;
    for at in order {
        let span = citations[at].span;
        let sentence = word::sentence(text, span);
        let before = last.filter(|it| {
            let end = citations[*it].span.end;
            sentence.start <= end && end <= span.start
        });
        let gap_start = before.map_or(sentence.start, |it| citations[it].span.end);
        let gap = Gap::new(&slice(text, Span { start: gap_start, end: span.start }));
        let kinds = (kind, before.map(|it| citations[it].kind.as_str()));
        let opening = slice(text, Span { start: sentence.start, end: span.start });
        if is_ground(&opening) {
            own = Relation::BasedOn;
        } else if before.is_none() {
            own = Relation::Mentions;
        }
        let mut tie = gap.tie(before.map(|it| (it, ties[it])), kinds, own);
        if says_it_has_lapsed(&slice(text, Span { start: span.end, end: sentence.end })) {
            tie = Tie { relation: Relation::Replaces, subject: None };
        }
        if tie.subject.is_none() && tie.relation != Relation::Mentions {
            own = tie.relation;
        }
        ties[at] = tie;
        last = Some(at);
    }
    ties
}

/// The words between two citations of one sentence, or from its start to the first.
struct Gap {
    words: Vec<Word>,
    /// For each word whether a comma, semicolon, colon or bracket stands right before it.
    breaks: Vec<bool>,
    /// For each word whether a semicolon stands right before it.
    clauses: Vec<bool>,
    /// Whether one of these stands right before the citation.
    ends_in_break: bool,
}

/// What the cue words say, longest first where one holds another.
const CUES: &[(&str, Relation)] = &[
    ("thay the", Relation::Replaces),
    ("bai bo", Relation::Replaces),
    ("huy bo", Relation::Replaces),
    ("sua doi", Relation::Amends),
    ("bo sung", Relation::Amends),
    ("dieu chinh", Relation::Amends),
    ("so ket", Relation::Reviews),
    ("tong ket", Relation::Reviews),
    ("kiem diem", Relation::Reviews),
    ("danh gia", Relation::Reviews),
    ("ket qua", Relation::Reviews),
    ("tinh hinh thuc hien", Relation::Reviews),
    ("tinh hinh trien khai", Relation::Reviews),
    ("ket luan ve", Relation::Concludes),
    ("ket luan viec", Relation::Concludes),
    ("cu the hoa", Relation::Concretises),
    ("quy dinh chi tiet", Relation::Concretises),
    ("huong dan thi hanh", Relation::Concretises),
    ("huong dan thuc hien", Relation::Concretises),
    ("huong dan", Relation::Concretises),
    ("tiep tuc thuc hien", Relation::CarriesOut),
    ("thuc hien", Relation::CarriesOut),
    ("trien khai", Relation::CarriesOut),
    ("thi hanh", Relation::CarriesOut),
    ("chap hanh", Relation::CarriesOut),
    ("quan triet", Relation::CarriesOut),
    ("hoc tap", Relation::CarriesOut),
    ("can cu", Relation::BasedOn),
    ("tren co so", Relation::BasedOn),
    ("theo", Relation::BasedOn),
    ("ban hanh", Relation::Mentions),
    ("tham muu", Relation::Mentions),
];

/// What breaks a sentence into parts.
const BREAKS: &[char] = &[',', ';', ':', '(', ')'];
/// Words after and before a "theo" that is no "according to": "theo dõi", "tiếp theo".
const NOT_ACCORDING: (&str, &[&str]) = ("doi", &["tiep", "tuy"]);
/// A cue farther from its citation than this speaks of something else.
const REACH: usize = 8;
/// Words that only join two citations: "và", "các", "số" …
const JOINTS: &[&str] = &["va", "cac", "so", "hoac", "cung", "voi", "cung nhu", "ngay"];

impl Gap {
    fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let words: Vec<Word> = word::words(text).collect();
        let has = |from: usize, to: usize, marks: &[char]| {
            chars[from..to].iter().any(|c| marks.contains(c))
        };
        let between = |marks: &[char]| -> Vec<bool> {
            let ends = std::iter::once(0).chain(words.iter().map(|it| it.span.end));
            ends.zip(&words).map(|(end, it)| has(end, it.span.start, marks)).collect()
        };
        let (breaks, clauses) = (between(BREAKS), between(&[';']));
        let last_end = words.last().map_or(0, |it| it.span.end);
        let ends_in_break = has(last_end, chars.len(), BREAKS);
        Self { words, breaks, clauses, ends_in_break }
    }

    fn tie(
        &self,
        before: Option<(usize, Tie)>,
        (kind, kind_before): (&str, Option<&str>),
        own: Relation,
    ) -> Tie {
        let Some((at, relation)) = self.cue() else {
            let of_document = Tie { relation: own, subject: None };
            return match before {
                Some((_, tie)) if self.only_joins() => tie,
                // "Thực hiện X về …; Y về … và Z": each is carried out.
                Some(_) if self.starts_anew() => of_document,
                None => of_document,
                Some(_) => Tie::MENTION,
            };
        };
        let is_own = self.is_of_document(at);
        let subject = before.map(|(it, _)| it).filter(|_| !is_own);
        let whose = if subject.is_some() { kind_before } else { Some(kind) };
        let carries_on = relation == Relation::CarriesOut && self.starts_with(at, "tiep tuc");
        let relation =
            if carries_on && whose == Some("KL") { Relation::Concludes } else { relation };
        // What is only mentioned is mentioned by the document.
        Tie { relation, subject: subject.filter(|_| relation != Relation::Mentions) }
    }

    /// The cue that speaks of the citation after the gap, and where it starts.
    fn cue(&self) -> Option<(usize, Relation)> {
        let found = (0..self.words.len()).rev().find_map(|at| {
            let cue = CUES.iter().find(|(cue, _)| self.starts_with(at, cue))?;
            (cue.0 != "theo" || self.is_according(at)).then_some((at, cue))
        });
        let (mut at, &(cue, mut relation)) = found?;
        let end = at + cue.split(' ').count();
        let is_near = self.words.len() - end <= REACH;
        let is_cut = self.ends_in_break || self.breaks[end..].iter().any(|it| *it);
        if !is_near || is_cut && relation != Relation::BasedOn {
            return None;
        }
        if relation == Relation::BasedOn && at > 0 && self.words[at - 1].bare == "kem" {
            return Some(self.cue_on_attachment(at));
        }
        // "được sửa đổi theo X" says nothing of the document to X.
        if relation == Relation::BasedOn && self.is_passive(at) {
            return Some((at, Relation::Mentions));
        }
        // "sơ kết 5 năm thực hiện X" reviews X, "hướng dẫn thực hiện X" says how: the earlier word decides.
        if relation == Relation::CarriesOut {
            let from = at.saturating_sub(REACH);
            let earlier = (from..at).rev().take_while(|it| !self.breaks[it + 1]).find_map(|it| {
                let decides = |cue: &&(&str, Relation)| {
                    cue.1 != Relation::BasedOn && self.starts_with(it, cue.0)
                };
                CUES.iter().find(decides).map(|cue| (it, cue.1))
            });
            if let Some((earlier, stronger)) = earlier
                && matches!(
                    stronger,
                    Relation::Reviews
                        | Relation::Concretises
                        | Relation::Concludes
                        | Relation::CarriesOut
                )
            {
                (at, relation) = (earlier, stronger);
            }
            if at > 1 && self.starts_with(at - 2, "tiep tuc") {
                at -= 2;
            }
        }
        Some((at, relation))
    }

    /// "sửa đổi Điều 4 của Quy định ban hành kèm theo X" changes X: what is attached is part of it.
    fn cue_on_attachment(&self, at: usize) -> (usize, Relation) {
        let changes = |it: usize| {
            let cue = CUES.iter().find(|(cue, _)| self.starts_with(it, cue))?;
            matches!(cue.1, Relation::Amends | Relation::Replaces).then_some((it, cue.1))
        };
        (0..at).rev().find_map(changes).unwrap_or((at, Relation::Mentions))
    }

    /// Whether the cue at `at` goes back to the document: "…, thực hiện X", "…; tập trung thực hiện X",
    /// "… gắn với thực hiện X". "… về việc thực hiện X" stays with the one before.
    fn is_of_document(&self, at: usize) -> bool {
        // Of "hướng dẫn giám sát, đánh giá X" the first word tells.
        let mut first = at;
        while let Some(earlier) = (first.saturating_sub(4)..first).rev().find(|it| self.is_cue(*it))
        {
            first = earlier;
        }
        let is_after_break = self.breaks[first] || (first > 0 && self.breaks[first - 1]);
        let is_joined = first > 0 && self.words[first - 1].bare == "va";
        let goes_along = first > 1 && self.starts_with(first - 2, "gan voi");
        is_after_break || is_joined || goes_along || self.clauses[..=first].contains(&true)
    }

    fn is_cue(&self, at: usize) -> bool {
        let is_here = |cue: &(&str, Relation)| {
            !matches!(cue.1, Relation::Mentions | Relation::BasedOn) && self.starts_with(at, cue.0)
        };
        CUES.iter().any(is_here)
    }

    fn starts_with(&self, at: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(i, word)| {
            self.words.get(at + i).is_some_and(|it| it.bare == word)
                && (i == 0 || !self.breaks[at + i])
        })
    }

    fn is_according(&self, at: usize) -> bool {
        let (after, before) = NOT_ACCORDING;
        let is = |at: usize, words: &[&str]| {
            self.words.get(at).is_some_and(|it| words.contains(&it.bare.as_str()))
        };
        !is(at + 1, &[after]) && (at == 0 || !is(at - 1, before))
    }

    fn is_passive(&self, at: usize) -> bool {
        let from = at.saturating_sub(REACH);
        (from..at).any(|it| {
            self.starts_with(it, "duoc sua doi")
                || self.starts_with(it, "duoc bo sung")
                || self.starts_with(it, "duoc thay the")
                || self.starts_with(it, "da duoc")
        })
    }

    fn only_joins(&self) -> bool {
        self.words.len() <= 3 && self.words.iter().all(|it| JOINTS.contains(&it.bare.as_str()))
    }

    /// Whether the gap leads to the next of a list: "…; X", "… và X", "… và số X".
    fn starts_anew(&self) -> bool {
        let joint = self.words.iter().rev().find(|it| it.bare != "so" && it.bare != "cac");
        self.ends_in_break || joint.is_some_and(|it| it.bare == "va")
    }
}

/// Whether the sentence opens as a ground: "Căn cứ …", "- Căn cứ …".
fn is_ground(opening: &str) -> bool {
    let mut words = word::words(opening).skip_while(|it| it.bare.len() <= 1);
    let mut next = || words.next().map(|it| it.toned);
    let opening = (next(), next());
    matches!(
        (opening.0.as_deref(), opening.1.as_deref()),
        (Some("căn"), Some("cư2")) | (Some("theo"), Some(_))
    )
}

/// Whether the words after a citation say that it is no longer in force: "… hết hiệu lực".
fn says_it_has_lapsed(after: &str) -> bool {
    let bare: Vec<String> = word::words(after).take(24).map(|it| it.bare).collect();
    let bare = format!(" {} ", bare.join(" "));
    [" het hieu luc ", " bi bai bo ", " bi thay the ", " duoc thay the bang "]
        .iter()
        .any(|it| bare.contains(it))
}

fn slice(text: &[char], span: Span) -> String {
    text.get(span.start..span.end.max(span.start)).unwrap_or_default().iter().collect()
}

#[cfg(test)]
mod tests;
