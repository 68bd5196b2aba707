//! Which document a citation means.
//!
//! A document is its issuer, number and date, all three: 28-NQ/TW exists twice, and every province has a
//! 12/KH-UBND each year. A citation that fits several stays open and says so; nothing is guessed in silence:
//! every [`Fit`] tells what speaks for it and what against.
//!
//! The store keeps [`document_keys`] and [`mention_keys`] and looks candidates up by them; what it finds is
//! judged here.

pub mod issuer;
mod name;
mod term;

use jiff::civil::Date;

use crate::{
    reading::Citation,
    resolve::issuer::{Agreement, Office},
};
pub use name::{document_keys, mention_keys, number_key};

/// What a document is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The abbreviation of its type.
    pub kind: String,
    /// Number and symbol as printed.
    pub number: Option<String>,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// The body that issued it, as printed.
    pub issuer: Option<String>,
    /// The place of issue.
    pub place: Option<String>,
    /// Its subject.
    pub title: Option<String>,
    /// The first few hundred characters of its text, where a Party resolution names its conference.
    pub opening: String,
}

/// What a text says of a document that it cites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    /// The abbreviation of its type.
    pub kind: String,
    /// As written.
    pub number: Option<String>,
    /// The day of issue.
    pub date: Option<Date>,
    /// As written.
    pub issuer: Option<String>,
    /// What identifies it where there is no number.
    pub name: Option<String>,
    /// The words right after the citation, which may say what it is about: "về Chiến lược …".
    pub subject: Option<String>,
}

/// A stored document that a citation may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its number in the store.
    pub id: i64,
    /// What it is known by.
    pub identity: Identity,
}

/// Something that speaks for or against a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// Number and symbol, or type and number.
    Number,
    /// The day of issue, or its year.
    Date,
    /// The body that issued it.
    Issuer,
    /// The term of the Party committee: "khóa XI".
    Term,
    /// Its name, or the conference that passed it.
    Name,
    /// What it is about.
    Subject,
    /// The citation names no issuer, and the candidate is of another province than the citing document.
    OtherProvince,
    /// It was issued after the document that cites it.
    Later,
}

/// A candidate, with what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Its number in the store.
    pub id: i64,
    /// What agrees.
    pub agrees: Vec<Point>,
    /// What differs.
    pub differs: Vec<Point>,
}

/// What a citation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One stored document fits.
    Resolved(Fit),
    /// None fits; the list has those that share the number and are surely others.
    Open(Vec<Fit>),
    /// Several fit.
    Ambiguous(Vec<Fit>),
    /// The number or name fits, but what the citation says of date, issuer or term does not.
    Conflicting(Vec<Fit>),
    /// It is the document itself.
    Itself,
}

impl Mention {
    /// What `citation` says; `subject` has the words right after it.
    #[must_use]
    pub fn new(citation: &Citation, subject: Option<String>) -> Self {
        Self {
            kind: citation.kind.clone(),
            number: citation.number.clone(),
            date: citation.date,
            issuer: citation.issuer.clone(),
            name: citation.name.clone(),
            subject,
        }
    }
}

/// Completes short mentions from fuller ones of the same document: after "Chỉ thị số 12-CT/TW ngày 05/01/2017",
/// "Chỉ thị số 12" means the same.
///
/// Where the fuller ones do not agree with each other, nothing is completed.
pub fn complete(mentions: &mut [Mention]) {
    let all = mentions.to_vec();
    for mention in mentions {
        let Some(key) = mention.number.as_deref().map(number_key) else { continue };
        let is_short = name::is_digits(&key);
        let same = || {
            all.iter().filter(|it| {
                let other = it.number.as_deref().map(number_key).unwrap_or_default();
                let leads = is_short && it.kind == mention.kind && name::lead(&other) == key;
                leads || other == key
            })
        };
        let number = only(same().filter_map(|it| {
            let number = it.number.as_deref().map(number_key)?;
            (!name::is_digits(&number)).then_some(number)
        }));
        let fits_date = |it: &&Mention| mention.date.is_none() || it.date == mention.date;
        let date = only(same().filter(fits_date).filter_map(|it| it.date));
        if is_short && let Some(number) = number {
            let mut written = all.iter().filter_map(|it| it.number.as_ref());
            mention.number = written.find(|it| number_key(it) == number).cloned();
        }
        if mention.date.is_none() {
            mention.date = date;
        }
        if mention.issuer.is_none() && date.is_some() {
            let issued = same().filter(|it| it.date == date).filter_map(|it| it.issuer.clone());
            mention.issuer = only(issued);
        }
    }
}

