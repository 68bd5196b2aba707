//! Units and what happened to them, in words.

use dondoc_core::problem::Language;
use dondoc_core::unit::{Change, Kind, Line, Moment, Unit, UnitId, Units, Validity, What};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::words::pick;

/// A day as it is written in offices.
pub(super) fn written(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// A stretch of days, both ends inclusive.
pub(super) fn stretch(validity: Validity, language: Language) -> String {
    let from = validity.from.map(|it| format!("{} {}", pick(language, "từ", "from"), written(it)));
    let until = validity
        .last_day()
        .map(|it| format!("{} {}", pick(language, "đến hết", "until"), written(it)));
    match (from, until) {
        (None, None) => pick(language, "từ trước đến nay", "always").to_owned(),
        (from, until) => from.into_iter().chain(until).collect::<Vec<_>>().join(" "),
    }
}

/// The name of a unit on a day, or on the nearest day of its life.
pub(super) fn name(units: &Units, unit: UnitId, day: Date) -> String {
    let Some(unit) = units.get(unit) else { return format!("#{unit}") };
    unit.full_name_on(unit.day_of_life(day)).unwrap_or_else(|| format!("#{}", unit.id()))
}

/// Code and name of a unit on a day, or on the nearest day of its life.
pub(super) fn named(units: &Units, unit: UnitId, day: Date) -> String {
    let code = units.get(unit).and_then(|it| it.code_on(it.day_of_life(day)));
    let name = name(units, unit, day);
    code.map_or_else(|| name.clone(), |code| format!("{name} ({code})"))
}

/// The units above, nearest first, without the country.
pub(super) fn place(units: &Units, unit: UnitId, line: Line, day: Date) -> String {
    let day = units.get(unit).map_or(day, |it| it.day_of_life(day));
    let is_country =
        |it: &UnitId| units.get(*it).and_then(|it| it.kind_on(day)) == Some(Kind::Country);
    let above = units.above(unit, line, day).into_iter().filter(|it| !is_country(it));
    above.map(|it| name(units, it, day)).collect::<Vec<_>>().join(", ")
}

/// When something happened, as far as it is known.
pub(super) fn moment(when: Moment, language: Language) -> String {
    match when {
        Moment::On(day) => written(day),
        Moment::Between { after, by } => {
            let (after, by) = (written(after), written(by));
            match language {
                Language::Vietnamese => format!("để ngỏ: sau {after}, chậm nhất {by}"),
                Language::English => format!("left open: after {after}, by {by}"),
            }
        }
        Moment::Always => {
            pick(language, "không rõ từ bao giờ", "since when is not known").to_owned()
        }
    }
}

/// What a change did, told from the side of `of`.
pub(super) fn event(units: &Units, change: &Change, of: &Unit, language: Language) -> String {
    let day = change.when.effective().unwrap_or(Date::MIN);
    let before = day.yesterday().unwrap_or(day);
    let say = |vietnamese, english| pick(language, vietnamese, english);
    if change.unit != of.id() {
        return taken_over(units, change, before, language);
    }
    match &change.what {
        What::Found { .. } => say("có", "is there").to_owned(),
        What::Rename(name) => {
            let old = of.name_on(before).unwrap_or("–");
            format!("{}: {old} → {name}", say("đổi tên", "renamed"))
        }
        What::Recode(code) => {
            let old = of.code_on(before).unwrap_or("–");
            format!("{}: {old} → {}", say("đổi mã", "recoded"), code.as_deref().unwrap_or("–"))
        }
        What::ChangeKind(kind) => {
            let word = |it: Kind| pick(language, it.vietnamese(), it.english());
            let old = of.kind_on(before).map_or("–", word);
            format!("{}: {old} → {}", say("đổi loại", "another kind"), word(*kind))
        }
        What::Move { parent, .. } => {
            let to = parent.map_or_else(|| "–".to_owned(), |it| name(units, it, day));
            format!("{} {to}", say("chuyển về", "moved under"))
        }
        What::Leave(_) => say("rời hệ thống", "leaves the line").to_owned(),
        What::Merge(into) => {
            format!(
                "{} {}",
                say("nhập toàn bộ vào", "goes over whole to"),
                named(units, *into, day)
            )
        }
        What::Split(parts) => {
            let names: Vec<String> = parts.iter().map(|it| named(units, it.into, day)).collect();
            format!("{}: {}", say("chia về", "split among"), names.join("; "))
        }
        What::Weigh(part) => {
            format!(
                "{} {}",
                say("trọng số của phần về", "weight of the part to"),
                named(units, part.into, day)
            )
        }
        What::Dissolve { into } => {
            let end = say("chấm dứt", "ends");
            let to = into.map(|it| {
                format!(
                    "; {} {}",
                    say("số liệu nằm ở", "its figures lie with"),
                    named(units, it, day)
                )
            });
            format!("{end}{}", to.unwrap_or_default())
        }
    }
}

/// What a change did, told from the side of the unit that something went over to.
fn taken_over(units: &Units, change: &Change, before: Date, language: Language) -> String {
    let verb = match change.what {
        What::Split(_) => pick(language, "nhận một phần của", "takes a part of"),
        What::Weigh(_) => pick(language, "trọng số của phần nhận từ", "weight of the part from"),
        What::Dissolve { .. } => pick(language, "số liệu của", "has the figures of"),
        _ => pick(language, "nhận toàn bộ", "takes all of"),
    };
    format!("{verb} {}", named(units, change.unit, before))
}

/// A unit on a day, for machines.
pub(super) fn unit_json(units: &Units, unit: &Unit, day: Date) -> Value {
    let day = unit.day_of_life(day);
    let above: Vec<Value> = units
        .above(unit.id(), Line::State, day)
        .into_iter()
        .map(|it| json!({"id": it, "name": name(units, it, day)}))
        .collect();
    json!({
        "id": unit.id(),
        "key": unit.key(),
        "on": day,
        "name": unit.full_name_on(day),
        "code": unit.code_on(day),
        "kind": unit.kind_on(day),
        "above": above,
        "from": unit.life().from,
        "until": unit.life().last_day(),
    })
}
