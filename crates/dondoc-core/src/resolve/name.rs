//! Numbers and names of documents, and the keys under which they are looked up.

use crate::{
    fold, kind,
    resolve::{Identity, Mention, issuer::Agreement, term},
    word,
};

/// A number as it is compared: without case, accents, white space and leading zeros, and with one separator,
/// for the wrong one is a common slip (`28-NQ/TW`, `28/NQ-TW`).
///
/// `26-CTr/TU` and `26 - Ctr/TU` are both `26-ctr-tu`.
#[must_use]
pub fn number_key(number: &str) -> String {
    let mut key = String::with_capacity(number.len());
    for c in number.chars() {
        if let Some(letter) = fold::letter(c) {
            key.push(fold::without_shape(letter.base));
        } else if c.is_numeric() || matches!(c, '.' | '&') {
            key.push(c);
        } else if matches!(c, '/' | '-' | '–' | '—' | '−' | '‐' | '‑') && !key.ends_with('-')
        {
            key.push('-');
        }
    }
    let key = key.trim_matches(['-', '.']);
    let zeros = key.len() - key.trim_start_matches('0').len();
    let has_more = key[zeros..].starts_with(|c: char| c.is_ascii_digit());
    if has_more { key[zeros..].to_owned() } else { key.to_owned() }
}

/// The digits that a number key begins with.
pub(super) fn lead(key: &str) -> &str {
    &key[..key.len() - key.trim_start_matches(|c: char| c.is_ascii_digit()).len()]
}

pub(super) fn is_digits(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|it| it.is_ascii_digit())
}

/// Everything under which a document can be looked up.
#[must_use]
pub fn document_keys(identity: &Identity) -> Vec<String> {
    let mut keys = Vec::new();
    let kind = &identity.kind;
    if let Some(number) = identity.number.as_deref().map(number_key).filter(|it| !it.is_empty()) {
        keys.push(format!("k:{kind}:{}", lead(&number)));
        keys.push(format!("n:{number}"));
    }
    for session in sessions_of(identity) {
        keys.push(session.key(kind));
    }
    if let Some(title) = identity.title.as_deref() {
        keys.extend(title_key(kind, &plain_name(kind, title)));
    }
    keys.sort();
    keys.dedup();
    keys
}

/// Everything under which the document of a mention is looked up.
#[must_use]
pub fn mention_keys(mention: &Mention) -> Vec<String> {
    let kind = &mention.kind;
    if let Some(number) = mention.number.as_deref().map(number_key) {
        let key =
            if is_digits(&number) { format!("k:{kind}:{number}") } else { format!("n:{number}") };
        return vec![key];
    }
    let Some(name) = mention.name.as_deref() else { return Vec::new() };
    let sessions = Session::all_in(name);
    if !sessions.is_empty() {
        return sessions.iter().map(|it| it.key(kind)).collect();
    }
    title_key(kind, &plain_name(kind, name)).into_iter().collect()
}

/// The first two words: names are cut and continued in many ways, but begin alike.
fn title_key(kind: &str, name: &[String]) -> Option<String> {
    (name.len() >= 2).then(|| format!("w:{kind}:{} {}", name[0], name[1]))
}

/// Whether `number`, cited as one of `kind`, is that of `identity`.
///
/// A bare number says nothing without its type. A number with its sign does: what is cited as `CV` may
/// carry the sign of another type, and `QĐ` stands for both decisions and regulations of the Party.
pub(super) fn same_number(number: &str, kind: &str, identity: &Identity) -> bool {
    let Some(own) = identity.number.as_deref().map(number_key) else { return false };
    let cited = number_key(number);
    if is_digits(&cited) { kind == identity.kind && lead(&own) == cited } else { own == cited }
}

/// Words that a title may go on with after the name by which it is cited.
const TAILS: &[&str] =
    &["giai", "thoi", "cua", "tren", "nam", "den", "tam", "sua", "trong", "thuoc", "tinh"];

/// Whether the name in `mention` is that of `identity`.
pub(super) fn same_name(mention: &Mention, identity: &Identity) -> bool {
    let Some(cited) = mention.name.as_deref() else { return false };
    if mention.kind != identity.kind {
        return false;
    }
    let sessions = Session::all_in(cited);
    if !sessions.is_empty() {
        let own = sessions_of(identity);
        return sessions.iter().any(|it| own.contains(it));
    }
    let Some(title) = identity.title.as_deref() else { return false };
    let cited = plain_name(&mention.kind, cited);
    let own = plain_name(&identity.kind, title);
    if cited.len() < 2 || own.len() < 2 {
        return false;
    }
    let (short, long) = if cited.len() <= own.len() { (&cited, &own) } else { (&own, &cited) };
    let goes_on = long.get(short.len());
    long.starts_with(short) && goes_on.is_none_or(|it| TAILS.contains(&it.as_str()))
}

/// The year at the end of a name: "Luật Quốc phòng năm 2018".
pub(super) fn year_of(name: &str) -> Option<i16> {
    let words: Vec<String> = word::words(name).map(|it| it.bare).collect();
    let [.., before, year] = words.as_slice() else { return None };
    let year = (before == "nam").then(|| year.parse().ok()).flatten()?;
    (1945..2200).contains(&year).then_some(year)
}

