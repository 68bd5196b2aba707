//! What is wrong with a backup, in the words of the one who needs it.

use dondoc_core::problem::Language;

use crate::backup::BackupError;

impl BackupError {
    /// The name that never changes: `wrong_passphrase`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::File { .. } => "backup_file",
            Self::Exists { .. } => "backup_exists",
            Self::NotABackup => "not_a_backup",
            Self::Newer { .. } => "backup_newer",
            Self::Manifest => "backup_manifest",
            Self::Length { .. } => "backup_length",
            Self::Damaged { .. } => "backup_damaged",
            Self::NoPassphrase => "passphrase_missing",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::Unsound { .. } => "backup_unsound",
            Self::InUse => "store_in_use",
            Self::NotEmpty => "store_not_empty",
            Self::Store(_) => "store",
        }
    }

    /// What was refused, and what to do about it.
    #[must_use]
    pub fn say(&self, language: Language) -> (String, &'static str) {
        match language {
            Language::Vietnamese => self.in_vietnamese(),
            Language::English => self.in_english(),
        }
    }

    fn in_vietnamese(&self) -> (String, &'static str) {
        match self {
            Self::File { path, source } => (
                format!("không đọc hoặc ghi được {path} ({source})"),
                "kiểm tra thư mục, quyền ghi và dung lượng đĩa còn trống",
            ),
            Self::Exists { path } => (format!("đã có tệp {path}"), "chọn tên khác"),
            Self::NotABackup => {
                ("tệp này không phải bản sao lưu của Dondoc".into(), "chọn đúng tệp .backup")
            }
            Self::Newer { program } => (
                format!("bản sao lưu do Dondoc mới hơn ghi (phiên bản {program})"),
                "cài phiên bản đó rồi khôi phục lại",
            ),
            Self::Manifest => ("phần đầu của bản sao lưu bị hỏng".into(), ANOTHER_VI),
            Self::Length { expected, found } => (
                format!("bản sao lưu thiếu hoặc thừa dữ liệu: {found} byte, phải là {expected}"),
                "chép lại tệp từ nơi lưu; nếu vẫn vậy, dùng bản khác",
            ),
            Self::Damaged { part } => {
                (format!("bản sao lưu bị hỏng: phần {part} không như khi ghi"), ANOTHER_VI)
            }
            Self::NoPassphrase => {
                ("bản sao lưu có mật khẩu".into(), "nhập mật khẩu của bản sao lưu")
            }
            Self::WrongPassphrase => (
                "mật khẩu không mở được bản sao lưu này".into(),
                "nhập lại mật khẩu đã dùng khi sao lưu",
            ),
            Self::Unsound { object } => (
                format!("nội dung không khớp nhau: {object}"),
                "dùng bản sao lưu khác; chạy “Kiểm tra toàn bộ” cho kho đang dùng",
            ),
            Self::InUse => {
                ("kho dữ liệu đang được dùng".into(), "dừng dondoc serve rồi khôi phục lại")
            }
            Self::NotEmpty => (
                "cơ sở dữ liệu nhận khôi phục không trống".into(),
                "tạo cơ sở dữ liệu mới, trống, rồi khôi phục vào đó",
            ),
            Self::Store(_) => ("kho dữ liệu gặp lỗi".into(), "xem nhật ký của máy chủ rồi thử lại"),
        }
    }

    fn in_english(&self) -> (String, &'static str) {
        match self {
            Self::File { path, source } => (
                format!("{path} can't be read or written ({source})"),
                "check the folder, the permission to write, and the free space on the disk",
            ),
            Self::Exists { path } => (format!("{path} is there already"), "choose another name"),
            Self::NotABackup => {
                ("this file is no backup of Dondoc".into(), "choose a .backup file")
            }
            Self::Newer { program } => (
                format!("a newer Dondoc wrote this backup (version {program})"),
                "install that version, then restore",
            ),
            Self::Manifest => ("the head of the backup is damaged".into(), ANOTHER_EN),
            Self::Length { expected, found } => (
                format!("the backup is cut off or goes on too long: {found} bytes, not {expected}"),
                "copy the file again from where it is kept; if that does not help, use another one",
            ),
            Self::Damaged { part } => {
                (format!("the backup is damaged: its {part} is not what was written"), ANOTHER_EN)
            }
            Self::NoPassphrase => ("the backup has a passphrase".into(), "give its passphrase"),
            Self::WrongPassphrase => (
                "the passphrase does not open this backup".into(),
                "give the passphrase that was used when it was taken",
            ),
            Self::Unsound { object } => (
                format!("what is in it does not hold together: {object}"),
                "use another backup; check the store in use with “Check everything”",
            ),
            Self::InUse => ("the store is in use".into(), "stop dondoc serve, then restore"),
            Self::NotEmpty => (
                "the database to restore to is not empty".into(),
                "make a new, empty database and restore to it",
            ),
            Self::Store(_) => {
                ("the store failed".into(), "look into the log of the server, then try again")
            }
        }
    }
}

const ANOTHER_VI: &str = "dùng bản sao lưu khác";
const ANOTHER_EN: &str = "use another backup";
