//! What a step with a task is refused with, in the words of offices.

use dondoc_core::{
    problem::{Language, Problem},
    task::TaskStepError,
};
use dondoc_store::tasks::TaskError;

use crate::ApiError;

/// Why something can't be done with a task, and what to do about it, in both languages.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TaskRefusal {
    pub(crate) vi: String,
    pub(crate) en: String,
    pub(crate) remedy_vi: String,
    pub(crate) remedy_en: String,
}

impl TaskRefusal {
    fn new(vi: (String, &str), en: (String, &str)) -> Self {
        let ((vi, remedy_vi), (en, remedy_en)) = (vi, en);
        Self { vi, en, remedy_vi: remedy_vi.to_owned(), remedy_en: remedy_en.to_owned() }
    }

    pub(crate) fn bad_file(name: &str) -> Self {
        Self::new(
            (
                format!("tệp “{name}” không phải loại dùng làm minh chứng"),
                "gửi PDF, ảnh, Word, Excel hoặc văn bản thuần",
            ),
            (
                format!("`{name}` is no file that can prove anything"),
                "send PDF, a picture, Word, Excel or plain text",
            ),
        )
    }

    pub(crate) fn nothing_to_send() -> Self {
        Self::new(
            (
                "không có nhiệm vụ hay báo cáo nào cần đôn đốc".into(),
                "chọn đơn vị còn việc chưa xong",
            ),
            ("nothing is left to follow up".into(), "choose units with something that is not done"),
        )
    }

    pub(crate) fn of_problem(problem: &Problem) -> Self {
        let (vi, remedy_vi) = problem.say(Language::Vietnamese);
        let (en, remedy_en) = problem.say(Language::English);
        Self { vi, en, remedy_vi, remedy_en }
    }

    fn of_step(error: &TaskStepError) -> Self {
        match error {
            TaskStepError::NotFromHere { stage, .. } => {
                let now = stage_vi(stage);
                Self::new(
                    (
                        format!("không làm được bước này vì nhiệm vụ {now}"),
                        "mở lại nhiệm vụ, xem các bước có thể làm",
                    ),
                    (
                        format!("the step can't be taken: the task is {stage}"),
                        "open the task again and see what may be done",
                    ),
                )
            }
            TaskStepError::NoDeadline => Self::new(
                (
                    "nhiệm vụ không có thời hạn nên không có gì để gia hạn".into(),
                    "cập nhật tiến độ thay cho xin gia hạn",
                ),
                (
                    "the task has no deadline, so there is none to put off".into(),
                    "say how it goes instead",
                ),
            ),
            TaskStepError::NotLater { until, due } => Self::new(
                (
                    format!("ngày {} không sau thời hạn hiện tại {}", vi_day(*until), vi_day(*due)),
                    "chọn ngày sau thời hạn hiện tại",
                ),
                (format!("{until} is not after {due}, the day in force"), "choose a later day"),
            ),
            TaskStepError::NothingAsked => Self::new(
                (
                    "không có đề nghị gia hạn nào đang chờ".into(),
                    "mở lại nhiệm vụ; có thể đã có người xử lý",
                ),
                (
                    "no later day is asked for".into(),
                    "open the task again; someone may have decided",
                ),
            ),
            TaskStepError::AskedAlready { until } => Self::new(
                (
                    format!("đã xin gia hạn đến {}, đang chờ trả lời", vi_day(*until)),
                    "chờ cơ quan giao trả lời",
                ),
                (format!("{until} is asked for already"), "wait for the decision"),
            ),
            TaskStepError::OwnReport { .. } => Self::new(
                (
                    "không tự xác nhận nhiệm vụ do chính mình báo cáo".into(),
                    "nhờ người khác của cơ quan giao xác nhận",
                ),
                (
                    "nobody confirms what he reported himself".into(),
                    "have somebody else of the giving unit confirm it",
                ),
            ),
        }
    }
}

impl From<TaskError> for ApiError {
    #[expect(clippy::too_many_lines, reason = "a catalogue: a few lines a refusal")]
    fn from(error: TaskError) -> Self {
        let refusal = match error {
            TaskError::NotFound => return Self::NotFound,
            TaskError::Stale { .. } => return Self::Stale,
            TaskError::NoReason { .. } => return Self::NoReason,
            TaskError::Store(error) => return error.into(),
            TaskError::Step(TaskStepError::OwnReport { .. }) => return Self::OwnWork,
            TaskError::Step(error) => TaskRefusal::of_step(&error),
            TaskError::NothingShown => TaskRefusal::new(
                (
                    "chưa có kết quả, minh chứng hay văn bản trả lời".into(),
                    "ghi kết quả, đính kèm tệp, hoặc ghi số văn bản trả lời",
                ),
                (
                    "no words, no file and no document that answers it".into(),
                    "say what was done, add a file, or name the document",
                ),
            ),
            TaskError::OfSeveral => TaskRefusal::new(
                (
                    "nhiệm vụ này giao cho nhiều đơn vị".into(),
                    "mở việc của từng đơn vị rồi làm bước này ở đó",
                ),
                (
                    "this task is of several units".into(),
                    "open the task of each unit and do it there",
                ),
            ),
            TaskError::NoLead => TaskRefusal::new(
                ("chưa có đơn vị chủ trì".into(), "chọn ít nhất một đơn vị chủ trì"),
                ("no unit leads it".into(), "choose at least one unit"),
            ),
            TaskError::Taken { task_id, .. } => TaskRefusal::new(
                (
                    format!("đoạn này của văn bản đã thành nhiệm vụ số {task_id}"),
                    "mở nhiệm vụ đó thay vì giao lại",
                ),
                (
                    format!("these words of the document are task {task_id} already"),
                    "open that task",
                ),
            ),
            TaskError::AfterTheWhole { due, of_whole } => TaskRefusal::new(
                (
                    format!(
                        "hạn {} sau hạn của nhiệm vụ cấp trên {}",
                        vi_day(due),
                        vi_day(of_whole)
                    ),
                    "chọn hạn sớm hơn, hoặc xin gia hạn nhiệm vụ cấp trên",
                ),
                (
                    format!("{due} is after {of_whole}, the day of the task that it is part of"),
                    "choose an earlier day",
                ),
            ),
            TaskError::TooMuch { .. } => return Self::TooLarge,
            TaskError::Calendar(error) => TaskRefusal::new(
                (
                    "chưa có lịch nghỉ của năm cần tính hạn".into(),
                    "báo quản trị bổ sung lịch nghỉ, hoặc ghi hạn theo ngày",
                ),
                (error.to_string(), "have the days off of that year added, or set the day itself"),
            ),
        };
        Self::Task(refusal)
    }
}

/// As days are written: `13/03/2026`.
pub(crate) fn vi_day(day: jiff::civil::Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

fn stage_vi(stage: &str) -> &'static str {
    match stage {
        "assigned" => "mới được giao",
        "begun" => "đang thực hiện",
        "reported" => "đã báo cáo, đang chờ xác nhận",
        "returned" => "đã bị trả lại",
        "done" => "đã hoàn thành",
        _ => "đã hủy",
    }
}