/// The words of a name without its type word, "về việc", "ban hành" and a year at its end.
fn plain_name(kind: &str, name: &str) -> Vec<String> {
    let mut words: Vec<String> = word::words(name).map(|it| it.bare).collect();
    if year_of(name).is_some() {
        words.truncate(words.len() - 2);
    }
    let type_words = kind::KINDS
        .iter()
        .filter(|it| it.code == kind)
        .map(|it| it.name)
        .map(|it| word::words(it).map(|it| it.bare).collect::<Vec<_>>());
    let mut fillers: Vec<Vec<String>> = type_words.collect();
    for filler in ["v v", "ve viec", "ve", "ban hanh", "phe duyet", "hanh dong", "kem theo", "viec"]
    {
        fillers.push(filler.split(' ').map(str::to_owned).collect());
    }
    while let Some(filler) = fillers.iter().find(|it| words.starts_with(it)) {
        words.drain(..filler.len());
    }
    words
}

/// Whether the words after a citation are the subject of `identity`: agreed if most stand in its title.
///
/// They never speak against it, for a text may go on with anything.
pub(super) fn subject_agreement(mention: &Mention, identity: &Identity) -> Agreement {
    let (Some(subject), Some(title)) = (&mention.subject, &identity.title) else {
        return Agreement::Unknown;
    };
    let title: Vec<String> = plain_name(&identity.kind, title);
    let subject: Vec<String> = word::words(subject)
        .map(|it| it.bare)
        .skip_while(|it| it == "ve" || it == "viec")
        .collect();
    let n = title.len().min(subject.len()).min(8);
    if n < 4 {
        return Agreement::Unknown;
    }
    let n_shared = subject.iter().take(n).filter(|it| title.contains(it)).count();
    if n_shared * 4 >= n * 3 { Agreement::Agrees } else { Agreement::Unknown }
}

/// A conference or congress that passes documents known by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Session {
    /// A conference of the Central Committee: "Trung ương 8 (khóa XI)".
    Plenum { number: u32, term: u32 },
    /// A congress: of a committee ("tinh lai chau"), or, where that is empty, the national one.
    Congress { body: String, term: u32 },
}

impl Session {
    fn key(&self, kind: &str) -> String {
        match self {
            Session::Plenum { number, term } => format!("p:{kind}:{number}:{term}"),
            Session::Congress { body, term } => format!("c:{kind}:{body}:{term}"),
        }
    }

    /// The sessions that a name names; "(khóa XI, XII)" are two.
    pub(super) fn all_in(name: &str) -> Vec<Self> {
        let words: Vec<String> = word::words(name).map(|it| it.bare).collect();
        Self::congress(&words).map_or_else(|| Self::plenums(&words), |it| vec![it])
    }

    fn plenums(words: &[String]) -> Vec<Self> {
        let Some(number) = plenum_number(words) else { return Vec::new() };
        let Some(at) = words.iter().position(|it| it == "khoa") else { return Vec::new() };
        let terms = words[at + 1..].iter().map_while(|it| term::number(it));
        terms.map(|term| Session::Plenum { number, term }).collect()
    }

    fn congress(words: &[String]) -> Option<Self> {
        let at = words.windows(2).position(|it| it[0] == "dai" && it[1] == "hoi")?;
        let rest: Vec<&str> = words[at + 2..].iter().map(String::as_str).collect();
        let (body, term) = match rest.windows(2).position(|it| it == ["lan", "thu"]) {
            Some(lan) => (&rest[..lan], term::number(rest.get(lan + 2)?)?),
            None => {
                let at = rest.iter().position(|it| term::number(it).is_some())?;
                (&rest[..at], term::number(rest[at])?)
            }
        };
        let fillers = ["dai", "bieu", "dang", "bo", "toan", "quoc"];
        let body: Vec<&str> = body.iter().copied().filter(|it| !fillers.contains(it)).collect();
        Some(Session::Congress { body: body.join(" "), term })
    }
}

/// The number in "Trung ương 8", "TW8", "TW 8", "Hội nghị lần thứ tám Ban Chấp hành Trung ương".
fn plenum_number(words: &[String]) -> Option<u32> {
    let joined = words.iter().find_map(|it| it.strip_prefix("tw").filter(|it| is_digits(it)));
    if let Some(number) = joined {
        return number.parse().ok();
    }
    let after = |at: usize| words.get(at).and_then(|it| term::number(it));
    let direct = (0..words.len()).find_map(|at| match words[at].as_str() {
        "tw" => after(at + 1),
        "trung" if words.get(at + 1).is_some_and(|it| it == "uong") => after(at + 2),
        _ => None,
    });
    let is_central = || {
        words.windows(2).any(|it| it[0] == "trung" && it[1] == "uong")
            || words.contains(&"tw".into())
    };
    direct.or_else(|| {
        let at = words.windows(2).position(|it| it[0] == "lan" && it[1] == "thu")?;
        is_central().then(|| after(at + 2)).flatten()
    })
}

/// The sessions that passed a document, by its title, its issuer and the opening of its text.
fn sessions_of(identity: &Identity) -> Vec<Session> {
    let is_central = identity.number.as_deref().is_none_or(|it| number_key(it).ends_with("-tw"));
    let of_title = identity.title.as_deref().map(Session::all_in).unwrap_or_default();
    if !of_title.is_empty() || !matches!(identity.kind.as_str(), "NQ" | "KL") {
        return of_title;
    }
    let named = [identity.issuer.as_deref(), Some(&identity.opening)];
    let found = named.into_iter().flatten().map(Session::all_in).find(|it| !it.is_empty());
    found.filter(|_| is_central).unwrap_or_default()
}
