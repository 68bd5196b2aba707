//! The file of a backup: a line that says what it is, the manifest, its digest, and the packed database.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::Path,
};

use age::{Decryptor, Encryptor, secrecy::SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    backup::{BackupError, Taken},
    transfer::TableDigest,
};

/// The format that is written.
pub(super) const FORMAT: u32 = 1;
/// What the file begins with; the format's number is in the manifest.
const MAGIC: &str = "dondoc-backup";
/// No manifest is longer.
const MAX_MANIFEST_BYTES: u64 = 1 << 20;
/// How hard it is packed: fast, and close to the smallest.
const LEVEL: i32 = 6;

/// What a backup holds, and what must be found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of this file.
    pub format: u32,
    /// The version of Dondoc that wrote it.
    pub program: String,
    /// The newest migration in it.
    pub schema: i64,
    /// When it was taken; RFC 3339.
    pub taken_at: String,
    /// The engine that it comes from: `sqlite` or `postgresql`.
    pub engine: String,
    /// Whether a passphrase is needed.
    pub is_encrypted: bool,
    /// The newest block of figures.
    pub block: i64,
    /// The chain up to there.
    pub chain: String,
    /// How many lines the audit trail has.
    pub n_audit_lines: i64,
    /// The digest of its last line.
    pub last_line: String,
    /// Each table.
    pub tables: Vec<TableSum>,
    /// The database, unpacked.
    pub database_bytes: u64,
    /// SHA-256 of it.
    pub database_sha256: String,
    /// What stands behind the manifest.
    pub payload_bytes: u64,
    /// SHA-256 of it.
    pub payload_sha256: String,
}

/// A table in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// Its name.
    pub table: String,
    /// How many rows.
    pub n_rows: u64,
    /// SHA-256 of all of them.
    pub sha256: String,
}

impl TableSum {
    pub(super) fn of(it: &TableDigest) -> Self {
        Self { table: it.table.to_owned(), n_rows: it.n_rows, sha256: hex(&it.digest) }
    }
}

/// Reads what a backup says of itself; the rest is not looked at.
///
/// # Errors
///
/// [`BackupError`] if it is no backup, its manifest is damaged, or a newer Dondoc wrote it.
pub fn inspect(path: &Path) -> Result<Manifest, BackupError> {
    let file = File::open(path).map_err(BackupError::file(path))?;
    read_head(&mut BufReader::new(file), path).map(|it| it.0)
}

/// The manifest, and how many bytes it and what stands before it take.
fn read_head(input: &mut impl BufRead, path: &Path) -> Result<(Manifest, u64), BackupError> {
    let mut line = || -> Result<String, BackupError> {
        let mut bytes = Vec::new();
        let mut lines = input.by_ref().take(MAX_MANIFEST_BYTES);
        lines.read_until(b'\n', &mut bytes).map_err(BackupError::file(path))?;
        let text = String::from_utf8(bytes).map_err(|_| BackupError::NotABackup)?;
        text.strip_suffix('\n').map(str::to_owned).ok_or(BackupError::NotABackup)
    };
    if line()? != MAGIC {
        return Err(BackupError::NotABackup);
    }
    let manifest = line()?;
    let sum = line()?;
    if hex(&Sha256::digest(&manifest)) != sum {
        return Err(BackupError::Manifest);
    }
    let n_bytes = [MAGIC.len(), manifest.len(), sum.len()].iter().map(|it| *it as u64 + 1).sum();
    // Of a newer format only these two are known to be there.
    #[derive(Deserialize)]
    struct Version {
        format: u32,
        program: String,
    }
    let version: Version = serde_json::from_str(&manifest).map_err(|_| BackupError::Manifest)?;
    if version.format > FORMAT {
        return Err(BackupError::Newer { program: version.program });
    }
    let manifest: Manifest = serde_json::from_str(&manifest).map_err(|_| BackupError::Manifest)?;
    if manifest.schema > crate::migrate::newest() {
        return Err(BackupError::Newer { program: manifest.program });
    }
    Ok((manifest, n_bytes))
}

/// Packs a database, and puts the backup at `to` in one step when all of it is on disk.
pub(super) fn write(
    database: &Path,
    mut manifest: Manifest,
    passphrase: Option<&str>,
    to: &Path,
) -> Result<Taken, BackupError> {
    let packed = database.with_extension("packed");
    let mut input = File::open(database).map_err(BackupError::file(database))?;
    let output = File::create(&packed).map_err(BackupError::file(&packed))?;
    let mut output = Counted::new(BufWriter::new(output));
    let read = pack(&mut input, &mut output, passphrase).map_err(BackupError::file(&packed))?;
    (manifest.database_bytes, manifest.database_sha256) = read;
    manifest.is_encrypted = passphrase.is_some();
    (manifest.payload_bytes, manifest.payload_sha256) = output.sum();
    let part = to.with_extension("part");
    let failed = || BackupError::file(&part);
    let whole = (|| -> io::Result<(u64, String)> {
        let mut whole = Counted::new(BufWriter::new(File::create(&part)?));
        let line = serde_json::to_string(&manifest)?;
        let sum = hex(&Sha256::digest(&line));
        writeln!(whole, "{MAGIC}\n{line}\n{sum}")?;
        io::copy(&mut File::open(&packed)?, &mut whole)?;
        whole.flush()?;
        whole.inner.get_ref().sync_all()?;
        Ok(whole.sum())
    })();
    let (n_bytes, sha256) = whole.map_err(failed())?;
    fs::rename(&part, to).map_err(failed())?;
    Ok(Taken { path: to.to_owned(), manifest, n_bytes, sha256 })
}

