//! Tasks in a press article: what a speaker, a meeting or an office holder who signs asks of named bodies.
//!
//! An order that names its addressees begins a *chain*: what the same speaker goes on to ask, in the next sentences
//! and paragraphs, is asked of them, until a paragraph asks nothing.

use std::{ops::Range, rc::Rc, sync::LazyLock};

use super::{
    Found, deadline, fields,
    order::{Force, Subject, directed, is_imperative, orders},
};
use crate::{
    body::{
        bodies_at, is_word_at,
        predicate::{Predicate, predicate_at},
    },
    header::Header,
    segment::Segment,
    text::{Text, day::year_of, layout::Block, phrase::Phrases, sentence::sentences},
};
use crate::text::lex::word;
use dondoc_core::fold::SyllableKey;

/// Words of a speaker.
static SPEECH: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = ["yêu cầu", "đề nghị", "nhấn mạnh", "lưu ý", "chỉ rõ", "nêu rõ", "giao", "khẳng định", "mong muốn"];
    Phrases::new(words.map(|it| (it, ())))
});

/// Words that go on with what was asked: `Bên cạnh đó, cần …`.
static CONNECTORS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = [
        "bên cạnh đó", "đồng thời", "trước hết", "cùng với đó", "ngoài ra", "mặt khác", "song song với đó", "thứ nhất", "thứ hai", "thứ ba",
        "thứ tư", "cuối cùng", "đặc biệt", "trong đó", "cùng với", "về phía", "bên cạnh", "một là", "hai là", "ba là", "bốn là", "năm là",
    ];
    Phrases::new(words.map(|it| (it, ())))
});

/// What a sentence of an article is to the chain.
enum Part {
    /// Asks bodies that it names.
    Asks { subject: Subject, by_speaker: bool },
    /// Asks, and names none.
    GoesOn,
    /// Asks, by the word of a speaker or a plan for the time ahead, and names none.
    Sets,
    /// Opens a list and names whom it goes to.
    Opens(Vec<String>),
    /// Asks nothing.
    Tells,
}

/// The tasks of an article.
pub(super) fn tasks(text: &Text<'_>, segment: &Segment, header: &Header) -> Vec<Found> {
    let run = segment.tokens.clone();
    let first = text.blocks.partition_point(|it| it.tokens.end <= run.start);
    let n_blocks = text.blocks[first..].iter().take_while(|it| it.tokens.start < run.end).count();
    let blocks = &text.blocks[first..first + n_blocks];
    let mut reader = Reader {
        text,
        is_signed: header.signer.is_some() || is_signed(text, blocks),
        year: header.issued_on.map(jiff::civil::Date::year),
        chain: None,
        dropped: None,
        found: Vec::new(),
    };
    for block in blocks {
        reader.paragraph(block, run.end);
    }
    reader.found
}

/// Whether the last lines give the name and office of who wrote it.
fn is_signed(text: &Text<'_>, blocks: &[Block]) -> bool {
    blocks.iter().rev().take(3).any(|it| {
        let tokens = it.tokens.clone();
        let is_short = tokens.len() <= 30 && !text.tokens[tokens.end - 1].is_mark('.');
        is_short
            && tokens.clone().any(|it| {
                let pair = |first: SyllableKey, second: SyllableKey| is_word_at(text, it, first) && is_word_at(text, it + 1, second);
                pair(word!("bí"), word!("thư")) || pair(word!("chủ"), word!("tịch")) || pair(word!("tư"), word!("lệnh")) || pair(word!("chính"), word!("ủy")) || pair(word!("ủy"), word!("viên"))
            })
    })
}

struct Reader<'t, 's> {
    text: &'t Text<'s>,
    is_signed: bool,
    year: Option<i16>,
    /// Whom the speaker asks, while he does.
    chain: Option<Rc<[String]>>,
    /// The chain that the paragraph before ended.
    dropped: Option<Rc<[String]>>,
    found: Vec<Found>,
}

