//! What was refused, where, and what to do about it, in the user's words.
//!
//! One catalogue for the command line, the API and the page, so that a code means one thing everywhere.
//! Codes are never reused. The sentences stand here, in both languages, because a refusal that one face words
//! differently from another is two refusals to its reader.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese, the first.
    #[default]
    Vietnamese,
    /// English.
    English,
}

/// Why a file or a request was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    /// No bytes, or nothing but white space.
    Empty,
    /// Larger than Dondoc takes in.
    TooLarge {
        /// The size of the file.
        size_bytes: u64,
        /// The largest that is taken.
        limit_bytes: u64,
    },
    /// None of the formats that are read; `found` says what it looks like.
    UnknownFormat {
        /// What the bytes look like.
        found: String,
    },
    /// Its name promises another format than its bytes have, and those can't be read.
    WrongExtension {
        /// The extension of the name.
        extension: String,
        /// What the bytes are.
        found: String,
    },
    /// Needs a password.
    Encrypted,
    /// The bytes break the rules of their format.
    Broken {
        /// What the bytes were taken for: `DOCX`.
        format: String,
        /// Where it breaks, for the one who made the file.
        detail: String,
    },
    /// Unpacks to more than it may: a zip bomb, or close to one.
    UnpacksTooLarge {
        /// The most that may be unpacked.
        limit_bytes: u64,
    },
    /// More entries in the archive than a document has.
    TooManyEntries {
        /// The most that may be there.
        limit: u64,
    },
    /// NUL bytes in what should be text.
    NulBytes {
        /// Where the first one is.
        offset: u64,
    },
    /// Bytes of two encodings in one text.
    MixedEncoding {
        /// The first byte that fits none.
        offset: u64,
    },
    /// Pictures of pages only, and no text recognition is installed.
    NeedsOcr,
    /// An outside program is needed that is not installed.
    NeedsProgram {
        /// The program: `LibreOffice`.
        program: String,
        /// The Debian package that brings it.
        package: String,
    },
    /// No text came out of it.
    NoText,
    /// Marked Mật, Tối mật or Tuyệt mật: never stored.
    Classified {
        /// The mark that was found.
        mark: String,
    },
    /// The reader ran out of time, memory or output.
    LimitReached {
        /// Which limit: `time`, `memory`, `output`.
        limit: String,
    },
    /// The reader died on this file.
    ReaderDied {
        /// How, for the one who looks into it.
        detail: String,
    },
    /// The file can't be opened or read.
    Unreadable {
        /// What the system said.
        detail: String,
    },
    /// No file of that name.
    NotFound,
    /// A folder where a file was wanted, or a folder with nothing to read in it.
    EmptyFolder,
    /// Named twice; read once.
    NamedTwice,
}