/// Packs and encrypts; gives length and digest of what was read.
fn pack(
    input: &mut impl Read,
    output: &mut impl Write,
    passphrase: Option<&str>,
) -> io::Result<(u64, String)> {
    let read = match passphrase {
        None => squeeze(input, &mut *output)?.0,
        Some(words) => {
            let encryptor = Encryptor::with_user_passphrase(SecretString::from(words.to_owned()));
            let (read, sealed) = squeeze(input, encryptor.wrap_output(&mut *output)?)?;
            sealed.finish()?;
            read
        }
    };
    output.flush()?;
    Ok(read)
}

fn squeeze<W: Write>(input: &mut impl Read, output: W) -> io::Result<((u64, String), W)> {
    let mut counted = Counted::new(zstd::Encoder::new(output, LEVEL)?);
    io::copy(input, &mut counted)?;
    let read = counted.sum();
    Ok((read, counted.inner.finish()?))
}

/// Unpacks a backup to `to`, after its length and digest were found right; digest and length of what comes out, too.
pub(super) fn unpack(
    path: &Path,
    passphrase: Option<&str>,
    to: &Path,
) -> Result<Manifest, BackupError> {
    let file = File::open(path).map_err(BackupError::file(path))?;
    let n_bytes = file.metadata().map_err(BackupError::file(path))?.len();
    let mut input = BufReader::with_capacity(1 << 18, file);
    let (manifest, n_head) = read_head(&mut input, path)?;
    let found = n_bytes.saturating_sub(n_head);
    if found != manifest.payload_bytes {
        return Err(BackupError::Length { expected: manifest.payload_bytes, found });
    }
    let mut sum = Counted::new(io::sink());
    io::copy(&mut input, &mut sum).map_err(BackupError::file(path))?;
    if sum.sum() != (manifest.payload_bytes, manifest.payload_sha256.clone()) {
        return Err(BackupError::Damaged { part: "payload".to_owned() });
    }
    let file = File::open(path).map_err(BackupError::file(path))?;
    let mut input = BufReader::with_capacity(1 << 18, file);
    read_head(&mut input, path)?;
    let output = File::create(to).map_err(BackupError::file(to))?;
    let mut output = Counted::new(BufWriter::new(output));
    if manifest.is_encrypted {
        let words = passphrase.ok_or(BackupError::NoPassphrase)?;
        let identity = age::scrypt::Identity::new(SecretString::from(words.to_owned()));
        let decryptor = Decryptor::new_buffered(input).map_err(|it| undecipherable(&it))?;
        let opened = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity));
        swell(opened.map_err(|it| undecipherable(&it))?, &mut output, &manifest, to)?;
    } else {
        swell(input, &mut output, &manifest, to)?;
    }
    output.flush().map_err(BackupError::file(to))?;
    output.inner.get_ref().sync_all().map_err(BackupError::file(to))?;
    if output.sum() != (manifest.database_bytes, manifest.database_sha256.clone()) {
        return Err(BackupError::Damaged { part: "database".to_owned() });
    }
    Ok(manifest)
}

/// Unpacks no more than the manifest promises, so that no small file fills a disk.
fn swell(
    input: impl Read,
    output: &mut impl Write,
    manifest: &Manifest,
    to: &Path,
) -> Result<(), BackupError> {
    let damaged = |_| BackupError::Damaged { part: "payload".to_owned() };
    let mut unpacked =
        zstd::Decoder::new(input).map_err(damaged)?.take(manifest.database_bytes + 1);
    let mut buffer = vec![0; 1 << 18];
    loop {
        // What can't be read is the backup's fault, what can't be written the disk's.
        let n = unpacked.read(&mut buffer).map_err(damaged)?;
        if n == 0 {
            return Ok(());
        }
        output.write_all(&buffer[..n]).map_err(BackupError::file(to))?;
    }
}

fn undecipherable(error: &age::DecryptError) -> BackupError {
    match error {
        age::DecryptError::Io(_) | age::DecryptError::InvalidHeader => {
            BackupError::Damaged { part: "payload".to_owned() }
        }
        _ => BackupError::WrongPassphrase,
    }
}

/// Counts and digests what goes through it.
struct Counted<W> {
    inner: W,
    n_bytes: u64,
    digest: Sha256,
}

impl<W> Counted<W> {
    fn new(inner: W) -> Self {
        Self { inner, n_bytes: 0, digest: Sha256::new() }
    }

    fn sum(&self) -> (u64, String) {
        (self.n_bytes, hex(&self.digest.clone().finalize()))
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.n_bytes += n as u64;
        self.digest.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
