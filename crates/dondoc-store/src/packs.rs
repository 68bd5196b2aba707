//! Which programme packs are in use, and which figures that need clearing were confirmed.

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::pack::{Field, Indicator, Pack};
use sha2::{Digest as _, Sha256};

use crate::{
    blocks::Digest,
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// A version of a pack that was put into use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPack {
    /// `KVPT`.
    pub code: String,
    /// From 1; the highest is the one that new reports are made with.
    pub version: u32,
    /// SHA-256 of the text, in hexadecimal digits.
    pub sha256: String,
    /// The whole pack (JSON).
    pub text: String,
    /// Who put it into use, and when.
    pub by: By,
}

/// A pack can't be put into use.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// That version is in use with another text; a change takes a new version.
    #[error(
        "version {version} of `{code}` is in use with another text; give the changed pack a new version"
    )]
    Changed {
        /// The pack.
        code: String,
        /// Its version.
        version: u32,
    },
    /// Numbers that are kept already would be read as other numbers.
    #[error(
        "`{code}` has other decimals, or turns between number and share, since version {version}: what is kept would be read as other numbers; give it a new code"
    )]
    Reread {
        /// The indicator, or the register with its field: `course.students`.
        code: String,
        /// The version in which it is otherwise.
        version: u32,
    },
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl KeptPack {
    /// The pack itself.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it was put into use by a Dondoc that knows other packs.
    pub fn pack(&self) -> Result<Pack, StoreError> {
        serde_json::from_str(&self.text).map_err(StoreError::at("packs/get"))
    }
}

/// Puts a version of a pack into use; `false` if it was already, just so.
///
/// # Errors
///
/// [`PackError`]; then nothing has changed.
pub fn adopt(tx: &mut Tx<'_>, pack: &Pack, by: &By) -> Result<bool, PackError> {
    if is_adopted(tx, pack)? {
        return Ok(false);
    }
    let (code, version) = (pack.pack.code.as_str(), pack.pack.version);
    let text = serde_json::to_string(pack).map_err(StoreError::at("packs/adopt"))?;
    let (sha256, version, at) = (sha256(&text), i64::from(version), by.moment());
    tx.execute(sql!("packs/adopt"), &[&code, &version, &sha256, &text, &by.actor, &at])?;
    Ok(true)
}

/// Whether this version of a pack is in use, just so.
///
/// # Errors
///
/// [`PackError::Changed`] if it is, with another text; [`PackError::Reread`] if it is not, and would read figures or entries of an
/// earlier version as other numbers.
pub fn is_adopted(tx: &mut Tx<'_>, pack: &Pack) -> Result<bool, PackError> {
    let (code, version) = (pack.pack.code.as_str(), pack.pack.version);
    let Some(kept) = get(tx, code, version)? else {
        return must_read_alike(tx, pack).map(|()| false);
    };
    let text = serde_json::to_string(pack).map_err(StoreError::at("packs/adopt"))?;
    if kept.text == text {
        return Ok(true);
    }
    Err(PackError::Changed { code: code.to_owned(), version })
}

/// Figures and entries are kept as whole numbers of the last decimal: under its code an indicator or field keeps its decimals for
/// good, and stays a number or a share.
fn must_read_alike(tx: &mut Tx<'_>, new: &Pack) -> Result<(), PackError> {
    for kept in all(tx)?.iter().filter(|it| it.code == new.pack.code) {
        let (old, version) = (kept.pack()?, kept.version);
        for it in &new.indicators {
            let is_otherwise = |old: &Indicator| {
                (old.decimals, old.ratio.is_some()) != (it.decimals, it.ratio.is_some())
            };
            if old.indicator(&it.code).is_some_and(is_otherwise) {
                return Err(PackError::Reread { code: it.code.clone(), version });
            }
        }
        for register in &new.registers {
            let before = old.register(&register.code).map_or(&[][..], |it| &it.fields);
            for it in &register.fields {
                let is_otherwise = |old: &Field| old.code == it.code && old.decimals != it.decimals;
                if before.iter().any(is_otherwise) {
                    let code = format!("{}.{}", register.code, it.code);
                    return Err(PackError::Reread { code, version });
                }
            }
        }
    }
    Ok(())
}

