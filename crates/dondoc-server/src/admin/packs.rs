//! `/api/admin/packs`: packs that come with the program or are brought as files: checked, taken into use, cleared.

use axum::{Json, http::StatusCode};
use dondoc_core::{
    pack::{self, Clearing, Pack, PackFinding},
    problem::Language,
};
use dondoc_ledger::Ledger;
use dondoc_store::{
    Action, StoreError,
    packs::{self, Clearance, KeptPack},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApiError,
    admin::site::ShippedPack,
    countersigns::{self, Answer, Asker, Begun, CountersignView, Deed, NewPack},
    desk::Desk,
    error::Bilingual,
    extract::Sent,
    refusals::Refusals,
};

/// The packs in use and those that come with the program.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdminPackList {
    items: Vec<AdminPackView>,
}

/// A pack.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdminPackView {
    code: String,
    name: Bilingual,
    /// The versions that were taken into use, the newest first.
    versions: Vec<PackVersion>,
    /// The name under which it comes with the program.
    shipped: Option<String>,
    /// The version that comes with the program.
    shipped_version: Option<u32>,
    /// Whether that one is not in use.
    can_adopt: bool,
    /// What has to be cleared by its owner before it takes figures, and what was said about it.
    clearings: Vec<ClearingView>,
}

/// A version of a pack in use.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackVersion {
    version: u32,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    sha256: String,
}

/// An indicator that takes figures only after its owner confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClearingView {
    code: String,
    name: Bilingual,
    confirmed: bool,
    /// The document that the last word rests on, who entered it, and when.
    basis: Option<String>,
    by: Option<String>,
    #[schema(format = DateTime)]
    at: Option<String>,
}

/// A pack that is to be checked or taken into use.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackSent {
    /// One that comes with the program, by its name.
    shipped: Option<String>,
    /// Or its files.
    #[serde(default)]
    files: Vec<PackFile>,
}

/// A file of a pack.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackFile {
    /// `indicators.toml`
    name: String,
    text: String,
}

/// What a check has shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackCheckView {
    sound: bool,
    code: Option<String>,
    name: Option<Bilingual>,
    version: Option<u32>,
    n_indicators: usize,
    n_registers: usize,
    n_forms: usize,
    n_rules: usize,
    /// Indicators that take figures only after their owner confirmed.
    n_clear: usize,
    /// Indicators that the version in use does not have.
    added: Vec<String>,
    /// Indicators that only the version in use has: their figures would be in no total.
    gone: Vec<String>,
    findings: Vec<PackFindingView>,
}

/// Something that is wrong with a pack.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackFindingView {
    file: Option<String>,
    line: Option<u32>,
    message: Bilingual,
    remedy: Bilingual,
}

/// What the owner of a figure says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClearingSent {
    pack: String,
    /// The indicator, register or form.
    code: String,
    /// Whether it takes figures from now on, or not any more.
    confirmed: bool,
    /// The document that says so: number, day, issuer.
    basis: String,
}

/// Packs in use with all their versions, and packs that come with the program.
#[utoipa::path(
    get, path = "/api/admin/packs", tag = "administration",
    responses((status = 200, body = AdminPackList), Refusals)
)]
pub(crate) async fn list(desk: Desk) -> Result<Json<AdminPackList>, ApiError> {
    let site = std::sync::Arc::clone(desk.site());
    desk.ask(move |store| {
        let kept = store.read(packs::all)?;
        let shipped: Vec<(&ShippedPack, Pack)> =
            site.packs().iter().filter_map(|it| Some((it, read(&it.files).ok()?))).collect();
        let mut codes: Vec<String> = kept.iter().map(|it| it.code.clone()).collect();
        codes.extend(shipped.iter().map(|it| it.1.pack.code.clone()));
        codes.sort();
        codes.dedup();
        let mut items = Vec::new();
        for code in codes {
            let versions: Vec<&KeptPack> = kept.iter().filter(|it| it.code == code).collect();
            let comes = shipped.iter().find(|it| it.1.pack.code == code);
            let newest = versions.first().map(|it| it.pack()).transpose()?;
            let Some(pack) = newest.as_ref().or(comes.map(|it| &it.1)) else { continue };
            let said = store.read(|tx| packs::clearances(tx, &code))?;
            let shipped_version = comes.map(|it| it.1.pack.version);
            items.push(AdminPackView {
                name: (&pack.pack.name).into(),
                can_adopt: shipped_version
                    .is_some_and(|it| versions.iter().all(|kept| kept.version < it)),
                shipped: comes.map(|it| it.0.name.clone()),
                shipped_version,
                clearings: if newest.is_some() { clearings(pack, &said) } else { Vec::new() },
                versions: versions.iter().map(|it| PackVersion::from(*it)).collect(),
                code,
            });
        }
        Ok::<_, StoreError>(Json(AdminPackList { items }))
    })
    .await
}

