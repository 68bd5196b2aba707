//! The bodies that issue documents, however their names are written.

use crate::{
    resolve::{Identity, number_key},
    word::{self, Word},
};

/// Whether two things that were said are of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// They are.
    Agrees,
    /// They are not.
    Differs,
    /// One of them was not said, or not clearly.
    Unknown,
}

/// A body, taken apart: what it is, at which level, of which place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    organ: Organ,
    level: Option<Level>,
    place: Option<String>,
    /// The province, where a body below it names it.
    province: Option<String>,
    words: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Organ {
    /// One of [`ORGANS`].
    Known(&'static str),
    /// The words of its name, without titles of office and without the place.
    Named(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// A province, or a city of its rank.
    Province,
    /// A town that may be of either rank.
    City,
    District,
    Commune,
}

/// What the words of a name say it is; the first that fits counts. Words carry tones, see [`Word::toned`].
const ORGANS: &[(&str, &str)] = &[
    ("bo chinh tri", "bct"),
    ("ban bi thu", "bbt"),
    ("ban chap hanh trung uong", "bchtw"),
    ("uy ban thuong vu quoc hoi", "ubtvqh"),
    ("quoc hoi", "qh"),
    ("thu tuong", "ttg"),
    ("tinh uy", "tu"),
    ("thanh uy", "tu"),
    ("dang bo tinh", "tu"),
    ("dang bo thanh pho", "tu"),
    ("huyen uy", "hu"),
    ("quan uy", "hu"),
    ("thi uy", "hu"),
    ("dang bo huyen", "hu"),
    ("dang bo xa", "du"),
    ("dang bo phuong", "du"),
    ("dang uy", "du"),
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
];

/// Short forms in names of bodies, and what they stand for.
const SHORT: &[(&str, &str)] = &[
    ("ubnd", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("hdnd", "hội đồng nhân dân"),
    ("ttg", "thủ tướng"),
    ("tw", "trung ương"),
    ("bch", "ban chấp hành"),
    ("bchtw", "ban chấp hành trung ương"),
    ("btv", "ban thường vụ"),
    ("bct", "bộ chính trị"),
    ("cp", "chính phủ"),
    ("qh", "quốc hội"),
    ("ubtvqh", "ủy ban thường vụ quốc hội"),
    ("tp", "thành phố"),
    ("vpcp", "văn phòng chính phủ"),
    ("mttq", "mặt trận tổ quốc"),
    ("ubmttq", "ủy ban mặt trận tổ quốc"),
    ("ubmttqvn", "ủy ban mặt trận tổ quốc việt nam"),
    ("bqp", "bộ quốc phòng"),
    ("bca", "bộ công an"),
    ("bchqs", "bộ chỉ huy quân sự"),
];

/// Titles of those who sign for a body. "Trưởng Ban" and "Chánh Văn phòng" share their last word with its name.
const TITLES: &[&str] = &[
    "pho chu tich",
    "chu tich",
    "bo truong",
    "thu truong",
    "pho giam doc",
    "giam doc",
    "chanh",
    "truong",
    "cuc truong",
    "tong cuc truong",
    "vien truong",
    "thuong truc",
    "ban can su dang",
];

/// Organs of a sign in a number; the last part of the sign decides.
const SIGNS: &[(&str, &str)] = &[
    ("ttg", "ttg"),
    ("cp", "cp"),
    ("ubnd", "ubnd"),
    ("hdnd", "hdnd"),
    ("tu", "tu"),
    ("hu", "hu"),
    ("du", "du"),
    ("tw", "tw"),
];

impl Office {
    /// The body that `name` names.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        let (words, toned) = expanded(name);
        let starts = |at: usize, phrase: &str| {
            phrase.split(' ').enumerate().all(|(i, it)| words.get(at + i).is_some_and(|w| w == it))
        };
        let known = (0..words.len()).find_map(|at| {
            let found = ORGANS.iter().find(|(phrase, _)| starts(at, phrase))?;
            Some((*found, at))
        });
        let (organ, from) = match known {
            // A ministry's or committee's office is a body of its own: "Văn phòng Chính phủ".
            Some(((phrase, organ), at)) if !is_office_of(&words[..at]) => {
                // The place may stand in the phrase's own last word: "Đảng bộ tỉnh Hòa Bình".
                let n = phrase.split(' ').count();
                let back = usize::from(phrase.starts_with("dang bo ")) * (n - 2);
                let city = phrase.ends_with("thanh pho");
                (Some(organ), at + n - back.min(if city { 2 } else { 1 }))
            }
            _ => (whole(&words), 0),
        };
        let (level, place, province, place_at) = locality(&words, &toned, from);
        // "Tỉnh ủy Lai Châu": a place without a word for its level.
        let place = match organ {
            Some("tu" | "hu" | "du") if place.is_none() && place_at > from => {
                Some(until_term(&words[from..place_at])).filter(|it| !it.is_empty())
            }
            _ => place,
        };
        let organ = match organ {
            Some(organ) => Organ::Known(organ),
            None => Organ::Named(untitled(&words[..place_at])),
        };
        Self { organ, level, place, province, words }
    }

    /// The body whose sign ends a number: `TTg` in `183/QĐ-TTg`.
    #[must_use]
    pub fn of_sign(number: &str) -> Option<Self> {
        let key = number_key(number);
        let sign = key.rsplit('-').next()?;
        let organ = SIGNS.iter().find(|(it, _)| *it == sign).map(|(_, organ)| *organ);
        let organ = organ.or_else(|| {
            let rest = sign.strip_prefix("ubtvqh").map(|it| (it, "ubtvqh"));
            let (rest, organ) = rest.or_else(|| sign.strip_prefix("qh").map(|it| (it, "qh")))?;
            rest.bytes().all(|it| it.is_ascii_digit()).then_some(organ)
        })?;
        let (level, place, province, words) = (None, None, None, Vec::new());
        Some(Self { organ: Organ::Known(organ), level, place, province, words })
    }

    /// Whether there is one such body in each province, district or commune.
    #[must_use]
    pub fn is_local(&self) -> bool {
        match &self.organ {
            Organ::Known(it) => matches!(*it, "ubnd" | "hdnd" | "tu" | "hu" | "du"),
            Organ::Named(words) => is_department(words) || self.level.is_some(),
        }
    }

    /// Whether the two name one body; each `home` is the province of the document that names it, which
    /// "Ủy ban nhân dân tỉnh" without a name means.
    #[must_use]
    pub fn compare(&self, home: Option<&str>, other: &Self, other_home: Option<&str>) -> Agreement {
        let organs = self.compare_organ(other);
        if organs == Agreement::Differs {
            return Agreement::Differs;
        }
        if let (Some(a), Some(b)) = (self.level, other.level)
            && a != b
            && a != Level::City
            && b != Level::City
        {
            return Agreement::Differs;
        }
        if !self.is_local() {
            return organs;
        }
        let place = |it: &Self, home: Option<&str>| {
            let is_provincial = match (&it.organ, it.level) {
                (_, Some(level)) => matches!(level, Level::Province | Level::City),
                (Organ::Known(organ), None) => *organ == "tu",
                (Organ::Named(words), None) => is_department(words),
            };
            it.place.clone().or_else(|| home.filter(|_| is_provincial).map(str::to_owned))
        };
        match (place(self, home), place(other, other_home)) {
            (Some(a), Some(b)) if a != b => Agreement::Differs,
            (Some(_), Some(_)) => organs,
            _ => Agreement::Unknown,
        }
    }

    fn compare_organ(&self, other: &Self) -> Agreement {
        match (&self.organ, &other.organ) {
            (Organ::Known(a), Organ::Known(b)) if a == b => Agreement::Agrees,
            // "Trung ương", "Đảng": one of the central bodies, and not said which.
            (Organ::Known("tw"), Organ::Known("bct" | "bbt" | "bchtw"))
            | (Organ::Known("bct" | "bbt" | "bchtw"), Organ::Known("tw")) => Agreement::Unknown,
            (Organ::Known(_), Organ::Known(_)) => Agreement::Differs,
            (Organ::Named(a), Organ::Named(b)) => {
                let (n_shared, n_less, n_more) = shared(a, b);
                if n_shared * 4 >= n_more * 3 {
                    Agreement::Agrees
                } else if n_shared == n_less && n_less > 1 {
                    Agreement::Unknown
                } else {
                    Agreement::Differs
                }
            }
            (Organ::Known(_), Organ::Named(_)) => like(&self.words, &other.words),
            (Organ::Named(_), Organ::Known(_)) => like(&other.words, &self.words),
        }
    }
}

/// The body that issued a document: as printed, else by the sign of its number.
pub(super) fn of(identity: &Identity) -> Option<Office> {
    let printed = identity.issuer.as_deref().map(Office::parse);
    printed.or_else(|| identity.number.as_deref().and_then(Office::of_sign))
}

/// The province of a document, without accents: that of its issuer, else its place.
///
/// The place of issue of a commune's document is the commune; of a central one, Hà Nội: neither is taken.
#[must_use]
pub fn province(identity: &Identity) -> Option<String> {
    let place = || identity.place.as_deref().map(crate::fold::bare);
    let Some(office) = of(identity) else { return place() };
    if office.province.is_some() {
        return office.province;
    }
    match (office.level, &office.organ) {
        (Some(Level::Province | Level::City), _) | (None, Organ::Known("tu")) => {
            office.place.or_else(place)
        }
        (Some(_), _) => None,
        (None, Organ::Known("ubnd" | "hdnd")) => place(),
        (None, Organ::Named(words)) if is_department(words) => place(),
        (None, _) if identity.kind == "news" => place(),
        (None, _) => None,
    }
}

/// A name of a body as it is grouped in lists: without case and accents, short forms written out.
#[must_use]
pub fn key(name: &str) -> String {
    expanded(name).0.join(" ")
}

/// The words of a name, short forms written out: without accents, and with tones.
fn expanded(name: &str) -> (Vec<String>, Vec<String>) {
    let mut words = Vec::new();
    let mut toned = Vec::new();
    for Word { bare, toned: with_tone, .. } in word::words(name) {
        match SHORT.iter().find(|(short, _)| crate::fold::bare(short) == bare) {
            Some((_, long)) => {
                for word in word::words(long) {
                    words.push(word.bare);
                    toned.push(word.toned);
                }
            }
            None => {
                words.push(bare);
                toned.push(with_tone);
            }
        }
    }
    (words, toned)
}

/// Bodies whose whole name it takes.
fn whole(words: &[String]) -> Option<&'static str> {
    match words.join(" ").as_str() {
        "chinh phu" => Some("cp"),
        "dang" | "trung uong" | "trung uong dang" | "dang cong san viet nam" => Some("tw"),
        _ => None,
    }
}

/// Whether the words before an organ make it another: "Văn phòng Quốc hội", "Ban Tổ chức Tỉnh ủy".
fn is_office_of(before: &[String]) -> bool {
    let before = before.join(" ");
    let is_own = before.is_empty()
        || before.ends_with("ban chap hanh")
        || before.ends_with("ban thuong vu")
        || before.ends_with("hoi nghi")
        || TITLES.iter().any(|it| before == *it);
    let is_numbered = before.contains("hoi nghi") || before.contains("dai hoi");
    !is_own && !is_numbered
}

/// Level, place, province, and where the words for them begin.
fn locality(
    words: &[String],
    toned: &[String],
    from: usize,
) -> (Option<Level>, Option<String>, Option<String>, usize) {
    let level_at = |at: usize| match (toned[at].as_str(), toned.get(at + 1).map(String::as_str)) {
        ("tinh3", _) => Some((Level::Province, 1)),
        ("thanh1", Some("phô2")) => Some((Level::City, 2)),
        ("huyên5" | "quân5", _) => Some((Level::District, 1)),
        ("thi5", Some("xa4")) => Some((Level::District, 2)),
        ("thi5", Some("trân2")) | ("đăc5", Some("khu")) => Some((Level::Commune, 2)),
        ("xa4" | "phương1", _) => Some((Level::Commune, 1)),
        _ => None,
    };
    let mut found: Vec<(usize, Level, usize)> = Vec::new();
    let mut at = from.min(words.len());
    while at < words.len() {
        match level_at(at) {
            Some((level, n)) => {
                found.push((at, level, at + n));
                at += n;
            }
            None => at += 1,
        }
    }
    let end = |i: usize| found.get(i + 1).map_or(words.len(), |it| it.0);
    let place = |i: usize| {
        let place = until_term(&words[found[i].2..end(i)]);
        (!place.is_empty()).then_some(place)
    };
    let Some(first) = found.first() else { return (None, None, None, words.len()) };
    let province = (1..found.len()).find(|it| found[*it].1 == Level::Province).and_then(place);
    (Some(first.1), place(0), province, first.0)
}

/// The words before "khóa …", "nhiệm kỳ …".
fn until_term(words: &[String]) -> String {
    let is_term = |it: &&String| matches!(it.as_str(), "khoa" | "nhiem" | "lan");
    words.iter().take_while(|it| !is_term(it)).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Whether it is a department of a province (*sở*).
fn is_department(organ: &[String]) -> bool {
    organ.first().is_some_and(|it| it == "so")
}

fn untitled(words: &[String]) -> Vec<String> {
    let joined = words.join(" ");
    let mut rest = joined.as_str();
    while let Some(title) = TITLES.iter().find(|it| rest.starts_with(&format!("{it} "))) {
        rest = &rest[title.len() + 1..];
    }
    rest.split(' ').filter(|it| !it.is_empty() && *it != "cua").map(str::to_owned).collect()
}

/// Whether an unknown name may be a known one that lost letters in scanning; such a name does not speak against it.
///
/// One that has all its words and more is another body: "Văn phòng Chính phủ".
fn like(known: &[String], named: &[String]) -> Agreement {
    let (n_shared, n_less, _) = shared(known, named);
    let has_more = n_shared == known.len() && known.len() < named.len();
    let is_like = n_less == 0 || n_shared * 2 >= n_less && !has_more;
    if is_like { Agreement::Unknown } else { Agreement::Differs }
}

/// How many words the two share, and how many the smaller and the larger have.
fn shared(a: &[String], b: &[String]) -> (usize, usize, usize) {
    let (less, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    (less.iter().filter(|it| more.contains(it)).count(), less.len(), more.len())
}

#[cfg(test)]
mod tests;