impl Reader<'_, '_> {
    fn paragraph(&mut self, block: &Block, end: usize) {
        let text = self.text;
        let start = block.tokens.start + block.label.as_ref().map_or(0, |it| it.n_tokens);
        let run = start..block.tokens.end.min(end);
        if run.is_empty() || is_caption(text, &run) {
            return;
        }
        // `Đồng thời, …` goes on after a paragraph that told of something.
        if CONNECTORS.longest(&text.tokens[..run.end], run.start).is_some() && self.chain.is_none() {
            self.chain = self.dropped.take();
        }
        let mut open: Option<Found> = None;
        let mut asks_any = false;
        for (n, sentence) in sentences(&text.tokens, run.clone()).into_iter().enumerate() {
            match self.part(sentence.clone()) {
                Part::Asks { subject, by_speaker } => {
                    asks_any = true;
                    let names = fields(text, &subject.bodies);
                    self.found.extend(open.take());
                    let recipients = if by_speaker { None } else { self.chain.clone() };
                    open = Some(Found {
                        tokens: sentence,
                        lead: names.clone(),
                        recipients: recipients.unwrap_or_else(|| Rc::from([])),
                        ..Found::default()
                    });
                    if by_speaker || self.chain.is_none() {
                        self.chain = Some(Rc::from(names));
                    }
                }
                Part::Opens(names) => {
                    asks_any = true;
                    self.chain = Some(Rc::from(names));
                }
                Part::Sets if open.is_none() => {
                    asks_any = true;
                    let chain = Rc::clone(self.chain.get_or_insert_with(|| Rc::from([])));
                    open = Some(Found { tokens: sentence, recipients: chain, ..Found::default() });
                }
                Part::GoesOn | Part::Sets => {
                    asks_any = true;
                    match &mut open {
                        Some(task) => task.tokens.end = sentence.end,
                        None => {
                            if let Some(chain) = &self.chain {
                                open = Some(Found {
                                    tokens: sentence,
                                    recipients: Rc::clone(chain),
                                    ..Found::default()
                                });
                            }
                        }
                    }
                }
                // What follows an order in its paragraph belongs to it.
                Part::Tells => match &mut open {
                    Some(task) if n > 0 && !tells_past(text, &sentence) => task.tokens.end = sentence.end,
                    _ => {}
                },
            }
        }
        self.found.extend(open);
        if !asks_any {
            self.dropped = self.chain.take();
        }
        self.attributes(&run);
    }

    /// Coordinating bodies, deadline and rhythm of the tasks of a paragraph.
    fn attributes(&mut self, run: &Range<usize>) {
        let text = self.text;
        let year = deadline::opening_year(text, run.clone());
        for task in self.found.iter_mut().rev().take_while(|it| it.tokens.start >= run.start) {
            let runs = [task.tokens.clone()];
            task.coordinate = fields(text, &orders(text, task.tokens.clone()).coordinate);
            task.due = deadline::due(text, &runs, None).or_else(|| year.clone());
            if task.lead.is_empty() && task.recipients.is_empty() {
                // Without a subject, X of `chỉ đạo X làm …`.
                let found = sentences(&text.tokens, task.tokens.clone())
                    .into_iter()
                    .find_map(|it| directed(text, after_connector(text, &it)));
                task.lead = found.map_or_else(Vec::new, |it| fields(text, &it));
            }
            task.recurring = deadline::recurring(text, &runs);
        }
    }

    fn part(&self, sentence: Range<usize>) -> Part {
        let text = self.text;
        let subjects = orders(text, sentence.clone()).subjects;
        let speech = speech_at(text, sentence.start + 1, sentence.end);
        if tells_past(text, &sentence) || is_praise(text, &sentence) {
            return Part::Tells;
        }
        if let Some(names) = self.opened(&sentence, &subjects) {
            return Part::Opens(names);
        }
        let told = subjects.iter().find(|it| it.force == Force::Ordered && (it.at > sentence.start + 1 || self.chain.is_some()));
        if let Some(subject) = told {
            return Part::Asks { subject: subject.clone(), by_speaker: true };
        }
        // `X nhấn mạnh, để …, các cấp tập trung …`
        let mut next = speech;
        while let Some(at) = next {
            if let Some(subject) = asked_after(text, at, sentence.end) {
                let subject = Subject { sentence: sentence.start, ..subject };
                return Part::Asks { subject, by_speaker: true };
            }
            next = speech_at(text, at, sentence.end);
        }
        if let Some(subject) = given_duty(text, &sentence) {
            return Part::Asks { subject, by_speaker: false };
        }
        let acting = subjects.iter().find(|it| it.force != Force::Ordered && !is_honour(text, it));
        if let Some(subject) = acting
            && speech.is_none_or(|it| it > subject.at + 30)
            && (self.chain.is_some() || self.is_ahead(&sentence))
        {
            return Part::Asks { subject: subject.clone(), by_speaker: false };
        }
        // `Theo đồng chí X, để …, các bên …`
        if let Some(subject) = acting
            && is_word_at(text, sentence.start, word!("theo"))
            && text.tokens.get(sentence.start + 1).is_some_and(|it| it.is_capital())
            && subject.at > sentence.start + 3
            && subject.force != Force::Headed
        {
            return Part::Asks { subject: subject.clone(), by_speaker: true };
        }
        if sets(text, &sentence, speech) {
            return Part::Sets;
        }
        if self.chain.is_some() && (speech.is_some() || goes_on(text, &sentence)) {
            return Part::GoesOn;
        }
        Part::Tells
    }

