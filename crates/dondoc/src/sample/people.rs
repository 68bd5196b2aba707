//! The made-up people of the sample province: one for each day's work, to try the page with.

use dondoc_core::access::Grant;
use dondoc_core::problem::Language;
use dondoc_core::unit::{Line, UnitId, Units};
use dondoc_server::{Persona, people};
use dondoc_store::accounts::{self, NewAccount};
use dondoc_store::{By, Store};
use jiff::Timestamp;

use super::reporting::communes;
use crate::question::today;

/// One of them: sign-in name, name on the screen, office, what this one does (in both languages), roles, and the unit by its key in
/// the sample's file (nothing: everything).
struct Made {
    name: &'static str,
    display: &'static str,
    office: &'static str,
    does: (&'static str, &'static str),
    roles: &'static [&'static str],
    unit: Option<&'static str>,
}

const PEOPLE: &[Made] = &[
    Made {
        name: "can-bo-xa",
        display: "Cán bộ xã Bình An",
        office: "Văn phòng UBND xã Bình An",
        does: ("Nhập và gửi báo cáo của xã", "Types and hands in the commune's reports"),
        roles: &["clerk"],
        unit: Some("lg/binh-an"),
    },
    Made {
        name: "chuyen-vien-tinh",
        display: "Chuyên viên tỉnh Lam Giang",
        office: "Cơ quan thường trực tỉnh",
        does: (
            "Giao việc, đôn đốc, duyệt và tổng hợp",
            "Assigns, follows up, approves and consolidates",
        ),
        roles: &["officer"],
        unit: Some("lg"),
    },
    Made {
        name: "lanh-dao-tinh",
        display: "Lãnh đạo tỉnh Lam Giang",
        office: "UBND tỉnh Lam Giang",
        does: ("Xem việc trễ, nguyên nhân và số liệu", "Looks at what is late and why"),
        roles: &["leader"],
        unit: Some("lg"),
    },
    Made {
        name: "quan-tri",
        display: "Quản trị hệ thống",
        office: "Trung tâm chuyển đổi số",
        does: ("Quản lý tài khoản, đơn vị, sao lưu", "Looks after accounts, units and backups"),
        roles: &["administrator"],
        unit: None,
    },
];

/// Who approves at the province, by the sign-in name.
pub(crate) const APPROVER: &str = "nguoi-duyet";

/// The clerk of a commune, by the sign-in name.
pub(crate) fn clerk(commune: &str) -> String {
    match commune {
        // The one whom one may sign in as.
        "binh-an" => "can-bo-xa".to_owned(),
        _ => format!("can-bo-{commune}"),
    }
}

/// Makes the people with their accounts, unless they are there.
///
/// # Errors
///
/// The store can't be written, or the sample does not fit the program any more.
pub(crate) fn put_into(store: &Store, language: Language) -> anyhow::Result<Vec<Persona>> {
    let units = dondoc_store::units::load(store)?.units;
    let by = By { at: Timestamp::now(), ..super::by()? };
    let from = today();
    let mut is_new = false;
    for it in PEOPLE {
        if store.read(|tx| accounts::by_name(tx, it.name))?.is_some() {
            continue;
        }
        let unit: Option<UnitId> = match it.unit {
            Some(key) => Some(units.by_key(key).ok_or_else(|| anyhow::anyhow!("no unit {key}"))?),
            None => None,
        };
        let grant = |role: &&str| {
            let role = (*role).to_owned();
            Grant { role, unit, line: Line::State, from, until: None }
        };
        let grants: Vec<Grant> = it.roles.iter().map(grant).collect();
        let account = NewAccount {
            name: it.name.to_owned(),
            display: it.display.to_owned(),
            office: it.office.to_owned(),
            password: None,
        };
        let refused = |error: dondoc_server::ApiError| anyhow::anyhow!(error.say(language));
        let id = people::add(store, &account, &grants, &by).map_err(refused)?;
        people::make_ready_for_practice(store, id, &by).map_err(refused)?;
        is_new = true;
    }
    if is_new {
        put_others_into(store, &units, &by, language)?;
    }
    // Whoever tries the page alone is to see what a merger does: one administrator is enough here, and the trail says so.
    let refused = |error: dondoc_server::ApiError| anyhow::anyhow!(error.say(language));
    if is_new {
        people::need_two_people(store, false, &by).map_err(refused)?;
    }
    let does = |it: &Made| (it.does.0.to_owned(), it.does.1.to_owned());
    Ok(PEOPLE.iter().map(|it| Persona { name: it.name.to_owned(), does: does(it) }).collect())
}

/// Makes those whom nobody signs in as, so that receipts and histories name people: a clerk of each commune, and who approves.
fn put_others_into(
    store: &Store,
    units: &Units,
    by: &By,
    language: Language,
) -> anyhow::Result<()> {
    let from = today();
    let mut others = vec![(
        NewAccount {
            name: APPROVER.to_owned(),
            display: "Người duyệt tỉnh Lam Giang".to_owned(),
            office: "Văn phòng UBND tỉnh Lam Giang".to_owned(),
            password: None,
        },
        "approver",
        units.by_key("lg"),
    )];
    for commune in communes() {
        let unit = units.by_key(&format!("lg/{commune}"));
        let Some(name) = unit.and_then(|it| units.get(it)?.full_name_on(from)) else { continue };
        // As it stands inside of a sentence: `xã Đông Khê`.
        let name = name.chars().take(1).flat_map(char::to_lowercase).chain(name.chars().skip(1));
        let name: String = name.collect();
        let account = NewAccount {
            name: clerk(commune),
            display: format!("Cán bộ {name}"),
            office: format!("Văn phòng UBND {name}"),
            password: None,
        };
        others.push((account, "clerk", unit));
    }
    for (account, role, unit) in others {
        if store.read(|tx| accounts::by_name(tx, &account.name))?.is_some() {
            continue;
        }
        let role = role.to_owned();
        let grant = Grant { role, unit, line: Line::State, from, until: None };
        people::add(store, &account, &[grant], by)
            .map_err(|error| anyhow::anyhow!(error.say(language)))?;
    }
    Ok(())
}
