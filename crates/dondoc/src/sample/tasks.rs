//! The made-up tasks of the sample province, in all states, with days around today so that the screens live.

use std::sync::Arc;

use anyhow::Context;
use dondoc_core::calendar::Calendar;
use dondoc_core::followup::NoticeKind;
use dondoc_core::task::addressee::Group;
use dondoc_core::task::{Origin, TaskKind, TaskStep};
use dondoc_core::unit::{Level, Line, UnitId, Units};
use dondoc_store::tasks::giving::{NewTask, give};
use dondoc_store::tasks::steps::{StepWords, take};
use dondoc_store::tasks::{self, Beside, Now, Order, TaskError, sending};
use dondoc_store::{Action, By, Store, Tx};
use jiff::civil::{Date, time};
use jiff::{Timestamp, ToSpan};

use crate::question::today;

/// Who gives and confirms, and who carries out and reports.
const OFFICER: &str = "chuyen-vien-tinh";
const CLERK: &str = "can-bo-xa";

/// A task: lead by its key, words, the number of its document (or a meeting), days from today until it is due, and what was done
/// with it: days from today, step, words.
struct Made {
    lead: &'static str,
    text: &'static str,
    from: &'static str,
    due: i32,
    done: &'static [(i32, &'static str, &'static str)],
}

const fn made(
    lead: &'static str,
    text: &'static str,
    from: &'static str,
    due: i32,
    done: &'static [(i32, &'static str, &'static str)],
) -> Made {
    Made { lead, text, from, due, done }
}

const PLAN: &str = "146/KH-UBND";
const ORDER: &str = "07/CT-UBND";
const MEETING: &str = "Kết luận giao ban tháng của Chủ tịch UBND tỉnh";
const INSPECTION: &str = "Kiến nghị sau kiểm tra phòng thủ dân sự";

const TASKS: &[Made] = &[
    made(
        "lg/binh-an",
        "Ban hành kế hoạch công tác giáo dục quốc phòng và an ninh năm của xã",
        PLAN,
        -12,
        &[(-8, "remind", "")],
    ),
    made(
        "lg/binh-an",
        "Kiểm tra các điểm sơ tán dân, lập danh sách và niêm yết công khai",
        ORDER,
        -5,
        &[(-9, "progress", "Đã kiểm tra 4/7 điểm")],
    ),
    made(
        "lg/binh-an",
        "Báo cáo kết quả thăm, tặng quà gia đình chính sách",
        MEETING,
        2,
        &[(-1, "progress", "Đang tổng hợp từ các thôn")],
    ),
    made("lg/binh-an", "Tổ chức hội nghị quán triệt nhiệm vụ phòng thủ dân sự", PLAN, 10, &[]),
    made(
        "lg/binh-an",
        "Hoàn thiện hồ sơ đề nghị hỗ trợ nhà ở đợt 1",
        ORDER,
        6,
        &[
            (-4, "report", "Đã lập đủ 12 hồ sơ"),
            (-1, "return", "Hồ sơ số 3 và số 7 chưa có xác nhận của thôn"),
        ],
    ),
    made(
        "lg/binh-an",
        "Mở lớp bồi dưỡng kiến thức quốc phòng và an ninh cho đối tượng 4",
        PLAN,
        -20,
        &[(-24, "report", "Đã mở 1 lớp, 62 người dự"), (-22, "confirm", "")],
    ),
    made(
        "lg/binh-an",
        "Báo cáo sơ kết công tác phòng thủ dân sự 6 tháng",
        MEETING,
        -30,
        &[(-26, "report", "Báo cáo số 61/BC-UBND"), (-25, "confirm", "")],
    ),
    made(
        "lg/dong-khe",
        "Khắc phục hư hỏng đường vào điểm sơ tán thôn Khe Đen",
        INSPECTION,
        -18,
        &[(-15, "remind", ""), (-8, "remind", "")],
    ),
    made(
        "lg/dong-khe",
        "Rà soát phương tiện, vật tư cứu hộ của xã",
        ORDER,
        -3,
        &[(-6, "progress", "Đã kiểm kê xong kho xã")],
    ),
    made(
        "lg/dong-khe",
        "Lập danh sách hộ dân trong vùng có nguy cơ sạt lở",
        PLAN,
        4,
        &[(-1, "report", "Danh sách 86 hộ, đã niêm yết")],
    ),
    made(
        "lg/thach-son",
        "Kiện toàn Ban chỉ huy phòng thủ dân sự xã",
        PLAN,
        -9,
        &[(-10, "ask_extension", "Chờ quyết định nhân sự của Đảng ủy xã")],
    ),
    made(
        "lg/thach-son",
        "Sửa chữa, bổ sung biển báo khu vực nguy hiểm",
        INSPECTION,
        15,
        &[(-3, "progress", "Đã lắp 9/14 biển")],
    ),
    made(
        "lg/hoa-son",
        "Nộp kế hoạch thực hiện Chương trình hành động của UBND tỉnh",
        ORDER,
        -2,
        &[],
    ),
    made("lg/hoa-son", "Báo cáo kết quả khám sức khỏe đợt 1 theo tỷ lệ có mặt", MEETING, 1, &[]),
    made(
        "lg/khe-trang",
        "Hoàn thành đường giao thông kết hợp dân sinh đoạn Khe Trắng",
        PLAN,
        -25,
        &[(-20, "progress", "Xong phần nền đường"), (-14, "remind", "")],
    ),
    made("lg/tan-lap", "Xây dựng mô hình tự quản tại hai tổ dân phố", MEETING, 8, &[]),
    made(
        "lg/tan-lap",
        "Báo cáo tổng hợp hỗ trợ người có công",
        PLAN,
        -14,
        &[(-16, "report", "Báo cáo số 40/BC-UBND"), (-15, "confirm", "")],
    ),
    made(
        "lg/bac-lap",
        "Tổ chức giao lưu kết nghĩa với đơn vị bạn",
        MEETING,
        -6,
        &[(-7, "cancel", "Hai bên thống nhất chuyển sang quý sau")],
    ),
    made(
        "lg/so-noi-vu",
        "Trình phê duyệt danh sách hỗ trợ nhà ở đợt 1",
        ORDER,
        20,
        &[(-2, "progress", "Đã thẩm định hồ sơ của 9 xã")],
    ),
    made(
        "lg/so-xay-dung",
        "Hướng dẫn tiêu chuẩn kỹ thuật điểm sơ tán dân",
        ORDER,
        -7,
        &[(-7, "progress", "Đã gửi lấy ý kiến các sở")],
    ),
    made(
        "lg/so-giao-duc",
        "Rà soát điều kiện dạy môn giáo dục quốc phòng và an ninh ở các trường trung học phổ thông",
        ORDER,
        25,
        &[],
    ),
];

