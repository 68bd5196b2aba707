//! What a request is refused with.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use dondoc_core::{
    finding::{Fault, Finding},
    problem::{Language, Problem},
    submission::{CorrectionError, SubmissionStepError},
};
use dondoc_ledger::LedgerError;
use dondoc_store::{
    StoreError, blocks::Damaged, findings::DecisionError, registers::EntryError,
    submissions::SubmissionError,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{faults::FaultView, task::TaskRefusal};

mod denial;
mod openid;
mod words;

pub use denial::Denial;
pub use openid::OpenIdRefusal;

/// Why a request was refused.
///
/// Each has a code that never changes, so that a caller, a translation and a help page can hold on to it:
/// `docs/problems.md` has one heading for each.
#[derive(Debug, PartialEq, Eq)]
pub enum ApiError {
    /// There is no such thing.
    NotFound,
    /// There is such a thing, but not this verb.
    MethodNotAllowed,
    /// Refused at the door.
    Denied(Denial),
    /// Not let in with a provider of identities.
    OpenId(OpenIdRefusal),
    /// Somebody decided since.
    Stale,
    /// The step can't be taken from where the finding stands.
    WrongState,
    /// The request can't be understood.
    BadRequest {
        /// What is wrong with it, for the one who wrote the caller.
        detail: String,
    },
    /// A value is no object of its type.
    BadValue {
        /// Which field is wrong or missing.
        detail: String,
    },
    /// What was handed in has errors, or something unusual that was not answered; nothing was kept.
    Findings {
        /// All of them, each with its place and remedy.
        findings: Vec<Finding>,
    },
    /// Figures of a period that is locked; nothing was kept.
    Locked {
        /// The figures that the lock reaches.
        findings: Vec<Finding>,
    },
    /// The step can't be taken from where the report or correction stands.
    WrongStep {
        /// Where it stands, and what was tried.
        detail: String,
    },
    /// A version of a pack would read what is kept as other numbers.
    PackReread {
        /// The indicator, or the register with its field.
        code: String,
        /// The version in which it is otherwise.
        version: u32,
    },
    /// Nobody approves or grants what he handed in or asked for himself.
    OwnWork,
    /// The step takes a reason.
    NoReason,
    /// The key of the request was used for another one before.
    KeyReused,
    /// A block of figures can't be trusted, so nothing that rests on it is told.
    Damaged {
        /// Which block.
        block: i64,
    },
    /// Packs and units in use do not fit together.
    Unfit,
    /// Nobody can say whether it was kept.
    Unsure,
    /// A step with a task, or a file for it, in words of its own.
    Task(TaskRefusal),
    /// A file that is no map, or none that is drawn here.
    BadMap {
        /// What is wrong with it, in Vietnamese.
        vi: String,
        /// The same in English.
        en: String,
    },
    /// A place is empty, outside of the document, or cuts a character in two.
    BadSpan,
    /// More bytes than are taken.
    TooLarge,
    /// The body is neither JSON nor a form with files.
    UnsupportedType,
    /// The request comes from another site.
    ForeignSite,
    /// The request was made under a name that is not this machine's.
    ForeignHost,
    /// It took too long.
    TimedOut,
    /// Something failed here; the caller learns no more than that.
    Internal,
}

/// A refusal, as it is sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ProblemView {
    /// Never changes; see docs/problems.md.
    code: &'static str,
    /// What was refused.
    message: Bilingual,
    /// What to do about it.
    remedy: Bilingual,
    /// Of figures that were refused: all that is wrong, each with its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FaultView>,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Bilingual {
    pub(crate) vi: String,
    pub(crate) en: String,
}

impl From<&dondoc_core::pack::Text> for Bilingual {
    fn from(text: &dondoc_core::pack::Text) -> Self {
        Self { vi: text.vi.clone(), en: text.en.clone() }
    }
}