    /// The bodies of a sentence that opens a list of what they are to do.
    fn opened(&self, sentence: &Range<usize>, subjects: &[Subject]) -> Option<Vec<String>> {
        let text = self.text;
        let announces = sentence.clone().any(|it| {
            let is = |n: usize, word: SyllableKey| is_word_at(text, it + n, word);
            (is(0, word!("nhiều")) || is(0, word!("số")) || is(0, word!("các")))
                && (is(1, word!("nội")) && is(2, word!("dung")) || is(1, word!("nhiệm")) && is(2, word!("vụ")) || is(1, word!("giải")) && is(2, word!("pháp")))
        });
        let is_open = text.tokens[sentence.end - 1].is_mark(':')
            || sentence.clone().rev().take(4).any(|it| is_word_at(text, it, word!("sau")));
        let is_opening = announces && (is_open || self.is_signed && self.chain.is_none());
        let subject = subjects.first().filter(|_| is_opening)?;
        Some(fields(text, &subject.bodies))
    }

    /// `Năm 2027, …` of an article of 2026; `Thời gian tới, …`.
    fn is_ahead(&self, sentence: &Range<usize>) -> bool {
        let text = self.text;
        let start = sentence.start + usize::from(is_word_at(text, sentence.start, word!("trong")));
        if is_word_at(text, start, word!("thời")) && is_word_at(text, start + 1, word!("gian")) && is_word_at(text, start + 2, word!("tới")) {
            return true;
        }
        let year = text.tokens[..sentence.end].get(start + 1).and_then(|it| year_of(text, it));
        is_word_at(text, start, word!("năm"))
            && self.year.is_some_and(|now| year.is_some_and(|it| i32::from(it) > i32::from(now)))
    }
}

/// A line without the end of a sentence: a caption, a headline, a name.
fn is_caption(text: &Text<'_>, run: &Range<usize>) -> bool {
    use crate::text::lex::TokenKind::Mark;
    let ends = |run: &Range<usize>| run.clone().rev().take(3).any(|it| {
        matches!(text.tokens[it].kind, Mark('.' | '…' | '!' | ':' | ';'))
    });
    // A long paragraph may lack its last full stop.
    !ends(run) && sentences(&text.tokens, run.clone()).len() < 2
}

/// The token after the speaker's word.
fn speech_at(text: &Text<'_>, start: usize, end: usize) -> Option<usize> {
    let mut at = start.max(1);
    while at < end {
        match SPEECH.longest(&text.tokens[..end], at) {
            Some((n_tokens, ())) => {
                let is_noun = [word!("theo"), word!("các"), word!("đáp"), word!("ứng"), word!("những"), word!("sự"), word!("được"), word!("lãnh"), word!("của"), word!("công"), word!("văn"), word!("đạo"), word!("đã"), word!("và")]
                    .iter()
                    .any(|it| is_word_at(text, at - 1, *it));
                if !is_noun {
                    return Some(at + n_tokens);
                }
                at += n_tokens;
            }
            None => at += 1,
        }
    }
    None
}

/// The bodies that act after a speaker's word: directly, or after a clause of purpose.
fn asked_after(text: &Text<'_>, at: usize, end: usize) -> Option<Subject> {
    let mut at = at;
    while at < end && (text.tokens[at].is_mark(',') || text.tokens[at].is_mark(':') || text.tokens[at].is_mark('“')) {
        at += 1;
    }
    orders(text, at..end).subjects.into_iter().next().map(|it| Subject { sentence: at, ..it })
}

