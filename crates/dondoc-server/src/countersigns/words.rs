//! What two people must want, in words that can be agreed to without looking anything up.

use dondoc_core::{
    period::Period,
    unit::{Act, ChangeRequest, Kind, Target, UnitId, Units},
};
use dondoc_ledger::Books;
use jiff::civil::Date;

use super::{Deed, NewPack};
use crate::{changes::rehearsal::name_of, error::Bilingual};

/// What is to be done.
pub(super) fn of(books: &Books, deed: Option<&Deed>) -> Bilingual {
    let Some(deed) = deed else {
        return both("việc do phiên bản Dondoc khác đề nghị", "asked for by another Dondoc");
    };
    match deed {
        Deed::ChangeUnits { change, .. } => of_change(&books.units, change),
        Deed::LoadUnits { name, changes, .. } => both(
            format!("Nạp danh sách đơn vị “{name}”: {} thay đổi", changes.len()),
            format!("Take over the list of units “{name}”: {} changes", changes.len()),
        ),
        Deed::LiftLock { unit, pack, period, reason, .. } => {
            let (vi, en) = period_name(period);
            let whom = unit.map(|it| last_name(&books.units, it));
            let of_vi = whom.as_deref().unwrap_or("mọi đơn vị");
            let of_en = whom.as_deref().unwrap_or("all units");
            let reason = reason.trim();
            both(
                format!(
                    "Mở khóa sổ {vi} của {of_vi}, {}. Lý do: {reason}",
                    pack_name(books, pack).vi
                ),
                format!(
                    "Open {en} again for {of_en}, {}. Reason: {reason}",
                    pack_name(books, pack).en
                ),
            )
        }
        Deed::GrantAdministrator { name, role, lent_by, .. } => {
            let until = role.until.map(dotted);
            let vi = until.as_ref().map(|it| format!(", đến ngày {it}")).unwrap_or_default();
            let en = until.as_ref().map(|it| format!(", until {it}")).unwrap_or_default();
            let (how_vi, how_en) =
                if lent_by.is_some() { ("Ủy quyền", "Lend") } else { ("Cấp", "Give") };
            both(
                format!("{how_vi} vai trò Quản trị hệ thống cho tài khoản “{name}”{vi}"),
                format!("{how_en} the account “{name}” the role of an administrator{en}"),
            )
        }
        Deed::ClearIndicator { pack, code, basis } => {
            let name = books.programmes.indicator(code).map(|it| Bilingual::from(&it.name));
            let name = name.unwrap_or_else(|| both("", ""));
            let (pack, basis) = (pack_name(books, pack), basis.trim());
            both(
                format!("Cho phép báo cáo {code} {} trong {}, theo {basis}", name.vi, pack.vi),
                format!("Let {code} {} be reported in {}, by {basis}", name.en, pack.en),
            )
        }
        Deed::AdoptPack(new) => of_pack(new),
    }
}

fn of_pack(new: &NewPack) -> Bilingual {
    let pack = new.pack();
    let name = pack.as_ref().map_or_else(|| both("", ""), |it| Bilingual::from(&it.pack.name));
    let (code, version) = (&new.code, new.version);
    let mut vi = format!("Đưa vào dùng gói {code} “{}”, phiên bản {version}", name.vi);
    let mut en = format!("Take the pack {code} “{}” into use, version {version}", name.en);
    match new.before {
        Some(before) => {
            vi.push_str(&format!(", sau phiên bản {before} đang dùng"));
            en.push_str(&format!(", after version {before} that is in use"));
        }
        None => {
            let n = new.added.len();
            vi.push_str(&format!(", lần đầu, với {n} chỉ tiêu"));
            en.push_str(&format!(", for the first time, with {n} indicators"));
            return both(vi, en);
        }
    }
    for (codes, said_vi, said_en) in [
        (&new.opened, "không còn chờ cơ quan chủ quản xác nhận", "wait for their owner no more"),
        (&new.added, "thêm chỉ tiêu", "adds indicators"),
        (&new.gone, "bỏ chỉ tiêu", "drops indicators"),
    ] {
        if !codes.is_empty() {
            vi.push_str(&format!("; {said_vi}: {}", codes.join(", ")));
            en.push_str(&format!("; {said_en}: {}", codes.join(", ")));
        }
    }
    if new.opened.is_empty() && new.added.is_empty() && new.gone.is_empty() {
        vi.push_str("; không thêm, không bỏ chỉ tiêu nào");
        en.push_str("; adds and drops no indicator");
    }
    both(vi, en)
}