/// Puts tasks into a store that has units and no task yet.
///
/// # Errors
///
/// The store can't be written, or the sample does not fit the program any more.
pub(crate) fn put_into(store: &Arc<Store>) -> anyhow::Result<()> {
    if !store.read(tasks::all)?.is_empty() {
        return Ok(());
    }
    let units = dondoc_store::units::load(store)?.units;
    let Some(giver) = units.by_key("lg") else { return Ok(()) };
    let documents = store.read(tasks::documents::all)?;
    let document = |number: &str| {
        documents.iter().find(|it| it.number.as_deref() == Some(number)).map(|it| it.id)
    };
    let sample = Sample { store, calendar: Calendar::vietnam()?, today: today(), giver };
    for it in TASKS {
        let Some(lead) = units.by_key(it.lead) else { continue };
        let document = document(it.from);
        sample.put(it, lead, document).with_context(|| it.text.to_owned())?;
    }
    sample.put_standing(&units)?;
    sample.put_group(&units, document(ORDER))
}

struct Sample<'s> {
    store: &'s Store,
    calendar: Calendar,
    today: Date,
    giver: UnitId,
}

impl Sample<'_> {
    fn put(&self, it: &Made, lead: UnitId, document: Option<i64>) -> anyhow::Result<()> {
        let due = self.day(it.due)?;
        let mut new = self.task(it.text, vec![lead], Some(due));
        new.order.document_id = document;
        new.order.origin = match (it.from, document) {
            (_, Some(_)) => Origin::Document,
            (INSPECTION, None) => Origin::Inspection,
            (MEETING, None) => Origin::Meeting,
            (_, None) => Origin::Hand,
        };
        new.order.source = document.is_none().then(|| it.from.to_owned());
        let given = it.done.iter().map(|it| it.0).min().unwrap_or(0).min(it.due).min(0) - 20;
        let id = self.at(OFFICER, given, |tx, now| Ok(give(tx, &new, now)?.id))?;
        for (days, step, words) in it.done {
            self.step(id, *days, step, words)?;
        }
        Ok(())
    }

    fn step(&self, id: i64, days: i32, step: &str, words: &str) -> anyhow::Result<()> {
        let words = Some(words).filter(|it| !it.is_empty());
        let percent = (step == "progress").then_some(50);
        let reply = words.filter(|it| step == "report" && it.starts_with("Báo cáo số"));
        let until = self.day(5)?;
        let (step, actor) = match step {
            "remind" => {
                return self.at(OFFICER, days, |tx, now| {
                    Ok(sending::remind(tx, (id, NoticeKind::Repeat), None, now)?)
                });
            }
            "progress" => (TaskStep::Progress, CLERK),
            "report" => (TaskStep::Report, CLERK),
            "ask_extension" => (TaskStep::AskExtension { until }, CLERK),
            "confirm" => (TaskStep::Confirm, OFFICER),
            "return" => (TaskStep::Return, OFFICER),
            _ => (TaskStep::Cancel, OFFICER),
        };
        self.at(actor, days, |tx, now| {
            let version = tasks::get(tx, id)?.ok_or(TaskError::NotFound)?.version;
            let words = StepWords { words, percent, reply, lead: None, coordinates: None };
            take(tx, (id, version), (step, words), now).map(|_| ())
        })
    }

    /// Two that fall due again and again.
    fn put_standing(&self, units: &Units) -> anyhow::Result<()> {
        let standing = [
            (
                "lg/quan-su",
                "Hằng quý tổng hợp kết quả thực hiện, báo cáo Chủ tịch UBND tỉnh",
                "quarter/after/5",
            ),
            (
                "lg/so-tai-chinh",
                "Hằng tháng báo cáo tiến độ cấp kinh phí hỗ trợ nhà ở",
                "month/day/1/25",
            ),
        ];
        for (lead, text, rule) in standing {
            let Some(lead) = units.by_key(lead) else { continue };
            let rule: dondoc_core::task::recurrence::Recurrence = rule.parse()?;
            let due = rule.next_after(self.today.yesterday()?, &self.calendar)?;
            let mut new = self.task(text, vec![lead], Some(due));
            (new.order.kind, new.order.recurrence) = (TaskKind::Standing, Some(rule));
            self.at(OFFICER, -40, |tx, now| give(tx, &new, now))?;
        }
        Ok(())
    }

    /// One of all communes; most have done theirs.
    fn put_group(&self, units: &Units, document: Option<i64>) -> anyhow::Result<()> {
        let tree = units.tree(Line::State, self.today);
        let is_commune = |it: &UnitId| {
            let kind = units.get(*it).and_then(|it| it.kind_on(self.today));
            kind.and_then(dondoc_core::unit::Kind::level) == Some(Level::Commune)
        };
        let communes: Vec<UnitId> = tree.units().iter().copied().filter(is_commune).collect();
        if communes.len() < 2 {
            return Ok(());
        }
        let text = "Rà soát, hoàn thành việc ban hành kế hoạch của địa phương";
        let mut new = self.task(text, communes, Some(self.day(-4)?));
        new.order.groups = vec![Group::Communes];
        new.order.office = Some("Chủ tịch".to_owned());
        (new.order.document_id, new.order.label) = (document, Some("2".to_owned()));
        if document.is_some() {
            new.order.origin = Origin::Document;
        }
        let whole = self.at(OFFICER, -40, |tx, now| Ok(give(tx, &new, now)?.id))?;
        let parts = self.store.read(|tx| tasks::children(tx, whole))?;
        for (at, part) in (0..).zip(&parts) {
            if at % 3 != 0 {
                self.step(part.id, -6 - at % 5, "report", "Đã ban hành kế hoạch")?;
                self.step(part.id, -4, "confirm", "")?;
            }
        }
        Ok(())
    }

    fn day(&self, days: i32) -> anyhow::Result<Date> {
        Ok(self.today.checked_add(days.days())?)
    }

    /// Does something as somebody, on a morning so many days from today.
    fn at<T>(
        &self,
        actor: &str,
        days: i32,
        mut work: impl FnMut(&mut Tx<'_>, Now<'_>) -> Result<T, TaskError>,
    ) -> anyhow::Result<T> {
        let on = self.day(days)?;
        let at: Timestamp =
            jiff::tz::TimeZone::UTC.to_timestamp(on.to_datetime(time(2, 0, 0, 0)))?;
        let by = By { actor: actor.to_owned(), at };
        let done = self.store.write(|tx| {
            let done = work(tx, Now { by: &by, on, calendar: &self.calendar })?;
            let action = Action { by: by.clone(), verb: "task.sample", object: String::new() };
            Ok::<_, TaskError>((done, action))
        });
        Ok(done?)
    }

    fn task(&self, text: &str, leads: Vec<UnitId>, due: Option<Date>) -> NewTask {
        let programme = Some("KVPT".to_owned());
        let order = Order { programme, ..Order::plain(text, self.giver) };
        NewTask { order, leads, beside: Beside::default(), due }
    }
}
