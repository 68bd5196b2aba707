//! What is unclear about a file of units.

use dondoc_core::{pack::Severity, problem::Language};

/// Something unclear about a file, with its place and its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The row, from 1, the heading counted; `None` if it is about the whole file.
    pub row: Option<u32>,
    /// What is unclear.
    pub kind: DoubtKind,
    /// What the file says, and what stands against it, in the sources' own words.
    pub words: String,
}

impl Doubt {
    pub(crate) fn at(row: u32, kind: DoubtKind, words: impl Into<String>) -> Self {
        Self { row: Some(row), kind, words: words.into() }
    }

    pub(crate) fn of_file(kind: DoubtKind, words: impl Into<String>) -> Self {
        Self { row: None, kind, words: words.into() }
    }
}

/// What is unclear. Each is told as it is; what Dondoc then does is said with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoubtKind {
    /// White space inside a cell.
    Spacing,
    /// Letters whose marks are characters of their own.
    LooseMarks,
    /// One unit is spelled in two ways within the file.
    TwoSpellings,
    /// A name differs from the known one by the place of a tone mark or by case only: the known one stays.
    TonePlacement,
    /// A name without the word of its kind, or with that word misspelled.
    NoKindWord,
    /// One code stands for several units.
    CodeTwice,
    /// One unit has several codes.
    TwoCodes,
    /// A unit without code.
    NoCode,
    /// A unit named with the code of another.
    WrongCodeOfParent,
    /// A unit put under another than in its other rows.
    WrongParent,
    /// A note that Dondoc does not know.
    UnknownNote,
    /// "Whole" stands in several rows of one unit.
    WholeTwice,
    /// A part went over, and no row says where the rest is.
    RestUnknown,
    /// A unit that no earlier list has.
    New,
    /// A unit that an earlier list has and this one has not; it lies with the unit above.
    Gone,
    /// Another name than before.
    Renamed,
    /// Of another kind than before.
    KindChanged,
    /// Another code than before.
    Recoded,
    /// Under another unit than before.
    Moved,
    /// The code means a unit that stands in this file under another code.
    CodeMeansAnother,
    /// The name is that of a unit whose code is gone: two units may have become one.
    PerhapsMerged,
    /// So much is gone that a source between must be missing, or the file is a part only.
    TooMuchGone,
    /// The list has no day.
    NoDay,
    /// The day is not after the last that is loaded: compared only.
    NotNewer,
    /// A pair old → new that only this file has.
    PairOnlyHere,
    /// A pair old → new that this file has not.
    PairMissingHere,
    /// A pair that this file takes whole and the other source in part, or the other way round.
    PairOtherwise,
    /// A row that can't be read.
    BadRow,
    /// A key that stands nowhere as a unit.
    UnknownKey,
    /// A statement against one that is known, and that can't be taken back.
    Contradiction,
}