fn of_change(units: &Units, request: &ChangeRequest) -> Bilingual {
    // What is gone on that day is called as it was called last.
    let name = |unit: &UnitId| last_name(units, *unit);
    let target = |it: &Target| match it {
        Target::Unit(unit) => (name(unit), name(unit)),
        Target::New { kind, name, .. } => {
            let full = Kind::by_code(kind).map_or_else(|| name.clone(), |it| it.full_name(name));
            (format!("{full} (lập mới)"), format!("{full} (new)"))
        }
    };
    let (vi, en) = match &request.act {
        Act::Merge { units, into } => {
            let (from, into) = (listed(units.iter().map(name)), target(into));
            (format!("Nhập {from} thành {}", into.0), format!("Merge {from} into {}", into.1))
        }
        Act::Split { unit, parts } => {
            let parts: Vec<(String, String)> = parts.iter().map(|it| target(&it.into)).collect();
            let vi = listed(parts.iter().map(|it| it.0.clone()));
            let en = listed(parts.iter().map(|it| it.1.clone()));
            (format!("Chia {} cho {vi}", name(unit)), format!("Split {} among {en}", name(unit)))
        }
        Act::Rename { unit, name: fresh, kind } => {
            let kind = kind.as_deref().and_then(Kind::by_code);
            let fresh = kind.map_or_else(|| fresh.clone(), |it| it.full_name(fresh));
            let old = name(unit);
            (format!("Đổi tên {old} thành {fresh}"), format!("Rename {old} to {fresh}"))
        }
        Act::Recode { unit, code } => {
            let old = name(unit);
            let vi = code.as_deref().unwrap_or("không có mã");
            let en = code.as_deref().unwrap_or("none");
            (format!("Đổi mã của {old} thành {vi}"), format!("Change the code of {old} to {en}"))
        }
        Act::Dissolve { unit, into } => {
            let (unit, into) = (name(unit), name(into));
            (format!("Giải thể {unit}, số liệu về {into}"), format!("Dissolve {unit} into {into}"))
        }
        Act::Move { unit, parent, .. } => {
            let (unit, parent) = (name(unit), name(parent));
            (format!("Chuyển {unit} về dưới {parent}"), format!("Move {unit} under {parent}"))
        }
    };
    let (day, source) = (dotted(request.day), request.source.trim());
    both(format!("{vi} từ ngày {day}, theo {source}"), format!("{en} from {day}, by {source}"))
}

fn last_name(units: &Units, unit: UnitId) -> String {
    name_of(units, unit, Date::MAX).unwrap_or_else(|| unit.to_string())
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn pack_name(books: &Books, pack: &str) -> Bilingual {
    let found = books.programmes.pack(pack).map(|it| Bilingual::from(&it.pack.name));
    found.unwrap_or_else(|| both(pack, pack))
}

/// `tháng 9/2026`
fn period_name(period: &str) -> (String, String) {
    let plain = || (format!("kỳ {period}"), period.to_owned());
    let Ok(read) = period.parse::<Period>() else { return plain() };
    match read {
        Period::Month { year, month } => {
            (format!("tháng {month}/{year}"), format!("{month}/{year}"))
        }
        Period::Quarter { year, quarter } => {
            (format!("quý {quarter}/{year}"), format!("quarter {quarter} of {year}"))
        }
        Period::Half { year, half } => {
            let vi = if half == 1 { "6 tháng đầu năm" } else { "6 tháng cuối năm" };
            (format!("{vi} {year}"), format!("half {half} of {year}"))
        }
        Period::NineMonths { year } => {
            (format!("9 tháng năm {year}"), format!("nine months of {year}"))
        }
        Period::Year { year } => (format!("năm {year}"), year.to_string()),
        _ => plain(),
    }
}

fn dotted(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

fn both(vi: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual { vi: vi.into(), en: en.into() }
}
