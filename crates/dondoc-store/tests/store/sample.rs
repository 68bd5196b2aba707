//! A small store to test on, and documents of the made-up province Lam Giang to put into it.

use dondoc_core::reading::{Abbreviation, Bound, Citation, Document, Figure, Reading, Span, Task};
use dondoc_store::{
    By, Store,
    library::{self, Added, NewFile},
};

use crate::engine::Place;

/// A store of its own, on the engine that the tests are run on; it goes when the test is over.
pub(crate) struct Sample {
    pub(crate) store: Store,
    pub(crate) place: Place,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let place = Place::new();
        Self { store: place.open(), place }
    }

    pub(crate) fn add(&self, reading: &Reading) -> Added {
        let name = reading.documents[0].source.clone();
        let file = NewFile { name: &name, original: reading.text.as_bytes(), reading };
        library::add(&self.store, file, &by()).unwrap()
    }

    /// Adds a file with one document, and gives the document's number.
    pub(crate) fn put(&self, it: &Draft) -> i64 {
        self.add(&it.reading()).document_ids[0]
    }
}

pub(crate) fn by() -> By {
    By { actor: "Lan".into(), at: "2026-11-21T07:30:00Z".parse().unwrap() }
}

/// A document in the making; what it cites is found in its text.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) document: Document,
}

impl Draft {
    /// `head` is `kind | number | day | issuer`; an empty part is unknown.
    pub(crate) fn new(head: &str, text: &str) -> Self {
        let parts: Vec<Option<String>> = head
            .split('|')
            .map(|it| Some(it.trim().to_owned()).filter(|it| !it.is_empty()))
            .collect();
        let part = |at: usize| parts.get(at).cloned().flatten();
        let n = text.chars().count();
        let document = Document {
            source: format!("{}.txt", part(1).unwrap_or_default().replace('/', "-")),
            span: Span { start: 0, end: n },
            title: None,
            kind: part(0).unwrap(),
            number: part(1),
            issued_on: part(2).map(|it| it.parse().unwrap()),
            issuer: part(3),
            place: Some("Lam Giang".into()),
            signer: None,
            addressees: Vec::new(),
            abbreviations: Vec::new(),
            citations: Vec::new(),
            tasks: Vec::new(),
            figures: Vec::new(),
            boilerplate: Vec::new(),
        };
        Self { text: text.to_owned(), document }
    }

    pub(crate) fn titled(mut self, title: &str) -> Self {
        self.document.title = Some(title.to_owned());
        self
    }

    /// `written` stands in the text; `what` is `kind | number | day | issuer | name`.
    pub(crate) fn cites(mut self, written: &str, what: &str) -> Self {
        let parts: Vec<&str> = what.split('|').map(str::trim).collect();
        let part = |at: usize| parts.get(at).filter(|it| !it.is_empty()).map(|it| (*it).to_owned());
        self.document.citations.push(Citation {
            span: self.place(written),
            kind: part(0).unwrap(),
            number: part(1),
            date: part(2).map(|it| it.parse().unwrap()),
            issuer: part(3),
            name: part(4),
        });
        self
    }

    pub(crate) fn asks(mut self, written: &str, lead: &str) -> Self {
        self.document.tasks.push(Task {
            span: self.place(written),
            label: None,
            parent: None,
            lead: vec![lead.to_owned()],
            coordinate: Vec::new(),
            recipients: Vec::new(),
            due: None,
            recurring: None,
        });
        self
    }

    pub(crate) fn counts(mut self, written: &str, value: i64, unit: &str) -> Self {
        self.document.figures.push(Figure {
            span: self.place(written),
            value: dondoc_core::amount::Amount::new(value, 0).unwrap(),
            value_to: None,
            unit: unit.to_owned(),
            subject: None,
            bound: Bound::Exact,
            period: None,
            place: None,
            negative: false,
        });
        self
    }

    pub(crate) fn defines(mut self, written: &str, short: &str, long: &str) -> Self {
        let span = self.place(written);
        let (short, long) = (short.to_owned(), long.to_owned());
        self.document.abbreviations.push(Abbreviation { span, short, long });
        self
    }

    pub(crate) fn furnished(mut self, written: &str) -> Self {
        let span = self.place(written);
        self.document.boilerplate.push(span);
        self
    }

    pub(crate) fn reading(&self) -> Reading {
        let documents = vec![self.document.clone()];
        Reading { format: "text".into(), text: self.text.clone(), documents }
    }

    pub(crate) fn place(&self, written: &str) -> Span {
        let at = self.text.find(written).unwrap_or_else(|| panic!("not in the text: {written}"));
        let start = self.text[..at].chars().count();
        Span { start, end: start + written.chars().count() }
    }
}