/// Checks a pack, and compares it with the version in use. Nothing is kept.
#[utoipa::path(
    post, path = "/api/admin/packs/check", tag = "administration", request_body = PackSent,
    responses((status = 200, body = PackCheckView), Refusals)
)]
pub(crate) async fn check(
    desk: Desk,
    Sent(sent): Sent<PackSent>,
) -> Result<Json<PackCheckView>, ApiError> {
    let files = files_of(&desk, sent)?;
    desk.consult(move |ledger: &Ledger| {
        Ok::<_, ApiError>(Json(match read(&files) {
            Ok(pack) => {
                let known = ledger.look(|books| {
                    let codes = |it: &Pack| -> Vec<String> {
                        it.indicators.iter().map(|it| it.code.clone()).collect()
                    };
                    books.programmes.pack(&pack.pack.code).map(codes).unwrap_or_default()
                });
                PackCheckView::sound(&pack, &known)
            }
            Err(findings) => PackCheckView::refused(&findings),
        }))
    })
    .await
}

/// Takes a pack into use, which a second person confirms (202); from then on figures are reported by it. A version that is in use
/// already, just so, is answered for at once.
#[utoipa::path(
    post, path = "/api/admin/packs", tag = "administration", request_body = PackSent,
    responses(
        (status = 200, body = PackCheckView),
        (status = 202, body = CountersignView, description = "Waits for a second person"),
        Refusals
    )
)]
pub(crate) async fn adopt(
    desk: Desk,
    Sent(sent): Sent<PackSent>,
) -> Result<Answer<Json<PackCheckView>>, ApiError> {
    let files = files_of(&desk, sent)?;
    let asker = Asker::of(&desk);
    desk.consult(move |ledger: &Ledger| {
        let pack = match read(&files) {
            Ok(pack) => pack,
            Err(findings) => return Ok(Answer::Done(Json(PackCheckView::refused(&findings)))),
        };
        let is_adopted = ledger.store().read(|tx| packs::is_adopted(tx, &pack));
        if !is_adopted.map_err(countersigns::pack_refused)? {
            let new = ledger.store().read(|tx| NewPack::of(tx, &pack))?;
            let begun = countersigns::begin(ledger, &asker, &Deed::AdoptPack(new))?;
            if let Begun::Asked(view) = begun {
                return Ok(Answer::Asked(view));
            }
        }
        Ok::<_, ApiError>(Answer::Done(Json(PackCheckView::sound(&pack, &[]))))
    })
    .await
}

/// Keeps what the owner of a figure says: that it may be reported here, which a second person confirms (202), or not any more, which
/// is done at once.
#[utoipa::path(
    post, path = "/api/admin/packs/clearings", tag = "administration", request_body = ClearingSent,
    responses(
        (status = 204, description = "Kept"),
        (status = 202, body = CountersignView, description = "Waits for a second person"),
        Refusals
    )
)]
pub(crate) async fn clear(
    desk: Desk,
    Sent(sent): Sent<ClearingSent>,
) -> Result<Answer<StatusCode>, ApiError> {
    if sent.basis.trim().is_empty() {
        return Err(ApiError::NoReason);
    }
    let asker = Asker::of(&desk);
    desk.consult(move |ledger: &Ledger| {
        ledger.look(|books| {
            let pack = books.programmes.pack(&sent.pack).ok_or(ApiError::NotFound)?;
            let is_there = pack.indicator(&sent.code).is_some()
                || pack.register(&sent.code).is_some()
                || pack.form(&sent.code).is_some();
            if is_there { Ok(()) } else { Err(ApiError::NotFound) }
        })?;
        let ClearingSent { pack, code, confirmed, basis } = sent;
        if confirmed {
            let deed = Deed::ClearIndicator { pack, code, basis };
            return Ok(match countersigns::begin(ledger, &asker, &deed)? {
                Begun::Asked(view) => Answer::Asked(view),
                Begun::Done(_) => Answer::Done(StatusCode::NO_CONTENT),
            });
        }
        let clearance = Clearance { pack, code, confirmed, basis };
        ledger.store().write(|tx| {
            packs::clear(tx, &clearance, &asker.by)?;
            let (by, object) = (asker.by.clone(), clearance.code.clone());
            Ok::<_, StoreError>(((), Action { by, verb: "pack.withdraw", object }))
        })?;
        ledger.reopen(asker.today)?;
        Ok::<_, ApiError>(Answer::Done(StatusCode::NO_CONTENT))
    })
    .await
}

