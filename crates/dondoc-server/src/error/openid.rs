//! Refusals of signing in with a provider of identities.

use axum::http::StatusCode;

/// Why a provider of identities lets nobody in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenIdRefusal {
    /// No provider was set up.
    Missing,
    /// It does not answer, or not what a provider answers.
    Unreachable,
    /// Nobody went to the provider from this browser of late, or it was answered already.
    Over,
    /// The provider let nobody in.
    Refused,
    /// What came back proves nothing; the server's log says why.
    NotBelieved,
    /// What came back is of another time: one of the two clocks is wrong.
    Clock,
    /// No account is linked with that person.
    NotLinked,
    /// The account is not in use.
    Suspended,
    /// That person, or this account, is linked already.
    Taken,
    /// The page was opened under another address than the one to which the provider sends back.
    Place,
}

/// Message and remedy.
type Said = (&'static str, &'static str);

impl OpenIdRefusal {
    /// All of them, for the tests of the catalogue.
    pub const ALL: [Self; 10] = [
        Self::Missing,
        Self::Unreachable,
        Self::Over,
        Self::Refused,
        Self::NotBelieved,
        Self::Clock,
        Self::NotLinked,
        Self::Suspended,
        Self::Taken,
        Self::Place,
    ];

    pub(super) fn status_and_code(self) -> (StatusCode, &'static str) {
        match self {
            Self::Missing => (StatusCode::CONFLICT, "openid_missing"),
            Self::Unreachable => (StatusCode::SERVICE_UNAVAILABLE, "openid_unreachable"),
            Self::Over => (StatusCode::FORBIDDEN, "openid_over"),
            Self::Refused => (StatusCode::FORBIDDEN, "openid_refused"),
            Self::NotBelieved => (StatusCode::FORBIDDEN, "openid_not_believed"),
            Self::Clock => (StatusCode::FORBIDDEN, "openid_clock"),
            Self::NotLinked => (StatusCode::FORBIDDEN, "openid_not_linked"),
            Self::Suspended => (StatusCode::FORBIDDEN, "openid_suspended"),
            Self::Taken => (StatusCode::CONFLICT, "openid_taken"),
            Self::Place => (StatusCode::CONFLICT, "openid_place"),
        }
    }

    pub(super) fn in_vietnamese(self) -> Said {
        match self {
            Self::Missing => (
                "ở đây chưa cài đăng nhập qua hệ thống định danh",
                "đăng nhập bằng tên và mật khẩu; người quản trị cài bằng --oidc-issuer",
            ),
            Self::Unreachable => (
                "không liên lạc được với hệ thống định danh",
                "thử lại sau ít phút, hoặc đăng nhập bằng tên và mật khẩu; nếu vẫn vậy, báo người quản trị",
            ),
            Self::Over => (
                "lần đăng nhập này đã quá 10 phút, đã dùng rồi, hoặc bắt đầu ở trình duyệt khác",
                "về trang đăng nhập và bấm lại",
            ),
            Self::Refused => (
                "hệ thống định danh không cho đăng nhập, hoặc đã bấm thôi",
                "về trang đăng nhập và bấm lại, hoặc đăng nhập bằng tên và mật khẩu",
            ),
            Self::NotBelieved => (
                "câu trả lời của hệ thống định danh không hợp lệ nên không dùng",
                "thử lại một lần; nếu vẫn vậy, báo người quản trị xem nhật ký máy chủ",
            ),
            Self::Clock => (
                "đồng hồ của máy chủ này và của hệ thống định danh lệch nhau",
                "báo người quản trị chỉnh giờ hai máy, rồi đăng nhập lại",
            ),
            Self::NotLinked => (
                "người này chưa được liên kết với tài khoản nào ở đây",
                "đăng nhập bằng tên và mật khẩu, vào mục Tài khoản, bấm “Liên kết”; chưa có tài khoản thì hỏi người quản trị",
            ),
            Self::Suspended => {
                ("tài khoản đang bị khóa nên không đăng nhập được", "hỏi người quản trị")
            }
            Self::Place => (
                "trang đang mở ở địa chỉ khác với địa chỉ mà hệ thống định danh gửi trả về",
                "mở trang bằng tên máy do quản trị cấp (https://…; trên chính máy này: localhost, không phải 127.0.0.1) rồi bấm lại",
            ),
            Self::Taken => (
                "người này hoặc tài khoản này đã được liên kết rồi",
                "gỡ liên kết cũ trước; người khác đang giữ thì hỏi người quản trị",
            ),
        }
    }

    pub(super) fn in_english(self) -> Said {
        match self {
            Self::Missing => (
                "signing in with a provider of identities is not set up here",
                "sign in with name and password; an administrator sets it up with --oidc-issuer",
            ),
            Self::Unreachable => (
                "the provider of identities can't be reached",
                "try again in some minutes, or sign in with name and password; tell the administrator if it stays so",
            ),
            Self::Over => (
                "this sign-in is older than 10 minutes, was used, or was begun in another browser",
                "go back to signing in and press again",
            ),
            Self::Refused => (
                "the provider of identities let nobody in, or it was given up there",
                "go back to signing in and press again, or sign in with name and password",
            ),
            Self::NotBelieved => (
                "what the provider of identities answered is not valid, and is not used",
                "try once more; if it happens again, tell the administrator to look into the server's log",
            ),
            Self::Clock => (
                "the clocks of this server and of the provider of identities differ",
                "have the administrator set both, then sign in again",
            ),
            Self::NotLinked => (
                "this person is linked with no account here",
                "sign in with name and password and press \"Link\" under Account; without an account ask an administrator",
            ),
            Self::Suspended => {
                ("the account is suspended, so nobody signs in to it", "ask an administrator")
            }
            Self::Place => (
                "the page was opened under another address than the one to which the provider of identities sends back",
                "open it under the name that administrators gave it (https://…; on this machine: localhost, not 127.0.0.1)",
            ),
            Self::Taken => (
                "this person or this account is linked already",
                "remove the old link first; if somebody else has it, ask an administrator",
            ),
        }
    }
}
