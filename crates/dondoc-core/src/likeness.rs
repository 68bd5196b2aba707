//! How much of one text stands in another: near-duplicates of documents.
//!
//! Two steps. A text has a few *keys*; texts that may be alike share some (a quick look-up in an index).
//! Then [`compare`] says exactly how alike two texts are, from all their shingles.
//!
//! A shingle is four syllables in a row, without case and accents, so that neither reflowed lines nor a
//! differently placed tone mark make a difference.
//!
//! Keys and signatures are stored. **What this module computes must not change without a migration.**

/// The 128 MinHash values of a text.
///
/// # Source
///
/// Broder, *On the resemblance and containment of documents* (1997).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature([u32; N_HASHES]);

/// The shingles of a text, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

/// How one text is like another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Of the shingles of the smaller text (or of both together, if they are the same text) the share that
    /// is common, in percent.
    pub percent: u8,
    /// Which of the two is the larger.
    pub relation: LikenessRelation,
}

/// Which of two texts contains the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LikenessRelation {
    /// They are one text, but for small differences.
    Same,
    /// The first has the second in it, and more.
    Contains,
    /// The first is a part of the second.
    Contained,
}

impl LikenessRelation {
    /// The name in JSON and in the store: `same`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Contains => "contains",
            Self::Contained => "contained",
        }
    }

    /// The relation of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        [Self::Same, Self::Contains, Self::Contained].into_iter().find(|it| it.code() == code)
    }
}

/// A key in the index of likeness; texts that share keys may be alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LikenessKey {
    /// The band of the signature, or [`LANDMARK`].
    pub band: i64,
    /// The hash; all 64 bits are used.
    pub hash: i64,
}

/// The "band" of keys that are single shingles. A part of a long text shares these with it, where their
/// signatures have nothing in common.
pub const LANDMARK: i64 = -1;

const N_HASHES: usize = 128;
/// 32 bands of 4 rows: of two texts with 60 % in common, 99 of 100 pairs share a band; with 20 % 5 do.
const ROWS: usize = 4;
const SHINGLE: usize = 4;
/// One shingle of 32 is a landmark.
const LANDMARK_RATE: u64 = 32;
/// What the index keeps of the longest text.
pub const MAX_LANDMARKS: usize = 4096;
/// Shorter texts say too little to be compared: a title, a caption.
const MIN_SHINGLES: usize = 24;
const SAME_PERCENT: usize = 80;
const CONTAINED_PERCENT: usize = 80;

impl Shingles {
    /// The shingles of `text`; `None` of a text too short to compare.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let bare = crate::fold::bare(text);
        let syllables: Vec<u64> = bare.split(' ').map(fnv).collect();
        let mut shingles: Vec<u64> = syllables
            .windows(SHINGLE)
            .map(|it| it.iter().fold(0, |hash, syllable| mix(hash ^ syllable)))
            .collect();
        shingles.sort_unstable();
        shingles.dedup();
        (shingles.len() >= MIN_SHINGLES).then_some(Self(shingles))
    }

    /// The signature of the text.
    #[must_use]
    pub fn signature(&self) -> Signature {
        let mut least = [u32::MAX; N_HASHES];
        let factors = factors();
        for shingle in &self.0 {
            for (least, (a, b)) in least.iter_mut().zip(&factors) {
                let hash = (shingle.wrapping_mul(*a).wrapping_add(*b) >> 32) as u32;
                *least = hash.min(*least);
            }
        }
        Signature(least)
    }

    /// The keys under which the text is found: those of its signature, and its landmarks.
    ///
    /// At most [`MAX_LANDMARKS`] of these, which a text of some 130,000 different shingles has.
    #[must_use]
    pub fn keys(&self) -> Vec<LikenessKey> {
        let mut keys = self.signature().bands();
        let landmarks = self.0.iter().filter(|it| mix(**it).is_multiple_of(LANDMARK_RATE));
        let landmarks = landmarks.take(MAX_LANDMARKS);
        keys.extend(landmarks.map(|it| LikenessKey { band: LANDMARK, hash: it.cast_signed() }));
        keys
    }
}

impl Signature {
    /// 512 bytes, little end first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|it| it.to_le_bytes()).collect()
    }

    /// What [`Signature::to_bytes`] wrote; `None` if it did not.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (chunks, rest) = bytes.as_chunks::<4>();
        let values: Vec<u32> = chunks.iter().map(|it| u32::from_le_bytes(*it)).collect();
        if rest.is_empty() { Some(Self(values.try_into().ok()?)) } else { None }
    }

    /// An estimate of what the two texts have in common, of all that is in either: percent, give or take 9.
    #[must_use]
    pub fn likeness_percent(&self, other: &Self) -> u8 {
        let n_equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        percent(n_equal, N_HASHES)
    }

    fn bands(&self) -> Vec<LikenessKey> {
        let key = |(band, rows): (i64, &[u32])| LikenessKey {
            band,
            hash: rows.iter().fold(0, |hash, row| mix(hash ^ u64::from(*row))).cast_signed(),
        };
        (0..).zip(self.0.chunks(ROWS)).map(key).collect()
    }
}

