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
    /// A sign-in name that can't be one.
    BadName,
    /// There is no account in use of that name, or it is one's own.
    NoSuchName,
    /// Days that are none, in the wrong order, over, or beyond what may be lent.
    BadDays,
    /// A role without its unit, and not for the whole installation either.
    UnitMissing,
    /// A role that is not one's own, does not hold, or was lent by another.
    NotLendable,
    /// One's own account is not changed with a key for programs.
    SessionNeeded,
    /// Not the password of this account.
    WrongPassword,
    /// The account is suspended.
    IsSuspended,
    /// This takes two people, and there is nobody else who could be the second.
    SecondPersonMissing,
    /// The second person has decided, or the one who asked has taken it back.
    CountersignOver,
    /// Nobody confirmed it in time.
    CountersignExpired,
    /// Where two people are needed, one of them does not renew the other's way in.
    OnTheMachineOnly,
    /// The page was opened under an address for which there are no passkeys.
    PasskeyPlace,
    /// What was shown proves nothing: of another key or account, shown before, too late, or the counter went back.
    WrongPasskey,
    /// It can't be set up: it is in use already, there are too many, or it was asked for too long ago.
    PasskeyNotTaken,
    /// A role, session or account was ended between the door and the write; nothing was kept.
    RightsChanged,
}

