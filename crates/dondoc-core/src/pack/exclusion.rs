//! What no pack may collect: the exclusion list.
//!
//! Figures about the strength, weapons, places, readiness and plans of armed forces are state secrets; persons have no
//! place in registers of events; what people think is nobody's figure. The list is enforced on every name and code of a
//! pack, so that nobody has to remember it.
//!
//! # Source
//!
//! Law 117/2025/QH15 on the protection of state secrets, Law 91/2025/QH15 on personal data. The list of secrets in force
//! is its owner's to give; this one is the least that holds in any case.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::fold::bare;

/// Why something is on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// How many soldiers, militia or reservists there are.
    Strength,
    /// Weapons, ammunition, military equipment and its stocks.
    Weapon,
    /// Where forces, works and targets are.
    Position,
    /// How ready forces are.
    Readiness,
    /// Plans and scenarios of fighting, mobilising or exercising.
    BattlePlan,
    /// Marked as secret.
    Secret,
    /// Persons by name, number, birth, address.
    Person,
    /// What people think, and what is told to make them think so.
    Opinion,
}

/// A phrase of the list, and phrases around it that make it harmless.
struct Term {
    why: Exclusion,
    phrase: &'static str,
    unless: &'static [&'static str],
}

const fn term(why: Exclusion, phrase: &'static str) -> Term {
    Term { why, phrase, unless: &[] }
}

/// A phrase that is harmless within any of these.
const fn except(why: Exclusion, phrase: &'static str, unless: &'static [&'static str]) -> Term {
    Term { why, phrase, unless }
}

/// The list with its words taken apart, once.
static PHRASES: LazyLock<Vec<(&Term, Phrase)>> = LazyLock::new(|| {
    let phrase = |term: &'static Term| Phrase {
        words: words(term.phrase),
        unless: term.unless.iter().map(|it| words(it)).collect(),
    };
    TERMS.iter().map(|it| (it, phrase(it))).collect()
});

struct Phrase {
    words: Vec<Word>,
    unless: Vec<Vec<Word>>,
}

const TERMS: &[Term] = &[
    term(Exclusion::Strength, "quân số"),
    term(Exclusion::Strength, "biên chế quân"),
    term(Exclusion::Strength, "biên chế dân quân"),
    term(Exclusion::Strength, "số lượng dân quân"),
    term(Exclusion::Strength, "tổng số dân quân"),
    term(Exclusion::Strength, "số dân quân"),
    term(Exclusion::Strength, "số chiến sĩ dân quân"),
    term(Exclusion::Strength, "số quân nhân dự bị"),
    term(Exclusion::Strength, "số dự bị động viên"),
    term(Exclusion::Strength, "lực lượng thường trực hiện có"),
    term(Exclusion::Strength, "troop strength"),
    term(Exclusion::Strength, "number of troops"),
    term(Exclusion::Strength, "number of soldiers"),
    term(Exclusion::Strength, "number of militia"),
    term(Exclusion::Strength, "number of reservists"),
    term(Exclusion::Strength, "headcount of militia"),
    term(Exclusion::Weapon, "vũ khí"),
    term(Exclusion::Weapon, "khí tài"),
    term(Exclusion::Weapon, "đạn dược"),
    term(Exclusion::Weapon, "súng đạn"),
    except(Exclusion::Weapon, "súng", &["bổ sung"]),
    term(Exclusion::Weapon, "lựu đạn"),
    term(Exclusion::Weapon, "viên đạn"),
    term(Exclusion::Weapon, "cơ số đạn"),
    term(Exclusion::Weapon, "tên lửa"),
    except(Exclusion::Weapon, "xe tăng", &["xe tăng thêm", "xe tăng so"]),
    term(Exclusion::Weapon, "trang bị kỹ thuật quân sự"),
    term(Exclusion::Weapon, "trang bị quân sự"),
    term(Exclusion::Weapon, "weapon"),
    term(Exclusion::Weapon, "weapons"),
    term(Exclusion::Weapon, "ammunition"),
    term(Exclusion::Weapon, "firearms"),
    term(Exclusion::Weapon, "rifles"),
    term(Exclusion::Weapon, "military equipment"),
    term(Exclusion::Position, "tọa độ"),
    except(Exclusion::Position, "trận địa", &["mặt trận địa"]),
    term(Exclusion::Position, "vị trí đóng quân"),
    term(Exclusion::Position, "nơi đóng quân"),
    term(Exclusion::Position, "địa điểm đóng quân"),
    term(Exclusion::Position, "vị trí công trình quốc phòng"),
    term(Exclusion::Position, "vị trí công trình phòng thủ"),
    term(Exclusion::Position, "công trình chiến đấu"),
    term(Exclusion::Position, "căn cứ chiến đấu"),
    term(Exclusion::Position, "sở chỉ huy cơ bản"),
    term(Exclusion::Position, "bản đồ quyết tâm"),
    term(Exclusion::Position, "bản đồ tác chiến"),
    term(Exclusion::Position, "coordinates"),
    term(Exclusion::Position, "firing position"),
    term(Exclusion::Position, "firing positions"),
    term(Exclusion::Position, "location of defence works"),
    term(Exclusion::Readiness, "sẵn sàng chiến đấu"),
    term(Exclusion::Readiness, "trực chiến"),
    term(Exclusion::Readiness, "sscđ"),
    term(Exclusion::Readiness, "trạng thái sẵn sàng"),
    term(Exclusion::Readiness, "combat readiness"),
    term(Exclusion::Readiness, "readiness state"),
    term(Exclusion::BattlePlan, "phương án tác chiến"),
    term(Exclusion::BattlePlan, "kế hoạch tác chiến"),
    term(Exclusion::BattlePlan, "phương án chiến đấu"),
    term(Exclusion::BattlePlan, "kế hoạch chiến đấu"),
    term(Exclusion::BattlePlan, "quyết tâm chiến đấu"),
    term(Exclusion::BattlePlan, "quyết tâm tác chiến"),
    except(Exclusion::BattlePlan, "kế hoạch động viên", &["kế hoạch động viên khen thưởng"]),
    term(Exclusion::BattlePlan, "kịch bản diễn tập"),
    term(Exclusion::BattlePlan, "ý định diễn tập"),
    term(Exclusion::BattlePlan, "lộ trình tuần tra"),
    term(Exclusion::BattlePlan, "battle plan"),
    term(Exclusion::BattlePlan, "combat plan"),
    term(Exclusion::BattlePlan, "mobilisation plan"),
    term(Exclusion::BattlePlan, "drill scenario"),
    term(Exclusion::BattlePlan, "patrol route"),
    term(Exclusion::Secret, "tuyệt mật"),
    term(Exclusion::Secret, "tối mật"),
    term(Exclusion::Secret, "đóng dấu mật"),
    term(Exclusion::Secret, "độ mật"),
    term(Exclusion::Secret, "top secret"),
    term(Exclusion::Person, "họ tên"),
    term(Exclusion::Person, "họ và tên"),
    term(Exclusion::Person, "họ chữ đệm"),
    term(Exclusion::Person, "căn cước"),
    term(Exclusion::Person, "cccd"),
    term(Exclusion::Person, "cmnd"),
    term(Exclusion::Person, "chứng minh nhân dân"),
    term(Exclusion::Person, "số định danh cá nhân"),
    except(Exclusion::Person, "ngày sinh", &["ngày sinh hoạt"]),
    except(Exclusion::Person, "năm sinh", &["năm sinh viên"]),
    term(Exclusion::Person, "quê quán"),
    term(Exclusion::Person, "số điện thoại"),
    term(Exclusion::Person, "địa chỉ thường trú"),
    term(Exclusion::Person, "nơi thường trú"),
    term(Exclusion::Person, "danh sách cá nhân"),
    term(Exclusion::Person, "full name"),
    term(Exclusion::Person, "surname"),
    term(Exclusion::Person, "date of birth"),
    term(Exclusion::Person, "birthday"),
    term(Exclusion::Person, "citizen id"),
    term(Exclusion::Person, "identity card"),
    term(Exclusion::Person, "phone number"),
    term(Exclusion::Person, "home address"),
    term(Exclusion::Opinion, "dư luận"),
    term(Exclusion::Opinion, "tư tưởng nhân dân"),
    term(Exclusion::Opinion, "tâm trạng nhân dân"),
    term(Exclusion::Opinion, "thái độ chính trị"),
    term(Exclusion::Opinion, "theo tôn giáo"),
    term(Exclusion::Opinion, "tuyên truyền"),
    term(Exclusion::Opinion, "public opinion"),
    term(Exclusion::Opinion, "political attitude"),
    term(Exclusion::Opinion, "by religion"),
    term(Exclusion::Opinion, "propaganda"),
];

