//! The audit trail with its checkpoints as a file, JSON by lines, that `dondoc-audit` verifies.

use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::{
    checkpoints::{self, Checkpoint, CheckpointError, Key, sign_all},
    db::{Row, Store, StoreError, Tx, moment},
    sql::sql,
};

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many lines of the trail.
    pub n_lines: i64,
    /// How many checkpoints; the last one is of the moment of the export, if anything was done since the one before.
    pub n_checkpoints: usize,
    /// The public key that they are signed with.
    pub public_key: [u8; 32],
}

/// Signs the trail as it is, and writes all of it to `out`.
///
/// # Errors
///
/// [`CheckpointError`] if the trail is broken, or the store, the key or `out` fails.
pub fn export(
    store: &Store,
    key: &Key,
    now: Timestamp,
    out: &mut dyn Write,
) -> Result<Exported, CheckpointError> {
    sign_all(store, key, now)?;
    let written = store.read(|tx| write_all(tx, now, out));
    let (n_lines, n_checkpoints) = written?;
    Ok(Exported { n_lines, n_checkpoints, public_key: key.public() })
}

/// What is written, and its digest.
struct Page<'o> {
    out: &'o mut dyn Write,
    digest: Sha256,
}

impl Page<'_> {
    fn line(&mut self, line: &str) -> io::Result<()> {
        self.digest.update(line);
        self.digest.update("\n");
        self.out.write_all(line.as_bytes())?;
        self.out.write_all(b"\n")
    }
}

fn write_all(
    tx: &mut Tx<'_>,
    now: Timestamp,
    out: &mut dyn Write,
) -> Result<(i64, usize), StoreError> {
    let failed = StoreError::at("audit/export");
    let mut page = Page { out, digest: Sha256::new() };
    let head = json!({ "kind": "dondoc-audit", "version": 1, "exported_at": moment(now) });
    page.line(&head.to_string()).map_err(&failed)?;
    let mut n_lines = 0;
    tx.each(sql!("audit/chain"), &[], |row: &Row<'_>| {
        n_lines += 1;
        let digest = row.maybe_bytes(5)?.map(|it| hex(&it));
        let line = json!({
            "kind": "line", "n": row.int(0)?, "actor": row.text(1)?, "verb": row.text(2)?,
            "object": row.text(3)?, "at": row.text(4)?, "digest": digest,
        });
        Ok(page.line(&line.to_string())?)
    })?;
    let checkpoints = checkpoints::all(tx)?;
    for it in &checkpoints {
        page.line(&checkpoint_line(it)).map_err(&failed)?;
    }
    let sum = hex(&page.digest.clone().finalize());
    let end =
        json!({ "kind": "end", "lines": n_lines, "checkpoints": checkpoints.len(), "sha256": sum });
    page.line(&end.to_string()).map_err(&failed)?;
    page.out.flush().map_err(&failed)?;
    Ok((n_lines, checkpoints.len()))
}

pub(super) fn checkpoint_line(it: &Checkpoint) -> String {
    json!({
        "kind": "checkpoint", "n": it.id, "lines": it.n_lines, "root": hex(&it.root), "at": it.signed_at,
        "previous": hex(&it.previous), "key": hex(&it.public_key), "signature": hex(&it.signature),
    })
    .to_string()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