/// Kind, its name on the wire, how bad, Vietnamese, English.
type Words = (DoubtKind, &'static str, Severity, &'static str, &'static str);

use DoubtKind as K;
use Severity::{Error, Warning};

#[rustfmt::skip]
const WORDS: [Words; 30] = [
    (K::Spacing, "spacing", Warning, "thừa dấu cách hoặc xuống dòng trong ô", "more white space in the cell than a blank"),
    (K::LooseMarks, "loose_marks", Warning, "dấu viết rời chữ (Unicode tổ hợp); đã ghép lại", "marks are characters of their own (decomposed Unicode); put together"),
    (K::TwoSpellings, "two_spellings", Warning, "một đơn vị viết theo hai cách trong tệp", "one unit is spelled in two ways in the file"),
    (K::TonePlacement, "tone_placement", Warning, "chỉ khác vị trí dấu thanh hoặc chữ hoa; giữ cách viết đã có", "only tone placement or case differ; the known spelling stays"),
    (K::NoKindWord, "no_kind_word", Warning, "tên không ghi hoặc ghi sai loại đơn vị", "the name does not say the kind of unit, or misspells it"),
    (K::CodeTwice, "code_twice", Error, "một mã chỉ nhiều đơn vị", "one code stands for several units"),
    (K::TwoCodes, "two_codes", Error, "một đơn vị có nhiều mã", "one unit has several codes"),
    (K::NoCode, "no_code", Warning, "đơn vị không có mã", "a unit without code"),
    (K::WrongCodeOfParent, "wrong_code_of_parent", Error, "đơn vị cấp trên ghi mã của đơn vị khác; hiểu theo tên", "the unit above has the code of another; taken by its name"),
    (K::WrongParent, "wrong_parent", Error, "ghi cấp trên khác với các dòng còn lại; hiểu theo các dòng còn lại", "the unit above is another than in the other rows; taken as in those"),
    (K::UnknownNote, "unknown_note", Error, "ghi chú chưa biết; coi là một phần", "a note that is not known; taken as a part"),
    (K::WholeTwice, "whole_twice", Error, "ghi “toàn bộ” ở nhiều dòng; coi là chia phần", "“whole” in several rows; taken as parts"),
    (K::RestUnknown, "rest_unknown", Warning, "một phần được nhập, không dòng nào ghi phần còn lại", "a part went over, and no row says where the rest is"),
    (K::New, "new", Warning, "đơn vị mới, không rõ từ đâu", "a new unit; from what, is not said"),
    (K::Gone, "gone", Warning, "đơn vị không còn trong danh sách; số liệu nằm ở cấp trên", "the unit is gone from the list; its figures lie with the unit above"),
    (K::Renamed, "renamed", Warning, "đổi tên, ngày để ngỏ", "renamed, day left open"),
    (K::KindChanged, "kind_changed", Warning, "đổi loại đơn vị, ngày để ngỏ", "another kind, day left open"),
    (K::Recoded, "recoded", Warning, "đổi mã, ngày để ngỏ", "another code, day left open"),
    (K::Moved, "moved", Warning, "chuyển cấp trên, ngày để ngỏ", "under another unit, day left open"),
    (K::CodeMeansAnother, "code_means_another", Error, "mã này đang là của đơn vị khác, đơn vị ấy vẫn có trong tệp với mã khác", "this code is another unit's, which stands in the file under another code"),
    (K::PerhapsMerged, "perhaps_merged", Warning, "tên của một đơn vị mà mã đã mất: có thể hai đơn vị đã nhập làm một", "the name of a unit whose code is gone: two may have become one"),
    (K::TooMuchGone, "too_much_gone", Error, "mất quá nhiều đơn vị: thiếu bảng chuyển đổi ở giữa, hoặc tệp chỉ có một phần", "too many units are gone: a table between is missing, or the file is a part only"),
    (K::NoDay, "no_day", Error, "danh sách không ghi ngày; dùng --on NGÀY", "the list has no day; use --on DAY"),
    (K::NotNewer, "not_newer", Error, "không mới hơn danh sách đã nạp: chỉ đối chiếu, không nạp", "not newer than what is loaded: compared only"),
    (K::PairOnlyHere, "pair_only_here", Error, "chỉ tệp này ghi cặp cũ → mới", "only this file has the pair old → new"),
    (K::PairMissingHere, "pair_missing_here", Error, "tệp này không ghi cặp cũ → mới đã nạp", "this file has not the pair old → new that is loaded"),
    (K::PairOtherwise, "pair_otherwise", Warning, "nguồn này ghi toàn bộ, nguồn kia ghi một phần", "one source says whole, the other in part"),
    (K::BadRow, "bad_row", Error, "dòng không đọc được", "the row can't be read"),
    (K::UnknownKey, "unknown_key", Error, "khóa không chỉ đơn vị nào", "the key is no unit's"),
    (K::Contradiction, "contradiction", Error, "trái với điều đã nạp", "against what is loaded"),
];

impl DoubtKind {
    fn words(self) -> Words {
        WORDS.into_iter().find(|it| it.0 == self).unwrap_or(WORDS[WORDS.len() - 1])
    }

    /// The name on the wire: `tone_placement`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.words().1
    }

    /// Errors want a person; warnings are to be known.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.words().2
    }

    /// What is unclear and what was done about it, in one sentence.
    #[must_use]
    pub fn say(self, language: Language) -> &'static str {
        let (_, _, _, vietnamese, english) = self.words();
        match language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }
}
