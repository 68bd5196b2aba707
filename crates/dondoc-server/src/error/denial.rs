//! Refusals at the door.

use axum::http::StatusCode;

/// Why somebody was not let in, or not further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// Nobody is signed in here.
    NotSignedIn,
    /// Name or password is wrong; which of the two is not told.
    WrongSignIn,
    /// Not with the roles of this account.
    Forbidden,
    /// The second factor has to be shown again.
    SecondFactorNeeded,
    /// The account has no second factor, and this takes one.
    NoSecondFactor,
    /// The six digits are wrong, too old, or were used before.
    WrongCode,
    /// Too many tries of late.
    TooManyTries,
    /// The one-time code is wrong, too old or used.
    CodeNotGood,
    /// Too short or too long.
    WeakPassword,
    /// There is an account of that name.
    NameTaken,
}

impl Denial {
    /// All of them, for the tests of the catalogue.
    pub const ALL: [Self; 10] = [
        Self::NotSignedIn,
        Self::WrongSignIn,
        Self::Forbidden,
        Self::SecondFactorNeeded,
        Self::NoSecondFactor,
        Self::WrongCode,
        Self::TooManyTries,
        Self::CodeNotGood,
        Self::WeakPassword,
        Self::NameTaken,
    ];

    pub(super) fn status_and_code(self) -> (StatusCode, &'static str) {
        match self {
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "not_signed_in"),
            Self::WrongSignIn => (StatusCode::UNAUTHORIZED, "wrong_sign_in"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::SecondFactorNeeded => (StatusCode::FORBIDDEN, "second_factor_needed"),
            Self::NoSecondFactor => (StatusCode::FORBIDDEN, "second_factor_missing"),
            Self::WrongCode => (StatusCode::FORBIDDEN, "wrong_code"),
            Self::TooManyTries => (StatusCode::TOO_MANY_REQUESTS, "too_many_tries"),
            Self::CodeNotGood => (StatusCode::FORBIDDEN, "code_not_good"),
            Self::WeakPassword => (StatusCode::UNPROCESSABLE_ENTITY, "weak_password"),
            Self::NameTaken => (StatusCode::CONFLICT, "name_taken"),
        }
    }

    pub(super) fn in_vietnamese(self) -> (&'static str, &'static str) {
        match self {
            Self::NotSignedIn => ("chưa đăng nhập", "đăng nhập rồi làm lại"),
            Self::WrongSignIn => (
                "tên đăng nhập hoặc mật khẩu không đúng",
                "gõ lại; quên thì nhờ người quản trị cấp mã mới",
            ),
            Self::Forbidden => (
                "tài khoản này không được làm việc đó",
                "nhờ người có quyền, hoặc đề nghị quản trị cấp quyền",
            ),
            Self::SecondFactorNeeded => {
                ("việc này cần mã xác nhận", "gõ mã 6 số trong ứng dụng xác thực")
            }
            Self::NoSecondFactor => (
                "tài khoản chưa có bước xác nhận thứ hai",
                "vào mục Tài khoản, cài ứng dụng xác thực rồi làm lại",
            ),
            Self::WrongCode => (
                "mã xác nhận không đúng, đã quá hạn hoặc đã dùng",
                "chờ mã mới trong ứng dụng xác thực rồi gõ lại",
            ),
            Self::TooManyTries => ("thử sai quá nhiều lần", "chờ 15 phút rồi thử lại"),
            Self::CodeNotGood => ("mã dùng một lần không đúng hoặc đã hết hạn", "xin mã mới"),
            Self::WeakPassword => {
                ("mật khẩu phải có từ 10 đến 200 ký tự", "chọn một câu dễ nhớ, dài hơn")
            }
            Self::NameTaken => ("đã có tài khoản tên này", "chọn tên đăng nhập khác"),
        }
    }

    pub(super) fn in_english(self) -> (&'static str, &'static str) {
        match self {
            Self::NotSignedIn => ("nobody is signed in", "sign in and do it again"),
            Self::WrongSignIn => (
                "the name or the password is wrong",
                "type them again; an administrator can give a new code",
            ),
            Self::Forbidden => (
                "this account may not do that",
                "ask somebody who may, or an administrator for the right",
            ),
            Self::SecondFactorNeeded => {
                ("this takes a confirmation code", "type the 6 digits of the authenticator program")
            }
            Self::NoSecondFactor => (
                "the account has no second factor",
                "set up an authenticator program under Account, then do it again",
            ),
            Self::WrongCode => (
                "the confirmation code is wrong, too old or used",
                "wait for a new code and type it",
            ),
            Self::TooManyTries => ("too many wrong tries", "wait for 15 minutes and try again"),
            Self::CodeNotGood => ("the one-time code is wrong or too old", "ask for a new code"),
            Self::WeakPassword => (
                "a password has 10 to 200 characters",
                "choose a longer sentence that is easy to keep in mind",
            ),
            Self::NameTaken => ("there is an account of that name", "choose another sign-in name"),
        }
    }
}
