//! What a unit is: a province, a commune, a department, a Party committee.

use serde::{Deserialize, Serialize};

/// A tier of the State's territory, for telling apart kinds of the same name (*thành phố*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// *cấp tỉnh*
    Province,
    /// *cấp huyện*, until 2025-06-30
    District,
    /// *cấp xã*
    Commune,
}

/// What a unit is.
///
/// # Source
///
/// Territory: Constitution of 2013, article 110; special zones and the end of the districts: Law 72/2025/QH15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// *cả nước*
    Country,
    /// *tỉnh*
    Province,
    /// *thành phố trực thuộc trung ương*
    City,
    /// *quận*
    UrbanDistrict,
    /// *huyện*
    District,
    /// *thị xã*
    Town,
    /// *thành phố thuộc tỉnh, thuộc thành phố*
    ProvincialCity,
    /// *xã*
    Commune,
    /// *phường*
    Ward,
    /// *thị trấn*
    Township,
    /// *đặc khu*
    SpecialZone,
    /// A unit of that tier of which the source does not say what it is (*đơn vị cấp xã*).
    CommuneLevel,
    /// Land that a district looks after and no commune has (*khu vực do huyện quản lý*).
    Area,
    /// *sở, ban, ngành*, an office of the committee, a public service unit
    Department,
    /// *tỉnh ủy, đảng ủy, chi bộ*
    PartyCommittee,
    /// *bộ chỉ huy, ban chỉ huy quân sự*
    MilitaryCommand,
    /// *Mặt trận Tổ quốc*
    Front,
    /// *đoàn thể*: youth union, women's union, farmers, veterans, trade union
    Organisation,
}

/// Kind, its name in the store, its Vietnamese word, its English word.
const WORDS: [(Kind, &str, &str, &str); 18] = [
    (Kind::Country, "country", "cả nước", "country"),
    (Kind::Province, "province", "tỉnh", "province"),
    (Kind::City, "city", "thành phố", "city"),
    (Kind::UrbanDistrict, "urban_district", "quận", "urban district"),
    (Kind::District, "district", "huyện", "district"),
    (Kind::Town, "town", "thị xã", "town"),
    (Kind::ProvincialCity, "provincial_city", "thành phố", "provincial city"),
    (Kind::Commune, "commune", "xã", "commune"),
    (Kind::Ward, "ward", "phường", "ward"),
    (Kind::Township, "township", "thị trấn", "township"),
    (Kind::SpecialZone, "special_zone", "đặc khu", "special zone"),
    (Kind::CommuneLevel, "commune_level", "đơn vị cấp xã", "commune-level unit"),
    (Kind::Area, "area", "khu vực", "area"),
    (Kind::Department, "department", "sở, ban, ngành", "department"),
    (Kind::PartyCommittee, "party_committee", "cấp ủy", "Party committee"),
    (Kind::MilitaryCommand, "military_command", "cơ quan quân sự", "military command"),
    (Kind::Front, "front", "Mặt trận Tổ quốc", "Fatherland Front"),
    (Kind::Organisation, "organisation", "đoàn thể", "organisation"),
];

impl Kind {
    /// All kinds, territory first.
    pub fn all() -> impl Iterator<Item = Self> {
        WORDS.iter().map(|it| it.0)
    }

    /// The name in files and in the store: `special_zone`.
    #[must_use]
    pub fn code(self) -> &'static str {
        WORDS[self as usize].1
    }

    /// The kind of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        WORDS.iter().find(|it| it.1 == code).map(|it| it.0)
    }

    /// The Vietnamese word, as it stands before a name: `xã`.
    #[must_use]
    pub fn vietnamese(self) -> &'static str {
        WORDS[self as usize].2
    }

    /// The English word.
    #[must_use]
    pub fn english(self) -> &'static str {
        WORDS[self as usize].3
    }

    /// The tier of a part of the State's territory; `None` for all else.
    #[must_use]
    pub fn level(self) -> Option<Level> {
        Some(match self {
            Self::Province | Self::City => Level::Province,
            Self::UrbanDistrict | Self::District | Self::Town | Self::ProvincialCity => {
                Level::District
            }
            Self::Commune
            | Self::Ward
            | Self::Township
            | Self::SpecialZone
            | Self::CommuneLevel
            | Self::Area => Level::Commune,
            _ => return None,
        })
    }

    /// Whether the name is spoken with the word of the kind before it: *xã* Bình An, but *Sở Tài chính*.
    #[must_use]
    pub fn goes_before_the_name(self) -> bool {
        self.level().is_some() && !matches!(self, Self::Area | Self::CommuneLevel)
    }

    /// Takes the word of a kind off a full name: `Phường Ba Đình` → ward, `Ba Đình`.
    ///
    /// The word may be written in capitals or without; `None` if the name begins with no word of that tier.
    #[must_use]
    pub fn split(full_name: &str, level: Level) -> Option<(Self, &str)> {
        let kinds = Self::all().filter(|it| it.level() == Some(level) && it.goes_before_the_name());
        kinds.into_iter().find_map(|kind| {
            let word = kind.vietnamese();
            let end = full_name
                .char_indices()
                .nth(word.chars().count())
                .filter(|(_, next)| next.is_whitespace())?
                .0;
            let name = full_name[end..].trim_start();
            let is_word = full_name[..end].to_lowercase() == word;
            (is_word && !name.is_empty()).then_some((kind, name))
        })
    }

    /// The full name: `Ba Đình` → `Phường Ba Đình`.
    #[must_use]
    pub fn full_name(self, name: &str) -> String {
        if !self.goes_before_the_name() {
            return name.to_owned();
        }
        let word = self.vietnamese();
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{} {name}", letters.as_str())
    }

    /// Siblings stand in this order first: territory, agencies, Party, military, Front.
    pub(crate) fn group(self) -> u8 {
        match self {
            Self::Department => 1,
            Self::PartyCommittee => 2,
            Self::MilitaryCommand => 3,
            Self::Front => 4,
            Self::Organisation => 5,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_at_its_place() {
        for (at, kind) in Kind::all().enumerate() {
            assert_eq!(kind as usize, at);
            assert_eq!(Kind::by_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
    }

    #[test]
    fn a_full_name_is_word_and_name() {
        for (full, level, kind, name) in [
            ("Phường 1", Level::Commune, Kind::Ward, "1"),
            ("xã Bắc Sơn", Level::Commune, Kind::Commune, "Bắc Sơn"),
            ("THÀNH PHỐ Huế", Level::Province, Kind::City, "Huế"),
            ("Thành phố Thủ Đức", Level::District, Kind::ProvincialCity, "Thủ Đức"),
            ("Đặc khu Lý Sơn", Level::Commune, Kind::SpecialZone, "Lý Sơn"),
        ] {
            assert_eq!(Kind::split(full, level), Some((kind, name)), "{full}");
        }
        assert_eq!(Kind::split("Quảng Trị", Level::Province), None);
        assert_eq!(Kind::split("Xãbắc Sơn", Level::Commune), None);
        assert_eq!(Kind::SpecialZone.full_name("Lý Sơn"), "Đặc khu Lý Sơn");
        assert_eq!(Kind::Department.full_name("Sở Tài chính"), "Sở Tài chính");
    }
}