/// How `a` is like `b`, exactly; `None` if neither is the other nor a part of it.
#[must_use]
pub fn compare(a: &Shingles, b: &Shingles) -> Option<Likeness> {
    let n_common = n_common(&a.0, &b.0);
    let n_all = a.0.len() + b.0.len() - n_common;
    if n_common * 100 >= n_all * SAME_PERCENT {
        let percent = percent(n_common, n_all);
        return Some(Likeness { percent, relation: LikenessRelation::Same });
    }
    let n_smaller = a.0.len().min(b.0.len());
    if n_common * 100 < n_smaller * CONTAINED_PERCENT {
        return None;
    }
    let relation = if a.0.len() > b.0.len() {
        LikenessRelation::Contains
    } else {
        LikenessRelation::Contained
    };
    Some(Likeness { percent: percent(n_common, n_smaller), relation })
}

fn n_common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// Rounded down, so that 100 is said only of all.
fn percent(part: usize, whole: usize) -> u8 {
    u8::try_from(part * 100 / whole.max(1)).unwrap_or(100)
}

/// The multipliers of the 128 hash functions: a fixed sequence, odd factors first.
fn factors() -> [(u64, u64); N_HASHES] {
    let mut state = 0x0064_6f6e_646f_6300_u64;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(state)
    };
    std::array::from_fn(|_| (next() | 1, next()))
}

/// The finalizer of SplitMix64: every bit of the input moves every bit of the output.
fn mix(mut it: u64) -> u64 {
    it = it.wrapping_add(0x9e37_79b9_7f4a_7c15);
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}

/// FNV-1a.
fn fnv(syllable: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    syllable.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "Ủy ban nhân dân xã Bình An báo cáo kết quả thực hiện nhiệm vụ năm 2025 như sau. \
        Trong năm, xã đã tổ chức 12 hội nghị tuyên truyền cho 1.450 lượt người dân, vận động các hộ gia đình \
        hiến 3.200 mét vuông đất làm đường giao thông nông thôn. Các thôn đã thành lập tổ tự quản, hoạt động \
        nền nếp, góp phần giữ gìn an ninh trật tự trên địa bàn.";
    const ANNEX: &str = "Phụ lục kèm theo nêu danh sách các thôn đã hoàn thành tiêu chí môi trường, số hộ dùng \
        nước sạch, số tuyến đường có điện chiếu sáng, số nhà văn hóa được sửa chữa trong năm và kế hoạch của \
        năm sau. Ủy ban nhân dân xã giao công chức văn phòng theo dõi, tổng hợp và báo cáo hằng quý theo quy \
        định; các thôn chịu trách nhiệm về tính chính xác của các con số đã gửi lên trong phụ lục này.";

    fn shingles(text: &str) -> Shingles {
        Shingles::of(text).unwrap()
    }

    fn share_a_key(a: &Shingles, b: &Shingles) -> bool {
        let keys = b.keys();
        a.keys().iter().any(|it| keys.contains(it))
    }

    #[test]
    fn reflowed_lines_and_moved_tone_marks_are_the_same_text() {
        let other = REPORT.replace(". ", ".\r\n\r\n").replace("Ủy", "Uỷ").replace("hội", "HỘI");
        let found = compare(&shingles(REPORT), &shingles(&other));
        assert_eq!(found, Some(Likeness { percent: 100, relation: LikenessRelation::Same }));
    }

    #[test]
    fn a_part_is_contained_and_its_whole_contains() {
        let whole = shingles(&format!("{REPORT} {ANNEX} {}", ANNEX.replace("thôn", "khu phố")));
        let part = shingles(REPORT);
        assert_eq!(compare(&part, &whole).unwrap().relation, LikenessRelation::Contained);
        assert_eq!(compare(&whole, &part).unwrap().relation, LikenessRelation::Contains);
        assert!(share_a_key(&part, &whole));
    }

    #[test]
    fn different_texts_are_not_alike() {
        assert_eq!(compare(&shingles(REPORT), &shingles(ANNEX)), None);
        assert!(!share_a_key(&shingles(REPORT), &shingles(ANNEX)));
    }

    #[test]
    fn a_title_is_too_short_to_compare() {
        assert_eq!(Shingles::of("Báo cáo kết quả thực hiện nhiệm vụ năm 2025"), None);
    }

    #[test]
    fn a_signature_survives_the_disk() {
        let signature = shingles(REPORT).signature();
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), Some(signature.clone()));
        assert_eq!(Signature::from_bytes(&signature.to_bytes()[1..]), None);
        assert_eq!(signature.likeness_percent(&signature), 100);
    }

    /// What is stored on disk must mean the same in the next version.
    #[test]
    fn keys_are_stable() {
        let keys = shingles(REPORT).keys();
        let all = keys.iter().fold(0_i64, |sum, it| {
            sum.wrapping_mul(31).wrapping_add(it.hash).wrapping_add(it.band)
        });
        expect_test::expect!["-7695354468096837173"].assert_eq(&all.to_string());
    }

    /// An excerpt of a long page is found in it.
    #[test]
    fn an_excerpt_of_a_real_page_is_found() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");
        #[expect(
            clippy::disallowed_methods,
            reason = "a test may look at texts beside the project"
        )]
        let Ok(page) = std::fs::read_to_string(format!("{path}/001_0bd30eea7aaaa816.txt")) else {
            return;
        };
        let lines: Vec<&str> = page.lines().collect();
        let excerpt = shingles(&lines[6..16].join(" "));
        let page = shingles(&page);
        assert!(share_a_key(&excerpt, &page));
        let found = compare(&excerpt, &page).unwrap();
        assert_eq!(found.relation, LikenessRelation::Contained);
        assert!(found.percent >= 95, "{found:?}");
    }
}