/// The one value of all, if there is but one.
fn only<T: PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut first = None;
    for value in values {
        match &first {
            None => first = Some(value),
            Some(it) if *it == value => {}
            Some(_) => return None,
        }
    }
    first
}

/// Which of `candidates` a mention in the document `citing` means.
///
/// `citing_id` is the number of that document in the store; it is a candidate like any other.
#[must_use]
pub fn resolve(
    mention: &Mention,
    (citing_id, citing): (i64, &Identity),
    candidates: &[Candidate],
) -> Resolution {
    let home = issuer::province(citing);
    let judged = candidates.iter().filter_map(|it| {
        let own = it.id == citing_id;
        judge(mention, it, home.as_deref(), citing.issued_on.filter(|_| !own)).map(|fit| (it, fit))
    });
    let (fitting, others): (Vec<_>, Vec<_>) = judged.partition(|(_, fit)| fit.differs.is_empty());
    let (unlikely, conflicting): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(_, fit)| fit.differs.iter().all(|it| it.is_only_implied()));
    let fits = |them: Vec<(&Candidate, Fit)>| them.into_iter().map(|(_, fit)| fit).collect();
    let best = best(fitting);
    if best.iter().any(|(it, _)| it.id == citing_id) && are_copies(&best) {
        return Resolution::Itself;
    }
    match best.len() {
        0 if !conflicting.is_empty() => Resolution::Conflicting(fits(conflicting)),
        0 => Resolution::Open(fits(unlikely)),
        _ if are_copies(&best) => match best.into_iter().next() {
            Some((_, fit)) => Resolution::Resolved(fit),
            None => Resolution::Open(Vec::new()),
        },
        _ => Resolution::Ambiguous(fits(best)),
    }
}

impl Point {
    const ALL: [Self; 8] = [
        Self::Number,
        Self::Date,
        Self::Issuer,
        Self::Term,
        Self::Name,
        Self::Subject,
        Self::OtherProvince,
        Self::Later,
    ];

    /// The name in the store: `other_province`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Issuer => "issuer",
            Self::Term => "term",
            Self::Name => "name",
            Self::Subject => "subject",
            Self::OtherProvince => "other_province",
            Self::Later => "later",
        }
    }

    /// The point of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Whether it speaks against a candidate by what one may expect, not by what the citation says.
    fn is_only_implied(self) -> bool {
        matches!(self, Self::OtherProvince | Self::Later)
    }
}

/// The fits that have most for them: the day counts most, then issuer and term, then the subject.
///
/// A candidate whose day is not known does not stand beside one whose day agrees.
fn best(fitting: Vec<(&Candidate, Fit)>) -> Vec<(&Candidate, Fit)> {
    let weight = |fit: &Fit| {
        let has = |point| u8::from(fit.agrees.contains(&point));
        (has(Point::Date), has(Point::Issuer) + has(Point::Term), has(Point::Subject))
    };
    let most = fitting.iter().map(|(_, fit)| weight(fit)).max();
    fitting.into_iter().filter(|(_, fit)| Some(weight(fit)) == most).collect()
}

/// Whether all are stored copies of one document: same number, day and issuer, all known.
fn are_copies(fits: &[(&Candidate, Fit)]) -> bool {
    let Some(((first, _), rest)) = fits.split_first() else { return false };
    let same = |other: &Identity| {
        let first = &first.identity;
        let number = |it: &Identity| it.number.as_deref().map(number_key);
        let issuer = |it: &Identity| it.issuer.as_deref().map(issuer::key);
        number(first).is_some()
            && number(first) == number(other)
            && first.issued_on.is_some()
            && first.issued_on == other.issued_on
            && issuer(first).is_some()
            && issuer(first) == issuer(other)
    };
    rest.iter().all(|(other, _)| same(&other.identity))
}