impl From<&Problem> for ProblemView {
    fn from(problem: &Problem) -> Self {
        let (message_vi, remedy_vi) = problem.say(Language::Vietnamese);
        let (message_en, remedy_en) = problem.say(Language::English);
        Self {
            code: problem.code(),
            message: Bilingual { vi: message_vi, en: message_en },
            remedy: Bilingual { vi: remedy_vi, en: remedy_en },
            findings: Vec::new(),
        }
    }
}

impl ProblemView {
    /// A refusal that is no answer of its own, as of a job.
    pub(crate) fn of(code: &'static str, message: Bilingual, remedy: Bilingual) -> Self {
        Self { code, message, remedy, findings: Vec::new() }
    }
}

impl ApiError {
    /// Findings of figures: of a locked period, if that is all that is wrong.
    pub(crate) fn of_findings(findings: Vec<Finding>) -> Self {
        let is_lock = |it: &Finding| matches!(it.fault, Fault::PeriodLocked { .. });
        if !findings.is_empty() && findings.iter().all(is_lock) {
            Self::Locked { findings }
        } else {
            Self::Findings { findings }
        }
    }

    /// One of each, for the tests of the catalogue.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let detail = String::new;
        let others = vec![
            Self::NotFound,
            Self::MethodNotAllowed,
            Self::Stale,
            Self::WrongState,
            Self::BadRequest { detail: detail() },
            Self::BadValue { detail: detail() },
            Self::Findings { findings: Vec::new() },
            Self::Locked { findings: Vec::new() },
            Self::WrongStep { detail: detail() },
            Self::PackReread { code: detail(), version: 1 },
            Self::OwnWork,
            Self::NoReason,
            Self::KeyReused,
            Self::Damaged { block: 0 },
            Self::Unfit,
            Self::Unsure,
            Self::Task(TaskRefusal::default()),
            Self::BadSpan,
            Self::BadMap { vi: detail(), en: detail() },
            Self::TooLarge,
            Self::UnsupportedType,
            Self::ForeignSite,
            Self::ForeignHost,
            Self::TimedOut,
            Self::Internal,
        ];
        let denied = Denial::ALL.map(Self::Denied).into_iter();
        others.into_iter().chain(denied).chain(OpenIdRefusal::ALL.map(Self::OpenId)).collect()
    }

    /// What was refused, in words.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let (message, remedy) = match language {
            Language::Vietnamese => self.in_vietnamese(),
            Language::English => self.in_english(),
        };
        format!("{message}; {remedy}")
    }

    /// The code that never changes: `not_found`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.status_and_code().1
    }

    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::Denied(denial) => denial.status_and_code(),
            Self::OpenId(refusal) => refusal.status_and_code(),
            Self::Stale => (StatusCode::CONFLICT, "stale"),
            Self::WrongState => (StatusCode::CONFLICT, "wrong_state"),
            Self::BadRequest { .. } => (StatusCode::BAD_REQUEST, "bad_request"),
            Self::BadValue { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "bad_value"),
            Self::Findings { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "findings"),
            Self::Locked { .. } => (StatusCode::CONFLICT, "locked"),
            Self::WrongStep { .. } => (StatusCode::CONFLICT, "wrong_step"),
            Self::PackReread { .. } => (StatusCode::CONFLICT, "pack_reread"),
            Self::OwnWork => (StatusCode::CONFLICT, "own_work"),
            Self::NoReason => (StatusCode::UNPROCESSABLE_ENTITY, "reason_missing"),
            Self::KeyReused => (StatusCode::CONFLICT, "key_reused"),
            Self::Damaged { .. } => (StatusCode::INTERNAL_SERVER_ERROR, "damaged"),
            Self::Unfit => (StatusCode::INTERNAL_SERVER_ERROR, "unfit"),
            Self::Unsure => (StatusCode::SERVICE_UNAVAILABLE, "unsure"),
            Self::Task(_) => (StatusCode::UNPROCESSABLE_ENTITY, "task_refused"),
            Self::BadSpan => (StatusCode::UNPROCESSABLE_ENTITY, "bad_span"),
            Self::BadMap { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "bad_map"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "request_too_large"),
            Self::UnsupportedType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_type"),
            Self::ForeignSite => (StatusCode::FORBIDDEN, "foreign_site"),
            Self::ForeignHost => (StatusCode::MISDIRECTED_REQUEST, "foreign_host"),
            Self::TimedOut => (StatusCode::SERVICE_UNAVAILABLE, "timed_out"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }
}