/// `X đánh giá cao …`, `X ghi nhận …`, without a word of what is to be done.
fn is_praise(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    let pair = |it: usize, first: SyllableKey, second: SyllableKey| {
        is_word_at(text, it, first) && is_word_at(text, it + 1, second)
    };
    let praises = sentence.clone().any(|it| {
        pair(it, word!("đánh"), word!("giá")) && is_word_at(text, it + 2, word!("cao"))
            || pair(it, word!("ghi"), word!("nhận"))
            || pair(it, word!("biểu"), word!("dương"))
    });
    praises
        && !sentence.clone().any(|it| {
            is_word_at(text, it, word!("cần"))
                || pair(it, word!("yêu"), word!("cầu"))
                || pair(it, word!("đề"), word!("nghị"))
        })
}

/// `đã`, before the first comma or soon: a report of results.
fn tells_past(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().take(40).any(|it| {
        is_word_at(text, it, word!("đã")) && !is_word_at(text, it + 1, word!("đề")) && !is_word_at(text, it + 1, word!("được"))
    }) && !sentence.clone().any(|it| {
        is_word_at(text, it, word!("cần")) || is_word_at(text, it, word!("yêu")) && is_word_at(text, it + 1, word!("cầu"))
    })
}

/// `Về phương hướng, nhiệm vụ năm 2027, …`; `X nhấn mạnh: Cần …`
fn sets(text: &Text<'_>, sentence: &Range<usize>, speech: Option<usize>) -> bool {
    let start = sentence.start + usize::from(is_word_at(text, sentence.start, word!("về")));
    if is_word_at(text, start, word!("phương")) && is_word_at(text, start + 1, word!("hướng")) {
        return true;
    }
    speech.is_some_and(|it| {
        text.tokens[..sentence.end].get(it).is_some_and(|it| it.is_mark(':'))
            && (is_word_at(text, it + 1, word!("cần")) || is_word_at(text, it + 1, word!("phải")))
            && !is_word_at(text, it + 2, word!("được"))
    })
}

/// Bodies that a sentence says were charged: `X được giao trọng trách …`.
fn given_duty(text: &Text<'_>, sentence: &Range<usize>) -> Option<Subject> {
    let bodies = bodies_at(text, sentence.start, sentence.end)?;
    let at = bodies.end;
    let is_given = is_word_at(text, at, word!("được"))
        && is_word_at(text, at + 1, word!("giao"))
        && (at + 2..at + 5).any(|it| is_word_at(text, it, word!("trọng")) || is_word_at(text, it, word!("nhiệm")));
    is_given.then(|| Subject {
        bodies: bodies.pieces,
        sentence: sentence.start,
        at: sentence.start,
        force: Force::Charged,
    })
}

/// A sentence without `Bên cạnh đó,`.
fn after_connector(text: &Text<'_>, sentence: &Range<usize>) -> Range<usize> {
    let Some((n_tokens, ())) = CONNECTORS.longest(&text.tokens[..sentence.end], sentence.start) else {
        return sentence.clone();
    };
    let start = sentence.start + n_tokens;
    let comma = text.tokens[..sentence.end].get(start).is_some_and(|it| it.is_mark(','));
    (start + usize::from(comma)).min(sentence.end)..sentence.end
}

/// Honours are no orders: `UBND tỉnh tặng bằng khen`.
fn is_honour(text: &Text<'_>, subject: &Subject) -> bool {
    let Some(last) = subject.bodies.last() else { return true };
    (last.end..last.end + 4).any(|it| {
        [word!("tặng"), word!("khen"), word!("biểu"), word!("trao"), word!("dự"), word!("thăm"), word!("chúc"), word!("tổ")].iter().any(|word| is_word_at(text, it, *word))
    })
}

/// Whether a sentence asks on without naming anyone: `Bên cạnh đó, cần …`, `Chú trọng …`.
fn goes_on(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    let start = after_connector(text, sentence).start;
    if start >= sentence.end {
        return false;
    }
    let is_charged = (start..sentence.end.min(start + 20)).any(|it| {
        matches!(predicate_at(&text.tokens[..sentence.end], it), Some((Predicate::Modal, _)))
            && (is_word_at(text, it, word!("cần")) || is_word_at(text, it, word!("phải")))
            && !is_word_at(text, it + 1, word!("được"))
    });
    is_charged || is_imperative(text, &(start..sentence.end))
}
