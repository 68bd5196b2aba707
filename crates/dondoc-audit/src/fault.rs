//! What does not hold, and how it is said.

use std::fmt;

/// A language of the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese, the first.
    #[default]
    Vietnamese,
    /// English.
    English,
}

/// The first thing in an export that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file can't be read.
    Unreadable(String),
    /// A row of the file is none of its records, or stands where it must not.
    NoRecord {
        /// Which row, from 1.
        row: u64,
    },
    /// A newer Dondoc wrote it.
    Newer {
        /// The version of the format.
        version: u32,
    },
    /// The file ends before its end.
    CutOff {
        /// How many lines of the trail were read.
        after: u64,
    },
    /// A line is not what its digest is of, or does not follow from the one before.
    Altered {
        /// Its number.
        line: u64,
    },
    /// A line is not there, but later ones are.
    Missing {
        /// Its number.
        line: u64,
    },
    /// A line stands twice, or behind later ones.
    OutOfPlace {
        /// Its number.
        line: u64,
    },
    /// Count or digest of the whole file are not those at its end.
    Rewritten,
    /// No checkpoint at all: nobody vouches for the trail.
    Unsigned,
    /// A checkpoint is not there, or not the one that followed the one before.
    CheckpointMissing {
        /// Its number.
        n: u64,
    },
    /// A signature does not hold.
    Forged {
        /// The checkpoint.
        n: u64,
    },
    /// Signed with a key that is not that of the installation.
    OtherKey {
        /// The checkpoint.
        n: u64,
    },
    /// The trail is shorter than it was when somebody signed it.
    Shortened {
        /// How many lines there are.
        found: u64,
        /// How many there were.
        signed: u64,
    },
    /// The trail was another one when somebody signed it.
    AnotherHistory {
        /// Up to which line it differs somewhere.
        line: u64,
    },
}

impl Fault {
    /// The name that never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::NoRecord { .. } => "no_record",
            Self::Newer { .. } => "newer",
            Self::CutOff { .. } => "cut_off",
            Self::Altered { .. } => "altered",
            Self::Missing { .. } => "missing",
            Self::OutOfPlace { .. } => "out_of_place",
            Self::Rewritten => "rewritten",
            Self::Unsigned => "unsigned",
            Self::CheckpointMissing { .. } => "checkpoint_missing",
            Self::Forged { .. } => "forged",
            Self::OtherKey { .. } => "other_key",
            Self::Shortened { .. } => "shortened",
            Self::AnotherHistory { .. } => "another_history",
        }
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        match language {
            Language::Vietnamese => self.in_vietnamese(),
            Language::English => self.in_english(),
        }
    }

    fn in_vietnamese(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("không đọc được tệp ({why})"),
            Self::NoRecord { row } => format!("hàng {row} của tệp không đúng dạng"),
            Self::Newer { version } => {
                format!(
                    "tệp do phiên bản mới hơn ghi (dạng {version}); dùng bản dondoc-audit mới hơn"
                )
            }
            Self::CutOff { after } => format!("tệp bị cắt ngang sau dòng {after}; xuất lại tệp"),
            Self::Altered { line } => format!("dòng {line} không như khi ghi"),
            Self::Missing { line } => format!("dòng {line} bị mất"),
            Self::OutOfPlace { line } => format!("dòng {line} bị lặp hoặc sai chỗ"),
            Self::Rewritten => "số dòng hoặc mã kiểm tra cuối tệp không khớp".into(),
            Self::Unsigned => "không có mốc ký nào: không ai bảo chứng cho nhật ký".into(),
            Self::CheckpointMissing { n } => format!("mốc ký {n} bị mất hoặc bị thay"),
            Self::Forged { n } => format!("chữ ký của mốc {n} không đúng"),
            Self::OtherKey { n } => format!("mốc {n} ký bằng khóa khác khóa của hệ thống"),
            Self::Shortened { found, signed } => {
                format!("nhật ký chỉ có {found} dòng, lúc ký có {signed} dòng: phần cuối bị cắt bỏ")
            }
            Self::AnotherHistory { line } => {
                format!("các dòng đến dòng {line} không phải là các dòng lúc ký")
            }
        }
    }

    fn in_english(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("the file can't be read ({why})"),
            Self::NoRecord { row } => {
                format!("row {row} of the file is no record, or out of place")
            }
            Self::Newer { version } => {
                format!("a newer Dondoc wrote this (format {version}); use a newer dondoc-audit")
            }
            Self::CutOff { after } => format!("the file ends after line {after}; export it again"),
            Self::Altered { line } => format!("line {line} is not what was written"),
            Self::Missing { line } => format!("line {line} is missing"),
            Self::OutOfPlace { line } => format!("line {line} stands twice or out of place"),
            Self::Rewritten => "count or digest at the end of the file do not hold".into(),
            Self::Unsigned => "there is no checkpoint: nobody vouches for the trail".into(),
            Self::CheckpointMissing { n } => format!("checkpoint {n} is missing or was replaced"),
            Self::Forged { n } => format!("the signature of checkpoint {n} does not hold"),
            Self::OtherKey { n } => format!("checkpoint {n} is signed with another key"),
            Self::Shortened { found, signed } => {
                format!("the trail has {found} lines, it had {signed} when it was signed: cut off")
            }
            Self::AnotherHistory { line } => {
                format!("the lines up to {line} are not those that were signed")
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_english())
    }
}

impl std::error::Error for Fault {}
