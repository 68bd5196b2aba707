//! A version of a programme pack that somebody wants to take into use.

use std::collections::BTreeSet;

use dondoc_core::pack::{Clearing, Pack};
use dondoc_store::{
    By, StoreError, Tx,
    packs::{self, PackError},
};
use serde::{Deserialize, Serialize};

use super::Made;
use crate::ApiError;

/// A version of a pack, and how it differs from the one that was in use when it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPack {
    /// `KVPT`
    pub(super) code: String,
    pub(super) version: u32,
    /// The whole pack (JSON), as it is kept when it is taken into use.
    text: String,
    /// The newest version in use; nothing: the pack is new here.
    pub(super) before: Option<u32>,
    /// Indicators that the version in use does not have.
    pub(super) added: Vec<String>,
    /// Indicators that only the version in use has.
    pub(super) gone: Vec<String>,
    /// Indicators that wait for their owner by the version in use, and would not by this one.
    pub(super) opened: Vec<String>,
}

impl NewPack {
    /// What comes of taking a pack into use now.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store fails.
    pub(crate) fn of(tx: &mut Tx<'_>, pack: &Pack) -> Result<Self, ApiError> {
        let newest = newest(tx, &pack.pack.code)?;
        let codes = |it: &Pack| -> BTreeSet<String> {
            it.indicators.iter().map(|it| it.code.clone()).collect()
        };
        let (known, fresh) = (newest.as_ref().map(codes).unwrap_or_default(), codes(pack));
        let waits = |it: &Pack, code: &str| {
            it.indicator(code).is_some_and(|it| it.clearing == Clearing::Clear)
        };
        let is_opened = |code: &&String| {
            !waits(pack, code) && newest.as_ref().is_some_and(|it| waits(it, code))
        };
        Ok(Self {
            code: pack.pack.code.clone(),
            version: pack.pack.version,
            text: serde_json::to_string(pack).map_err(|_| ApiError::Internal)?,
            before: newest.as_ref().map(|it| it.pack.version),
            added: fresh.difference(&known).cloned().collect(),
            gone: known.difference(&fresh).cloned().collect(),
            opened: fresh.iter().filter(is_opened).cloned().collect(),
        })
    }

    /// The pack itself; `None` if another Dondoc wrote it that knows other packs.
    pub(super) fn pack(&self) -> Option<Pack> {
        serde_json::from_str(&self.text).ok()
    }

    /// Goes on only if the version in use is still the one that it was compared with.
    pub(super) fn still_fits(&self, tx: &mut Tx<'_>) -> Result<(), ApiError> {
        let before = newest(tx, &self.code)?.map(|it| it.pack.version);
        if before == self.before { Ok(()) } else { Err(ApiError::Stale) }
    }

    /// Takes it into use.
    pub(super) fn adopt(&self, tx: &mut Tx<'_>, by: &By) -> Result<Made, ApiError> {
        let pack = self.pack().ok_or(ApiError::Unfit)?;
        packs::adopt(tx, &pack, by).map_err(refused)?;
        let made = Made::plain(by, "pack.use", format!("{} {}", self.code, self.version));
        Ok(Made { reopens: true, ..made })
    }
}

/// Why a pack is not taken into use.
pub(crate) fn refused(error: PackError) -> ApiError {
    match error {
        PackError::Changed { code, version } => {
            ApiError::WrongStep { detail: format!("{code} {version}") }
        }
        PackError::Reread { code, version } => ApiError::PackReread { code, version },
        PackError::Store(error) => error.into(),
    }
}

fn newest(tx: &mut Tx<'_>, code: &str) -> Result<Option<Pack>, StoreError> {
    let all = packs::all(tx)?;
    all.iter().find(|it| it.code == code).map(packs::KeptPack::pack).transpose()
}
