//! What a request is refused with.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use dondoc_core::problem::{Language, Problem};
use dondoc_store::{StoreError, findings::DecisionError};
use serde::Serialize;
use utoipa::ToSchema;

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
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemView {
    /// Never changes; see docs/problems.md.
    code: &'static str,
    /// What was refused.
    message: Bilingual,
    /// What to do about it.
    remedy: Bilingual,
}

/// A sentence in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bilingual {
    vi: String,
    en: String,
}

impl From<&Problem> for ProblemView {
    fn from(problem: &Problem) -> Self {
        let (message_vi, remedy_vi) = problem.say(Language::Vietnamese);
        let (message_en, remedy_en) = problem.say(Language::English);
        Self {
            code: problem.code(),
            message: Bilingual { vi: message_vi, en: message_en },
            remedy: Bilingual { vi: remedy_vi, en: remedy_en },
        }
    }
}

impl ApiError {
    /// One of each, for the tests of the catalogue.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let detail = String::new;
        vec![
            Self::NotFound,
            Self::MethodNotAllowed,
            Self::Stale,
            Self::WrongState,
            Self::BadRequest { detail: detail() },
            Self::BadValue { detail: detail() },
            Self::BadSpan,
            Self::TooLarge,
            Self::UnsupportedType,
            Self::ForeignSite,
            Self::ForeignHost,
            Self::TimedOut,
            Self::Internal,
        ]
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
            Self::Stale => (StatusCode::CONFLICT, "stale"),
            Self::WrongState => (StatusCode::CONFLICT, "wrong_state"),
            Self::BadRequest { .. } => (StatusCode::BAD_REQUEST, "bad_request"),
            Self::BadValue { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "bad_value"),
            Self::BadSpan => (StatusCode::UNPROCESSABLE_ENTITY, "bad_span"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "request_too_large"),
            Self::UnsupportedType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_type"),
            Self::ForeignSite => (StatusCode::FORBIDDEN, "foreign_site"),
            Self::ForeignHost => (StatusCode::MISDIRECTED_REQUEST, "foreign_host"),
            Self::TimedOut => (StatusCode::SERVICE_UNAVAILABLE, "timed_out"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    /// Message and remedy, in Vietnamese.
    fn in_vietnamese(&self) -> (String, &'static str) {
        let (message, remedy) = match self {
            Self::NotFound => ("không có mục này", "quay lại danh sách và tìm lại"),
            Self::MethodNotAllowed => ("không có thao tác này", "xem tài liệu API"),
            Self::Stale => {
                ("người khác vừa sửa mục này", "xem lại nội dung mới rồi quyết định lại")
            }
            Self::WrongState => ("mục này đã bị bác bỏ", "mở lại mục rồi mới chấp nhận hoặc sửa"),
            Self::BadRequest { detail } => {
                return (format!("yêu cầu không hợp lệ: {detail}"), "sửa lại yêu cầu rồi gửi lại");
            }
            Self::BadValue { detail } => {
                return (
                    format!("nội dung không hợp lệ: {detail}"),
                    "sửa lại nội dung rồi gửi lại",
                );
            }
            Self::BadSpan => {
                ("đoạn chọn rỗng hoặc nằm ngoài văn bản", "chọn lại đoạn chữ trong văn bản")
            }
            Self::TooLarge => ("dữ liệu gửi lên quá lớn", "gửi ít tệp hơn trong một lần"),
            Self::UnsupportedType => {
                ("kiểu dữ liệu gửi lên không đúng", "gửi tệp bằng biểu mẫu, còn lại gửi JSON")
            }
            Self::ForeignSite => {
                ("yêu cầu đến từ một trang khác", "mở trang Dondoc rồi làm lại ở đó")
            }
            Self::ForeignHost => {
                ("địa chỉ không phải của máy này", "mở http://localhost với cổng của Dondoc")
            }
            Self::TimedOut => ("xử lý quá lâu", "thử lại sau ít phút"),
            Self::Internal => ("có lỗi trong máy chủ Dondoc", "thử lại; nếu vẫn lỗi, báo quản trị"),
        };
        (message.to_owned(), remedy)
    }

    /// Message and remedy, in English.
    fn in_english(&self) -> (String, &'static str) {
        let (message, remedy) = match self {
            Self::NotFound => ("there is no such thing", "go back to the list and look again"),
            Self::MethodNotAllowed => ("this can't be done here", "see the description of the API"),
            Self::Stale => ("someone has just changed this", "look at it again, then decide again"),
            Self::WrongState => {
                ("this was rejected", "reopen it before accepting or correcting it")
            }
            Self::BadRequest { detail } => {
                return (format!("the request is wrong: {detail}"), "correct it and send it again");
            }
            Self::BadValue { detail } => {
                return (format!("the value is wrong: {detail}"), "correct it and send it again");
            }
            Self::BadSpan => {
                ("the place is empty or outside of the document", "select words of the document")
            }
            Self::TooLarge => ("the request is too large", "send fewer files at a time"),
            Self::UnsupportedType => {
                ("the body is of the wrong type", "send files as a form, all else as JSON")
            }
            Self::ForeignSite => {
                ("the request comes from another site", "open the Dondoc page and do it there")
            }
            Self::ForeignHost => {
                ("the address is not this machine's", "open http://localhost with Dondoc's port")
            }
            Self::TimedOut => ("it took too long", "try again in a few minutes"),
            Self::Internal => {
                ("something failed in the Dondoc server", "try again, then tell the administrator")
            }
        };
        (message.to_owned(), remedy)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        let (message_vi, remedy_vi) = self.in_vietnamese();
        let (message_en, remedy_en) = self.in_english();
        let view = ProblemView {
            code,
            message: Bilingual { vi: message_vi, en: message_en },
            remedy: Bilingual { vi: remedy_vi.to_owned(), en: remedy_en.to_owned() },
        };
        (status, Json(view)).into_response()
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        // Said once, here at the boundary; it names the statement, never what is in the documents.
        let source = std::error::Error::source(&error).map(ToString::to_string);
        eprintln!("dondoc: {error}: {}", source.unwrap_or_default());
        Self::Internal
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