/// What speaks for and against one candidate; `None` if neither number nor name is its own.
fn judge(
    mention: &Mention,
    candidate: &Candidate,
    home: Option<&str>,
    cited_on: Option<Date>,
) -> Option<Fit> {
    let it = &candidate.identity;
    let mut agrees = Vec::new();
    let mut differs = Vec::new();
    let mut say = |point: Point, agreement: Agreement| match agreement {
        Agreement::Agrees => agrees.push(point),
        Agreement::Differs => differs.push(point),
        Agreement::Unknown => {}
    };
    match &mention.number {
        Some(number) if name::same_number(number, &mention.kind, it) => {
            say(Point::Number, Agreement::Agrees);
        }
        None if name::same_name(mention, it) => say(Point::Name, Agreement::Agrees),
        _ => return None,
    }
    say(Point::Date, agreement(mention.date.as_ref(), it.issued_on.as_ref()));
    if mention.number.is_none() {
        let year = mention.name.as_deref().and_then(name::year_of);
        say(Point::Date, agreement(year.as_ref(), it.issued_on.map(Date::year).as_ref()));
    }
    say(Point::Term, term::agreement(mention, it));
    say(Point::Subject, name::subject_agreement(mention, it));
    let own_office = issuer::of(it);
    match mention.issuer.as_deref().map(Office::parse) {
        Some(cited) => {
            let own_home = issuer::province(it);
            let agreement = own_office
                .map_or(Agreement::Unknown, |own| cited.compare(home, &own, own_home.as_deref()));
            say(Point::Issuer, agreement);
        }
        None if own_office.is_none_or(|it| it.is_local()) && mention.number.is_some() => {
            let own = issuer::province(it);
            if let (Some(home), Some(own)) = (home, own)
                && home != own
                && !has_year(mention, it)
            {
                say(Point::OtherProvince, Agreement::Differs);
            }
        }
        None => {}
    }
    if let (Some(issued), Some(cited_on)) = (it.issued_on, cited_on)
        && issued > cited_on
    {
        say(Point::Later, Agreement::Differs);
    }
    Some(Fit { id: candidate.id, agrees, differs })
}

/// Whether the day agrees, which settles what the province leaves open.
fn has_year(mention: &Mention, it: &Identity) -> bool {
    mention.date.is_some() && mention.date == it.issued_on
}

fn agreement<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> Agreement {
    match (a, b) {
        (Some(a), Some(b)) if a == b => Agreement::Agrees,
        (Some(_), Some(_)) => Agreement::Differs,
        _ => Agreement::Unknown,
    }
}

impl Fit {
    /// Why it is shown, in Vietnamese: `khớp số và ký hiệu, ngày; khác cơ quan ban hành`.
    #[must_use]
    pub fn why_vietnamese(&self) -> String {
        let point = |it: &Point| match it {
            Point::Number => "số và ký hiệu",
            Point::Date => "ngày ban hành",
            Point::Issuer => "cơ quan ban hành",
            Point::Term => "khóa",
            Point::Name => "tên gọi",
            Point::Subject => "trích yếu",
            Point::OtherProvince => "địa phương",
            Point::Later => "thời gian (ban hành sau văn bản viện dẫn)",
        };
        self.why(point, "khớp", "khác")
    }

    /// Why it is shown, in English.
    #[must_use]
    pub fn why_english(&self) -> String {
        let point = |it: &Point| match it {
            Point::Number => "number",
            Point::Date => "date",
            Point::Issuer => "issuer",
            Point::Term => "term",
            Point::Name => "name",
            Point::Subject => "subject",
            Point::OtherProvince => "province",
            Point::Later => "time (issued after the document that cites it)",
        };
        self.why(point, "same", "other")
    }

    fn why(&self, point: impl Fn(&Point) -> &'static str, same: &str, other: &str) -> String {
        let list = |word: &str, points: &[Point]| {
            let points: Vec<_> = points.iter().map(&point).collect();
            (!points.is_empty()).then(|| format!("{word} {}", points.join(", ")))
        };
        let parts = [list(same, &self.agrees), list(other, &self.differs)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests;