/// The newest version of each pack, and the codes of all packs that are [confirmed](cleared).
///
/// # Errors
///
/// [`StoreError`] if the engine fails or the text of one is damaged.
pub fn in_use(tx: &mut Tx<'_>) -> Result<(Vec<KeptPack>, BTreeSet<String>), StoreError> {
    let mut packs = all(tx)?;
    packs.dedup_by(|after, first| after.code == first.code);
    let mut confirmed = BTreeSet::new();
    for pack in &packs {
        confirmed.extend(cleared(tx, &pack.code)?);
    }
    Ok((packs, confirmed))
}

/// One version of a pack, if it is in use.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or its text is damaged.
pub fn get(tx: &mut Tx<'_>, code: &str, version: u32) -> Result<Option<KeptPack>, StoreError> {
    tx.query_one(sql!("packs/get"), &[&code, &i64::from(version)], read)
}

/// All packs in use in all their versions, by code, the newest version of each first.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or the text of one is damaged.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<KeptPack>, StoreError> {
    tx.query(sql!("packs/all"), &[], read)
}

/// What the owner of a figure says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clearance {
    /// The pack: `KVPT`.
    pub pack: String,
    /// The indicator, register or form that is meant.
    pub code: String,
    /// Whether it is fit for an open system: confirmed, or that confirmation withdrawn.
    pub confirmed: bool,
    /// The document that says so, by number, date and issuer.
    pub basis: String,
}

/// Keeps what an owner says, and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or no document is named.
pub fn clear(tx: &mut Tx<'_>, clearance: &Clearance, by: &By) -> Result<i64, StoreError> {
    let id = tx.take_ids("clearance", 1)?;
    let Clearance { pack, code, confirmed, basis } = clearance;
    let verdict = if *confirmed { "confirmed" } else { "withdrawn" };
    tx.execute(
        sql!("packs/clear"),
        &[&id, pack, code, &verdict, &basis.trim(), &by.actor, &by.moment()],
    )?;
    Ok(id)
}

/// All that was said about the figures of a pack, first to last; of each code the last word counts.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn clearances(tx: &mut Tx<'_>, pack: &str) -> Result<Vec<(Clearance, By)>, StoreError> {
    tx.query(sql!("packs/clearances"), &[&pack], |row| {
        let confirmed = match row.text(2)?.as_str() {
            "confirmed" => true,
            "withdrawn" => false,
            it => return Err(format!("no such verdict: `{it}`").into()),
        };
        let (pack, code, basis) = (row.text(0)?, row.text(1)?, row.text(3)?);
        let by = By { actor: row.text(4)?, at: row.text(5)?.parse()? };
        Ok((Clearance { pack, code, confirmed, basis }, by))
    })
}

/// The codes of a pack that are confirmed and not withdrawn, in their order.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn cleared(tx: &mut Tx<'_>, pack: &str) -> Result<Vec<String>, StoreError> {
    let mut confirmed = BTreeMap::new();
    for (clearance, _) in clearances(tx, pack)? {
        confirmed.insert(clearance.code, clearance.confirmed);
    }
    Ok(confirmed.into_iter().filter(|it| it.1).map(|it| it.0).collect())
}

pub(crate) fn sha256(text: &str) -> String {
    Digest(Sha256::digest(text.as_bytes()).into()).to_string()
}

pub(crate) fn read(row: &Row<'_>) -> Result<KeptPack, BoxError> {
    let pack = KeptPack {
        code: row.text(0)?,
        version: row.int(1)?.try_into()?,
        sha256: row.text(2)?,
        text: row.text(3)?,
        by: By { actor: row.text(4)?, at: row.text(5)?.parse()? },
    };
    if sha256(&pack.text) != pack.sha256 {
        let KeptPack { code, version, .. } = pack;
        return Err(format!("version {version} of the pack `{code}` is damaged").into());
    }
    Ok(pack)
}