impl From<&ApiError> for ProblemView {
    fn from(error: &ApiError) -> Self {
        if let ApiError::Task(it) = error {
            let both = |vi: &str, en: &str| Bilingual { vi: vi.to_owned(), en: en.to_owned() };
            let (message, remedy) = (both(&it.vi, &it.en), both(&it.remedy_vi, &it.remedy_en));
            return Self { code: error.code(), message, remedy, findings: Vec::new() };
        }
        let (message_vi, remedy_vi) = error.in_vietnamese();
        let (message_en, remedy_en) = error.in_english();
        Self {
            code: error.code(),
            message: Bilingual { vi: message_vi, en: message_en },
            remedy: Bilingual { vi: remedy_vi.to_owned(), en: remedy_en.to_owned() },
            findings: match error {
                ApiError::Findings { findings } | ApiError::Locked { findings } => {
                    findings.iter().map(FaultView::from).collect()
                }
                _ => Vec::new(),
            },
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status_and_code().0, Json(ProblemView::from(&self))).into_response()
    }
}

impl From<Denial> for ApiError {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

impl From<OpenIdRefusal> for ApiError {
    fn from(refusal: OpenIdRefusal) -> Self {
        Self::OpenId(refusal)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_of_rights() {
            return Denial::RightsChanged.into();
        }
        // Said once, here at the boundary; it names the statement, never what is in the documents.
        let source = std::error::Error::source(&error).map(ToString::to_string);
        eprintln!("dondoc: {error}: {}", source.unwrap_or_default());
        match Damaged::of(&error) {
            Some(damaged) => Self::Damaged { block: damaged.block_id.0 },
            None if error.is_unknown() => Self::Unsure,
            None if error.is_conflict() => Self::TimedOut,
            None => Self::Internal,
        }
    }
}

impl From<LedgerError> for ApiError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Findings(findings) => Self::of_findings(findings),
            LedgerError::NotThere { .. } => Self::NotFound,
            LedgerError::Refused(detail) => Self::WrongStep { detail },
            LedgerError::Step(error) => error.into(),
            LedgerError::Entry(error) => error.into(),
            LedgerError::OtherRequest => Self::KeyReused,
            LedgerError::Store(error) => error.into(),
            LedgerError::Unfit(why) => {
                eprintln!("dondoc: {why}");
                Self::Unfit
            }
        }
    }
}

impl From<EntryError> for ApiError {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::NotFound => Self::NotFound,
            EntryError::Stale { .. } => Self::Stale,
            EntryError::NoReason => Self::NoReason,
            EntryError::Withdrawn => Self::WrongStep { detail: error.to_string() },
            EntryError::Store(error) => error.into(),
        }
    }
}

impl From<SubmissionError> for ApiError {
    fn from(error: SubmissionError) -> Self {
        match error {
            SubmissionError::NotFound => Self::NotFound,
            SubmissionError::Stale { .. } => Self::Stale,
            SubmissionError::NoReason { .. } => Self::NoReason,
            SubmissionError::Step(SubmissionStepError::OwnSubmission { .. })
            | SubmissionError::Correction(CorrectionError::OwnRequest { .. }) => Self::OwnWork,
            SubmissionError::Store(error) => error.into(),
            other => Self::WrongStep { detail: other.to_string() },
        }
    }
}

impl From<DecisionError> for ApiError {
    fn from(error: DecisionError) -> Self {
        match error {
            DecisionError::NotFound => Self::NotFound,
            DecisionError::Stale { .. } => Self::Stale,
            DecisionError::Step(_) => Self::WrongState,
            DecisionError::OtherKind { .. } => Self::BadValue { detail: error.to_string() },
            DecisionError::BadSpan { .. } => Self::BadSpan,
            DecisionError::Store(error) => error.into(),
        }
    }
}
