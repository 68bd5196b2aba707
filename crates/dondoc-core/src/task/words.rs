//! The kinds, origins and states of tasks, with the words of offices for them.

/// How a task is bound in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// With a day to be done by (*có thời hạn*).
    Deadline,
    /// Again and again, each time with a day of its own (*định kỳ*).
    Standing,
    /// All the time, without a day (*thường xuyên*).
    Regular,
    /// As something comes up (*đột xuất*).
    AdHoc,
}

/// Where a task comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A document; the finding says which words of it.
    Document,
    /// The conclusion of a meeting.
    Meeting,
    /// Put in by hand.
    Hand,
    /// What an inspection recommended (*kiến nghị sau kiểm tra*).
    Inspection,
}

/// Where a task stands, in the words of offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskState {
    /// *Chưa thực hiện*
    NotStarted,
    /// *Đang thực hiện*
    InProgress,
    /// *Trả lại*
    Returned,
    /// *Quá hạn chưa hoàn thành*
    Overdue,
    /// *Hoàn thành đúng hạn*
    DoneOnTime,
    /// *Hoàn thành quá hạn*
    DoneLate,
    /// *Đã hủy*
    Cancelled,
}

/// Names in JSON and in the store, for the kinds of things that have one.
macro_rules! named {
    ($type:ident, $($variant:ident $code:literal $vi:literal $en:literal),+ $(,)?) => {
        impl $type {
            /// All of them, in the order of the screens.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in JSON and in the store.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The one of that name.
            #[must_use]
            pub fn by_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.code() == code)
            }

            /// The words of offices.
            #[must_use]
            pub fn vietnamese(self) -> &'static str {
                match self { $(Self::$variant => $vi),+ }
            }

            /// The English words.
            #[must_use]
            pub fn english(self) -> &'static str {
                match self { $(Self::$variant => $en),+ }
            }
        }
    };
}
pub(crate) use named;

named!(TaskKind,
    Deadline "deadline" "có thời hạn" "with a deadline",
    Standing "standing" "định kỳ" "recurring",
    Regular "regular" "thường xuyên" "regular",
    AdHoc "ad_hoc" "đột xuất" "ad hoc",
);

named!(Origin,
    Document "document" "văn bản" "document",
    Meeting "meeting" "kết luận cuộc họp" "meeting",
    Hand "hand" "giao trực tiếp" "by hand",
    Inspection "inspection" "kiến nghị sau kiểm tra" "inspection",
);

named!(TaskState,
    Overdue "overdue" "quá hạn chưa hoàn thành" "overdue",
    Returned "returned" "trả lại" "returned",
    NotStarted "not_started" "chưa thực hiện" "not started",
    InProgress "in_progress" "đang thực hiện" "in progress",
    DoneLate "done_late" "hoàn thành quá hạn" "done late",
    DoneOnTime "done_on_time" "hoàn thành đúng hạn" "done on time",
    Cancelled "cancelled" "đã hủy" "cancelled",
);