/// What of the exclusion list a name or code says: the reason and the phrase, the first of each reason.
///
/// A phrase without accents matches any way of accenting it, so `so_sung` is found as `số súng` is; one with accents
/// matches only itself, so `bổ sung` and `dân quân y` are left in peace. Words run together (`hoten`) are found as well.
#[must_use]
pub fn excluded(text: &str) -> Vec<(Exclusion, &'static str)> {
    let words: Vec<Word> = words(text);
    let mut hits: Vec<(Exclusion, &'static str)> = Vec::new();
    for (term, phrase) in PHRASES.iter() {
        if !hits.iter().any(|(why, _)| *why == term.why) && stands_in(phrase, &words) {
            hits.push((term.why, term.phrase));
        }
    }
    hits
}

struct Word {
    /// In lower case, accents as written.
    written: String,
    bare: String,
}

fn words(text: &str) -> Vec<Word> {
    let split = text.split(|it: char| !it.is_alphanumeric() && !crate::fold::is_mark(it));
    let words = split.filter(|it| !it.is_empty());
    words.map(|it| Word { written: composed(it), bare: bare(it) }).collect()
}

/// In lower case, with tone and shape in one order, so that both ways of composing and placing compare equal.
fn composed(word: &str) -> String {
    let key = crate::fold::syllable_key(word);
    let bare = bare(word);
    if word.to_lowercase() == bare { bare } else { format!("{bare}#{}", key.hash()) }
}

fn stands_in(phrase: &Phrase, text: &[Word]) -> bool {
    let is_harmless = |at: usize| {
        phrase.unless.iter().any(|around| {
            let first = at.saturating_sub(around.len() - 1);
            (first..=at).any(|it| stands_at(around, text, it))
        })
    };
    let spelled = (0..text.len()).any(|at| stands_at(&phrase.words, text, at) && !is_harmless(at));
    let together: String = phrase.words.iter().map(|it| it.bare.as_str()).collect();
    // Run together, also in the middle of a longer run; short ones only if that is all.
    let runs = |it: &Word| {
        it.written == together || (together.len() > 6 && it.written.contains(&together))
    };
    spelled || (phrase.words.len() > 1 && text.iter().any(runs))
}

/// All words as the list spells them, or all of them without accents: `giao quân so với` has no `quân số`.
fn stands_at(phrase: &[Word], text: &[Word], at: usize) -> bool {
    text.get(at..at + phrase.len()).is_some_and(|words| {
        let pairs = || words.iter().zip(phrase);
        pairs().all(|(word, of)| word.written == of.written)
            || pairs().all(|(word, of)| word.written == word.bare && word.bare == of.bare)
    })
}