impl Problem {
    /// The code that never changes: `too_large`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Empty => "empty",
            Problem::TooLarge { .. } => "too_large",
            Problem::UnknownFormat { .. } => "unknown_format",
            Problem::WrongExtension { .. } => "wrong_extension",
            Problem::Encrypted => "encrypted",
            Problem::Broken { .. } => "broken",
            Problem::UnpacksTooLarge { .. } => "unpacks_too_large",
            Problem::TooManyEntries { .. } => "too_many_entries",
            Problem::NulBytes { .. } => "nul_bytes",
            Problem::MixedEncoding { .. } => "mixed_encoding",
            Problem::NeedsOcr => "needs_ocr",
            Problem::NeedsProgram { .. } => "needs_program",
            Problem::NoText => "no_text",
            Problem::Classified { .. } => "classified",
            Problem::LimitReached { .. } => "limit_reached",
            Problem::ReaderDied { .. } => "reader_died",
            Problem::Unreadable { .. } => "unreadable",
            Problem::NotFound => "not_found",
            Problem::EmptyFolder => "empty_folder",
            Problem::NamedTwice => "named_twice",
        }
    }

    /// What was refused, with its place, and what to do about it: two sentences.
    #[must_use]
    pub fn say(&self, language: Language) -> (String, String) {
        match language {
            Language::Vietnamese => self.say_in_vietnamese(),
            Language::English => self.say_in_english(),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a catalogue: one line a problem")]
    fn say_in_vietnamese(&self) -> (String, String) {
        let (what, remedy): (String, &str) = match self {
            Problem::Empty => ("tệp rỗng".into(), "kiểm tra lại tệp gốc rồi gửi lại"),
            Problem::TooLarge { size_bytes, limit_bytes } => (
                format!(
                    "tệp quá lớn: {}, giới hạn {}",
                    Megabytes(*size_bytes),
                    Megabytes(*limit_bytes)
                ),
                "tách thành nhiều tệp nhỏ hơn",
            ),
            Problem::UnknownFormat { found } => (
                format!("không nhận ra định dạng tệp ({found})"),
                "dùng tệp .docx, .doc, .pdf, .html, .txt, .md hoặc ảnh chụp văn bản",
            ),
            Problem::WrongExtension { extension, found } => (
                format!("phần mở rộng “.{extension}” không khớp với nội dung ({found})"),
                "đổi lại phần mở rộng hoặc lưu lại tệp từ phần mềm soạn thảo",
            ),
            Problem::Encrypted => ("tệp có mật khẩu".into(), "bỏ mật khẩu rồi gửi lại"),
            Problem::Broken { format, detail } => (
                format!("tệp {format} bị hỏng: {detail}"),
                "mở bằng phần mềm soạn thảo và lưu lại, hoặc xin lại bản gốc",
            ),
            Problem::UnpacksTooLarge { limit_bytes } => (
                format!("tệp nén bung ra quá lớn (hơn {})", Megabytes(*limit_bytes)),
                "kiểm tra nguồn gốc của tệp; có thể tệp được làm ra để phá hoại",
            ),
            Problem::TooManyEntries { limit } => (
                format!("tệp nén có quá nhiều mục (hơn {limit})"),
                "kiểm tra nguồn gốc của tệp; có thể tệp được làm ra để phá hoại",
            ),
            Problem::NulBytes { offset } => (
                format!("có byte NUL ở vị trí {offset}, không phải tệp văn bản"),
                "kiểm tra lại định dạng của tệp",
            ),
            Problem::MixedEncoding { offset } => (
                format!("lẫn nhiều bảng mã, chỗ đầu tiên ở byte {offset}"),
                "lưu lại tệp bằng bảng mã UTF-8",
            ),
            Problem::NeedsOcr => (
                "tệp chỉ có ảnh chụp trang, chưa cài chương trình nhận dạng chữ".into(),
                "cài gói tesseract-ocr và tesseract-ocr-vie, hoặc dùng bản có lớp chữ",
            ),
            Problem::NeedsProgram { program, package } => {
                return (
                    format!("cần chương trình {program} để đọc tệp này"),
                    format!("cài gói {package}, hoặc lưu lại thành .docx hay .pdf"),
                );
            }
            Problem::NoText => ("không có chữ nào đọc được".into(), "kiểm tra lại bản gốc"),
            Problem::Classified { mark } => (
                format!("văn bản có dấu chỉ độ mật “{mark}”: không lưu"),
                "xử lý theo quy định bảo vệ bí mật nhà nước; không đưa vào hệ thống này",
            ),
            Problem::LimitReached { limit } => {
                let limit = match limit.as_str() {
                    "time" => "thời gian",
                    "memory" => "bộ nhớ",
                    _ => "kết quả",
                };
                (format!("đọc tệp vượt giới hạn {limit}"), "tách nhỏ tệp, hoặc xin lại bản gốc")
            }
            Problem::ReaderDied { detail } => (
                format!("bộ đọc dừng đột ngột vì tệp này ({detail})"),
                "lưu lại tệp từ phần mềm soạn thảo; các tệp khác không bị ảnh hưởng",
            ),
            Problem::Unreadable { detail } => {
                (format!("không đọc được tệp ({detail})"), "kiểm tra quyền truy cập của tệp")
            }
            Problem::NotFound => ("không có tệp này".into(), "kiểm tra lại đường dẫn"),
            Problem::EmptyFolder => {
                ("thư mục không có tệp nào đọc được".into(), "chỉ ra tệp, hoặc thư mục có văn bản")
            }
            Problem::NamedTwice => {
                ("tệp được nêu hai lần".into(), "chỉ đọc một lần; bỏ bớt một tên")
            }
        };
        (what, remedy.into())
    }

    #[expect(clippy::too_many_lines, reason = "a catalogue: one line a problem")]
    fn say_in_english(&self) -> (String, String) {
        let (what, remedy): (String, &str) = match self {
            Problem::Empty => ("the file is empty".into(), "check the original and send it again"),
            Problem::TooLarge { size_bytes, limit_bytes } => (
                format!(
                    "the file is too large: {}, limit {}",
                    Megabytes(*size_bytes),
                    Megabytes(*limit_bytes)
                ),
                "split it into smaller files",
            ),
            Problem::UnknownFormat { found } => (
                format!("unknown file format ({found})"),
                "use .docx, .doc, .pdf, .html, .txt, .md or a picture of the document",
            ),
            Problem::WrongExtension { extension, found } => (
                format!("the extension `.{extension}` does not fit the content ({found})"),
                "correct the extension, or save the file again from a word processor",
            ),
            Problem::Encrypted => {
                ("the file has a password".into(), "remove the password and send it again")
            }
            Problem::Broken { format, detail } => (
                format!("the {format} file is broken: {detail}"),
                "open it in a word processor and save it again, or ask for the original",
            ),
            Problem::UnpacksTooLarge { limit_bytes } => (
                format!("the archive unpacks to more than {}", Megabytes(*limit_bytes)),
                "check where the file comes from; it may have been made to do harm",
            ),
            Problem::TooManyEntries { limit } => (
                format!("the archive has more than {limit} entries"),
                "check where the file comes from; it may have been made to do harm",
            ),
            Problem::NulBytes { offset } => {
                (format!("a NUL byte at {offset}: this is no text"), "check the format of the file")
            }
            Problem::MixedEncoding { offset } => (
                format!("several encodings in one text, the first at byte {offset}"),
                "save it again as UTF-8",
            ),
            Problem::NeedsOcr => (
                "only pictures of pages, and no text recognition is installed".into(),
                "install tesseract-ocr and tesseract-ocr-vie, or use a copy with a text layer",
            ),
            Problem::NeedsProgram { program, package } => {
                return (
                    format!("{program} is needed to read this file"),
                    format!("install {package}, or save it as .docx or .pdf"),
                );
            }
            Problem::NoText => ("no readable text".into(), "check the original"),
            Problem::Classified { mark } => (
                format!("the document is marked `{mark}`: not stored"),
                "handle it by the rules on state secrets; keep it out of this system",
            ),
            Problem::LimitReached { limit } => (
                format!("reading went over its limit of {limit}"),
                "split the file, or ask for the original",
            ),
            Problem::ReaderDied { detail } => (
                format!("the reader died on this file ({detail})"),
                "save it again from a word processor; no other file is touched",
            ),
            Problem::Unreadable { detail } => {
                (format!("the file can't be read ({detail})"), "check its permissions")
            }
            Problem::NotFound => ("no such file".into(), "check the path"),
            Problem::EmptyFolder => {
                ("nothing to read in this folder".into(), "name a file or a folder with documents")
            }
            Problem::NamedTwice => ("named twice".into(), "read once; leave one name out"),
        };
        (what, remedy.into())
    }
}

/// For logs and chains of errors; users get [`Problem::say`].
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::English).0)
    }
}

impl std::error::Error for Problem {}

struct Megabytes(u64);

impl fmt::Display for Megabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} MB", self.0.div_ceil(1 << 20))
    }
}