fn files_of(desk: &Desk, sent: PackSent) -> Result<Vec<(String, String)>, ApiError> {
    match sent.shipped {
        Some(name) => {
            let found = desk.site().packs().iter().find(|it| it.name == name);
            found.map(|it| it.files.clone()).ok_or(ApiError::NotFound)
        }
        None if sent.files.is_empty() => Err(ApiError::BadValue { detail: "files".to_owned() }),
        None => Ok(sent.files.into_iter().map(|it| (it.name, it.text)).collect()),
    }
}

fn read(files: &[(String, String)]) -> Result<Pack, Vec<PackFinding>> {
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    pack::read(&files)
}

/// What has to be cleared, and the last word about each.
fn clearings(pack: &Pack, said: &[(Clearance, dondoc_store::By)]) -> Vec<ClearingView> {
    let off = pack.indicators.iter().filter(|it| it.clearing == Clearing::Clear);
    off.map(|it| {
        let last = said.iter().rev().find(|(clearance, _)| clearance.code == it.code);
        ClearingView {
            code: it.code.clone(),
            name: (&it.name).into(),
            confirmed: last.is_some_and(|it| it.0.confirmed),
            basis: last.map(|it| it.0.basis.clone()),
            by: last.map(|it| it.1.actor.clone()),
            at: last.map(|it| it.1.at.to_string()),
        }
    })
    .collect()
}

impl From<&KeptPack> for PackVersion {
    fn from(it: &KeptPack) -> Self {
        Self {
            version: it.version,
            by: it.by.actor.clone(),
            at: it.by.at.to_string(),
            sha256: it.sha256.clone(),
        }
    }
}

impl PackCheckView {
    fn sound(pack: &Pack, known: &[String]) -> Self {
        let codes: Vec<&String> = pack.indicators.iter().map(|it| &it.code).collect();
        Self {
            sound: true,
            code: Some(pack.pack.code.clone()),
            name: Some((&pack.pack.name).into()),
            version: Some(pack.pack.version),
            n_indicators: pack.indicators.len(),
            n_registers: pack.registers.len(),
            n_forms: pack.forms.len(),
            n_rules: pack.rules.len(),
            n_clear: pack.indicators.iter().filter(|it| it.clearing == Clearing::Clear).count(),
            added: codes.iter().filter(|it| !known.contains(it)).map(|it| (*it).clone()).collect(),
            gone: known.iter().filter(|it| !codes.contains(it)).cloned().collect(),
            findings: Vec::new(),
        }
    }

    fn refused(findings: &[PackFinding]) -> Self {
        let said = |it: &PackFinding| PackFindingView {
            file: it.file.clone(),
            line: it.line,
            message: Bilingual {
                vi: it.message(Language::Vietnamese),
                en: it.message(Language::English),
            },
            remedy: Bilingual {
                vi: it.remedy(Language::Vietnamese),
                en: it.remedy(Language::English),
            },
        };
        Self {
            sound: false,
            code: None,
            name: None,
            version: None,
            n_indicators: 0,
            n_registers: 0,
            n_forms: 0,
            n_rules: 0,
            n_clear: 0,
            added: Vec::new(),
            gone: Vec::new(),
            findings: findings.iter().map(said).collect(),
        }
    }
}