impl Denial {
    /// All of them, for the tests of the catalogue.
    pub const ALL: [Self; 26] = [
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
        Self::BadName,
        Self::NoSuchName,
        Self::BadDays,
        Self::UnitMissing,
        Self::NotLendable,
        Self::SessionNeeded,
        Self::WrongPassword,
        Self::IsSuspended,
        Self::SecondPersonMissing,
        Self::CountersignOver,
        Self::CountersignExpired,
        Self::OnTheMachineOnly,
        Self::PasskeyPlace,
        Self::WrongPasskey,
        Self::PasskeyNotTaken,
        Self::RightsChanged,
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
            Self::BadName => (StatusCode::UNPROCESSABLE_ENTITY, "bad_name"),
            Self::NoSuchName => (StatusCode::UNPROCESSABLE_ENTITY, "no_such_name"),
            Self::BadDays => (StatusCode::UNPROCESSABLE_ENTITY, "bad_days"),
            Self::UnitMissing => (StatusCode::UNPROCESSABLE_ENTITY, "unit_missing"),
            Self::NotLendable => (StatusCode::CONFLICT, "not_lendable"),
            Self::SessionNeeded => (StatusCode::CONFLICT, "session_needed"),
            Self::WrongPassword => (StatusCode::FORBIDDEN, "wrong_password"),
            Self::IsSuspended => (StatusCode::CONFLICT, "account_suspended"),
            Self::SecondPersonMissing => (StatusCode::CONFLICT, "second_person_missing"),
            Self::CountersignOver => (StatusCode::CONFLICT, "countersign_over"),
            Self::CountersignExpired => (StatusCode::CONFLICT, "countersign_expired"),
            Self::OnTheMachineOnly => (StatusCode::CONFLICT, "on_the_machine_only"),
            Self::PasskeyPlace => (StatusCode::CONFLICT, "passkey_place"),
            Self::WrongPasskey => (StatusCode::FORBIDDEN, "wrong_passkey"),
            Self::PasskeyNotTaken => (StatusCode::CONFLICT, "passkey_not_taken"),
            Self::RightsChanged => (StatusCode::CONFLICT, "rights_changed"),
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
            Self::SecondFactorNeeded => SECOND_FACTOR_NEEDED.vi,
            Self::NoSecondFactor => (
                "tài khoản chưa có bước xác nhận thứ hai",
                "vào mục Tài khoản, cài ứng dụng xác thực hoặc thêm khóa truy cập rồi làm lại",
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
            Self::BadName => (
                "tên đăng nhập chỉ gồm chữ, số, dấu chấm và dấu gạch, không quá 64 ký tự",
                "sửa lại tên, không để dấu cách",
            ),
            Self::NoSuchName => {
                ("không có tài khoản nào khác đang dùng tên đó", "kiểm tra lại tên đăng nhập")
            }
            Self::UnitMissing => (
                "vai trò chưa có đơn vị",
                "chọn đơn vị, hoặc chọn “Toàn hệ thống” nếu đúng là như vậy",
            ),
            Self::BadDays => (
                "ngày bắt đầu hoặc ngày kết thúc không hợp lệ",
                "chọn từ hôm nay trở đi, không quá thời hạn của vai trò",
            ),
            Self::NotLendable => (
                "không ủy quyền được vai trò này",
                "chỉ ủy quyền vai trò của chính mình đang còn hạn, không ủy quyền lại",
            ),
            Self::SessionNeeded => {
                ("khóa cho chương trình không làm được việc này", "đăng nhập trên trang rồi làm")
            }
            Self::WrongPassword => WRONG_PASSWORD.vi,
            Self::IsSuspended => ("tài khoản đang bị khóa", "mở lại tài khoản trước"),
            Self::SecondPersonMissing
            | Self::CountersignOver
            | Self::CountersignExpired
            | Self::OnTheMachineOnly => self.of_two_people().0,
            Self::PasskeyPlace => PASSKEY_PLACE.vi,
            Self::WrongPasskey => WRONG_PASSKEY.vi,
            Self::PasskeyNotTaken => PASSKEY_NOT_TAKEN.vi,
            Self::RightsChanged => RIGHTS_CHANGED.vi,
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
            Self::SecondFactorNeeded => SECOND_FACTOR_NEEDED.en,
            Self::NoSecondFactor => (
                "the account has no second factor",
                "set up an authenticator program or a passkey under Account, then do it again",
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
            Self::BadName => (
                "a sign-in name has letters, digits, dots and hyphens, 64 at most",
                "correct it; no spaces",
            ),
            Self::NoSuchName => {
                ("no other account in use has that name", "see whether the sign-in name is right")
            }
            Self::UnitMissing => (
                "the role has no unit",
                "choose a unit, or \"Everywhere\" if that is what is meant",
            ),
            Self::BadDays => (
                "the first or the last day is wrong",
                "choose days from today on, within those of the role",
            ),
            Self::NotLendable => (
                "this role can't be lent",
                "lend a role of your own that holds today, not one that was lent to you",
            ),
            Self::SessionNeeded => {
                ("a key for programs can't do this", "sign in on the page and do it there")
            }
            Self::WrongPassword => WRONG_PASSWORD.en,
            Self::IsSuspended => ("the account is suspended", "reinstate it first"),
            Self::SecondPersonMissing
            | Self::CountersignOver
            | Self::CountersignExpired
            | Self::OnTheMachineOnly => self.of_two_people().1,
            Self::PasskeyPlace => PASSKEY_PLACE.en,
            Self::WrongPasskey => WRONG_PASSKEY.en,
            Self::PasskeyNotTaken => PASSKEY_NOT_TAKEN.en,
            Self::RightsChanged => RIGHTS_CHANGED.en,
        }
    }

    /// What is said of the four that have to do with two people, in Vietnamese and English.
    fn of_two_people(self) -> ((&'static str, &'static str), (&'static str, &'static str)) {
        match self {
            Self::SecondPersonMissing => (
                (
                    "việc này cần hai người, mà hệ thống chưa có người thứ hai được xác nhận",
                    "trên máy chủ, thêm một quản trị nữa bằng lệnh “dondoc accounts add”; nếu cơ quan chỉ có một \
                     quản trị thì chạy “dondoc accounts two-people off”",
                ),
                (
                    "this takes two people, and there is no second one who could confirm it",
                    "on the machine add an administrator with `dondoc accounts add`; with one administrator for good \
                     run `dondoc accounts two-people off`",
                ),
            ),
            Self::CountersignOver => (
                (
                    "đề nghị này đã được xác nhận, từ chối hoặc rút lại",
                    "mở lại danh sách; còn cần thì đề nghị lại",
                ),
                (
                    "this request was confirmed, refused or taken back",
                    "open the list again; ask anew if it is still wanted",
                ),
            ),
            Self::CountersignExpired => (
                (
                    "đề nghị này đã quá 7 ngày không ai xác nhận",
                    "kiểm tra lại nội dung rồi đề nghị lại",
                ),
                ("nobody confirmed this request within 7 days", "look at it again and ask anew"),
            ),
            _ => (
                (
                    "mã mới của tài khoản quản trị chỉ cấp được trên máy chủ",
                    "trên máy chủ, chạy “dondoc accounts code” với tên đăng nhập đó",
                ),
                (
                    "a new code for an administrator is made on the machine only",
                    "run `dondoc accounts code` there with the sign-in name",
                ),
            ),
        }
    }
}

/// Message and remedy, in both languages.
struct Said {
    vi: (&'static str, &'static str),
    en: (&'static str, &'static str),
}

const SECOND_FACTOR_NEEDED: Said = Said {
    vi: (
        "việc này cần xác nhận bước hai",
        "gõ mã 6 số trong ứng dụng xác thực, hoặc dùng khóa truy cập",
    ),
    en: (
        "this takes the second factor",
        "type the 6 digits of the authenticator program, or show a passkey",
    ),
};

const WRONG_PASSWORD: Said = Said {
    vi: ("mật khẩu hiện tại không đúng", "gõ lại; quên thì nhờ người quản trị cấp mã mới"),
    en: ("the present password is wrong", "type it again; an administrator can give a new code"),
};

const PASSKEY_PLACE: Said = Said {
    vi: (
        "khóa truy cập không dùng được ở địa chỉ này của trang",
        "mở trang bằng tên máy do quản trị cấp (https://…; trên chính máy này: localhost, không phải 127.0.0.1), \
                 hoặc dùng mã 6 số",
    ),
    en: (
        "passkeys do not work at this address of the page",
        "open the page under the name that administrators gave it (https://…; on this machine: localhost, not \
                 127.0.0.1), or use the 6 digits",
    ),
};

const WRONG_PASSKEY: Said = Said {
    vi: (
        "khóa truy cập không được chấp nhận",
        "bấm lại và dùng khóa của chính tài khoản này; nếu vẫn vậy, gỡ khóa đó và thêm lại, hoặc dùng mã 6 số",
    ),
    en: (
        "the passkey was not accepted",
        "press again and use a key of this account; if it happens again, remove the key and add it anew, or use the \
                 6 digits",
    ),
};

const PASSKEY_NOT_TAKEN: Said = Said {
    vi: (
        "không thêm được khóa truy cập này",
        "bấm thêm lại trong vòng 5 phút; khóa đã dùng cho tài khoản khác, hoặc khóa thứ 21, thì không thêm được",
    ),
    en: (
        "this passkey can't be added",
        "press add again, within 5 minutes; a key of another account, or a 21st one, is not taken",
    ),
};

const RIGHTS_CHANGED: Said = Said {
    vi: (
        "quyền của tài khoản vừa thay đổi, chưa có gì được lưu",
        "tải lại trang rồi làm lại; nếu không làm được nữa, hỏi người quản trị",
    ),
    en: (
        "the rights of the account have just changed; nothing was kept",
        "reload the page and do it again; if that is refused, ask an administrator",
    ),
};
