//! Tasks in a press article: what a speaker, a meeting or an office holder who signs asks of named bodies.
//!
//! An order that names its addressees begins a *chain*: what the same speaker goes on to ask, in the next sentences
//! and paragraphs, is asked of them, until a paragraph asks nothing.

use std::{ops::Range, rc::Rc};

use super::{
    Found, deadline, fields,
    order::{Force, Subject, directed, orders},
};
use crate::text::lex::word;
use crate::{
    body::is_word_at,
    header::Header,
    segment::Segment,
    text::{Text, day::year_of, layout::Block, sentence::sentences},
};
use dondoc_core::fold::SyllableKey;

/// Behind how many words of a speaker a sentence is searched for whom he asks.
const MAX_SPEECH: usize = 4;

mod speech;

use self::speech::{
    CONNECTORS, after_connector, asked_after, given_duty, goes_on, is_caption, is_honour,
    is_praise, sets, speech_at, tells_past,
};

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
            && tokens.into_iter().any(|it| {
                let pair = |first: SyllableKey, second: SyllableKey| {
                    is_word_at(text, it, first) && is_word_at(text, it + 1, second)
                };
                pair(word!("bí"), word!("thư"))
                    || pair(word!("chủ"), word!("tịch"))
                    || pair(word!("tư"), word!("lệnh"))
                    || pair(word!("chính"), word!("ủy"))
                    || pair(word!("ủy"), word!("viên"))
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
        if CONNECTORS.longest(&text.tokens[..run.end], run.start).is_some() && self.chain.is_none()
        {
            self.chain = self.dropped.take();
        }
        let mut open: Option<Found> = None;
        let mut asks_any = false;
        for (n, sentence) in sentences(&text.tokens, run.clone()).into_iter().enumerate() {
            let part = self.part(sentence.clone());
            asks_any |= !matches!(part, Part::Tells);
            match part {
                Part::Asks { subject, by_speaker } => {
                    self.found.extend(open.take());
                    open = Some(self.asked(sentence, &subject, by_speaker));
                }
                Part::Opens(names) => self.chain = Some(Rc::from(names)),
                Part::Sets | Part::GoesOn => match &mut open {
                    Some(task) => task.tokens.end = sentence.end,
                    None => {
                        if matches!(part, Part::Sets) && self.chain.is_none() {
                            self.chain = Some(Rc::from([]));
                        }
                        let recipients = self.chain.clone();
                        open = recipients.map(|recipients| Found {
                            tokens: sentence,
                            recipients,
                            ..Found::default()
                        });
                    }
                },
                // What follows an order in its paragraph belongs to it.
                Part::Tells => {
                    if let Some(task) = open.as_mut().filter(|_| n > 0)
                        && !tells_past(text, &sentence)
                    {
                        task.tokens.end = sentence.end;
                    }
                }
            }
        }
        self.found.extend(open);
        if !asks_any {
            self.dropped = self.chain.take();
        }
        self.attributes(&run);
    }

    /// A task that names who is asked, which begins a chain if a speaker asks.
    fn asked(&mut self, sentence: Range<usize>, subject: &Subject, by_speaker: bool) -> Found {
        let names = fields(self.text, &subject.bodies);
        let recipients = if by_speaker { None } else { self.chain.clone() };
        if by_speaker || self.chain.is_none() {
            self.chain = Some(Rc::from(names.as_slice()));
        }
        Found {
            tokens: sentence,
            lead: names,
            recipients: recipients.unwrap_or_else(|| Rc::from([])),
            ..Found::default()
        }
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
        let told = subjects.iter().find(|it| {
            it.force == Force::Ordered && (it.at > sentence.start + 1 || self.chain.is_some())
        });
        if let Some(subject) = told {
            return Part::Asks { subject: subject.clone(), by_speaker: true };
        }
        // `X nhấn mạnh, để …, các cấp tập trung …`
        let mut next = speech;
        for _ in 0..MAX_SPEECH {
            let Some(at) = next else { break };
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
                && (is(1, word!("nội")) && is(2, word!("dung"))
                    || is(1, word!("nhiệm")) && is(2, word!("vụ"))
                    || is(1, word!("giải")) && is(2, word!("pháp")))
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
        if is_word_at(text, start, word!("thời"))
            && is_word_at(text, start + 1, word!("gian"))
            && is_word_at(text, start + 2, word!("tới"))
        {
            return true;
        }
        let year = text.tokens[..sentence.end].get(start + 1).and_then(|it| year_of(text, it));
        is_word_at(text, start, word!("năm"))
            && self.year.is_some_and(|now| year.is_some_and(|it| i32::from(it) > i32::from(now)))
    }
}
