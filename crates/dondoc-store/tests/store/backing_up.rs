//! Backups: what is in one, what is refused, and that a refusal touches nothing.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use dondoc_store::{
    Action, Location, Store, StoreError,
    accounts::{
        self, NewAccount,
        sessions::{self, Invited},
    },
    audit::{self, Chain},
    backup::{self, BackupError, How, State, Taken, records},
    blocks, documents, fsck, registers,
    transfer::{self, TableDigest},
};
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::{
    engine::Place,
    grouping::tell,
    made::{self, BINH_AN, DONG_KHE, month},
    sample::{Draft, Sample, by},
};

const WORDS: &str = "mười hai bông lúa vàng";

/// A store with documents and figures, and a folder for its backups.
fn filled() -> (Sample, TempDir) {
    let sample = Sample::new();
    sample.put(&Draft::new("BC | 1/BC-UBND", "Xã Bình An mở 12 lớp, hoà bình."));
    for (unit, seed) in [(BINH_AN, 1), (DONG_KHE, 2)] {
        for at in 1..=3 {
            made::keep(&sample.store, (unit, month(at)), &made::figures(30, seed)).unwrap();
        }
    }
    made::write(&sample.store, made::photographed).unwrap();
    (sample, tempfile::tempdir().unwrap())
}

fn taken(sample: &Sample, folder: &TempDir, passphrase: Option<&str>) -> Taken {
    let path = folder.path().join("a.backup");
    backup::take(&sample.store, &path, passphrase, &by()).unwrap()
}

fn digests(store: &Store) -> Vec<TableDigest> {
    transfer::digests(store).unwrap()
}

/// All but what a restore itself adds: its line in the trail, and the number of that line.
fn all_but_the_trail(store: &Store) -> Vec<TableDigest> {
    let mut digests = digests(store);
    digests.retain(|it| !["audit", "counter"].contains(&it.table));
    digests
}

#[test]
fn what_is_restored_is_what_was_kept() {
    let (sample, folder) = filled();
    let before = digests(&sample.store);
    let taken = taken(&sample, &folder, None);
    assert_eq!(before, digests(&sample.store), "taking a backup changes nothing");
    let kept: Vec<_> =
        taken.manifest.tables.iter().map(|it| (it.table.as_str(), it.n_rows)).collect();
    let there: Vec<_> = before.iter().map(|it| (it.table, it.n_rows)).collect();
    assert_eq!(kept, there);
    let elsewhere = Place::new();
    let to = Location::from(elsewhere.address().as_str());
    let restored = backup::restore(&taken.path, None, &to, &by()).unwrap();
    assert_eq!(restored.verified.n_blocks, 6);
    assert_eq!(restored.verified.n_figures, 180);
    let store = elsewhere.open();
    assert_eq!(all_but_the_trail(&store), all_but_the_trail(&sample.store));
    let report = fsck::run(&store);
    assert!(report.is_whole(), "{:?}", report.damages);
    let photograph = |store: &Store| store.read(|tx| registers::files::bytes(tx, 1)).unwrap();
    assert_eq!(photograph(&store), photograph(&sample.store));
    assert!(photograph(&store).is_some());
    let chain = |store: &Store| store.read(blocks::last).unwrap();
    assert_eq!(chain(&store), chain(&sample.store));
    let n_lines = |store: &Store| match audit::verify(store).unwrap() {
        Chain::Whole { n_lines, .. } => n_lines,
        broken => panic!("{broken:?}"),
    };
    assert_eq!(n_lines(&store), n_lines(&sample.store) + 1, "and a line that tells of it");
    // The search works as before, too.
    let filter = documents::Filter { words: Some("hòa bình".into()), ..Default::default() };
    let slice = documents::Slice { skip: 0, take: 9 };
    let found = documents::list(&store, &filter, documents::Sort::Relevance, slice).unwrap();
    assert_eq!(found.items.len(), 1);
}

#[test]
fn a_backup_of_an_empty_store_is_a_backup() {
    let (sample, folder) = (Sample::new(), tempfile::tempdir().unwrap());
    let taken = taken(&sample, &folder, None);
    assert_eq!(backup::verify(&taken.path, None, by().at).unwrap().n_blocks, 0);
}

#[test]
fn a_passphrase_opens_its_backup_and_no_other_does() {
    let (sample, folder) = filled();
    let taken = taken(&sample, &folder, Some(WORDS));
    let bytes = fs::read(&taken.path).unwrap();
    assert!(!contains(&bytes, b"SQLite format 3"), "encrypted");
    assert!(taken.manifest.is_encrypted);
    let verify = |words| backup::verify(&taken.path, words, by().at);
    assert_eq!(verify(Some(WORDS)).unwrap().n_figures, 180);
    assert!(matches!(verify(None), Err(BackupError::NoPassphrase)));
    assert!(matches!(verify(Some("mười hai bông lúa")), Err(BackupError::WrongPassphrase)));
    let address = sample.place.address();
    let live = digests(&sample.store);
    drop(sample.store);
    let to = Location::from(address.as_str());
    assert!(backup::restore(&taken.path, Some("sai"), &to, &by()).is_err());
    assert_eq!(digests(&Store::open(to, by().at).unwrap()), live);
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|it| it == wanted)
}

/// Tries to restore over a live store, and holds that nothing of it has changed.
fn refused(bytes: &[u8], folder: &Path, live: &Place) -> BackupError {
    let path = folder.join("bad.backup");
    fs::write(&path, bytes).unwrap();
    let to = Location::from(live.address().as_str());
    backup::restore(&path, None, &to, &by()).map(drop).unwrap_err()
}

#[test]
fn a_backup_that_was_cut_off_or_changed_anywhere_is_refused_and_the_live_store_stays() {
    let (sample, folder) = filled();
    let taken = taken(&sample, &folder, None);
    let whole = fs::read(&taken.path).unwrap();
    let live = digests(&sample.store);
    let Sample { store, place } = sample;
    drop(store);
    let n = whole.len();
    for at in (0..100).map(|it| it * n / 100) {
        refused(&whole[..at], folder.path(), &place);
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 8);
        refused(&changed, folder.path(), &place);
    }
    let mut longer = whole;
    longer.push(0);
    assert!(matches!(refused(&longer, folder.path(), &place), BackupError::Length { .. }));
    assert!(matches!(refused(b"", folder.path(), &place), BackupError::NotABackup));
    assert_eq!(digests(&place.open()), live);
}

/// The same backup with another manifest, sealed anew as somebody can who knows how.
fn with_manifest(whole: &[u8], change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
    let mut lines = whole.splitn(4, |it| *it == b'\n');
    let (magic, manifest) = (lines.next().unwrap(), lines.next().unwrap());
    let payload = lines.nth(1).unwrap();
    let mut json: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    change(&mut json);
    let manifest = json.to_string();
    let digest = Sha256::digest(&manifest);
    let sum: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    let head = format!("{}\n{manifest}\n{sum}\n", String::from_utf8_lossy(magic));
    [head.as_bytes(), payload].concat()
}

#[test]
fn a_backup_of_a_newer_dondoc_or_with_other_contents_than_it_says_is_refused() {
    let (sample, folder) = filled();
    let taken = taken(&sample, &folder, None);
    let whole = fs::read(&taken.path).unwrap();
    let live = digests(&sample.store);
    let Sample { store, place } = sample;
    drop(store);
    let refuse = |change: &dyn Fn(&mut serde_json::Value)| {
        refused(&with_manifest(&whole, change), folder.path(), &place)
    };
    let newer = refuse(&|it| it["format"] = 2.into());
    assert!(matches!(newer, BackupError::Newer { .. }), "{newer:?}");
    let newer = refuse(&|it| it["schema"] = 9_999.into());
    assert!(matches!(newer, BackupError::Newer { .. }), "{newer:?}");
    let table = refuse(&|it| it["tables"][0]["n_rows"] = 9_999.into());
    assert!(matches!(table, BackupError::Damaged { .. }), "{table:?}");
    let block = refuse(&|it| it["block"] = 9_999.into());
    assert!(matches!(block, BackupError::Unsound { .. }), "{block:?}");
    let trail = refuse(&|it| it["n_audit_lines"] = 9_999.into());
    assert!(matches!(trail, BackupError::Unsound { .. }), "{trail:?}");
    // A promise to unpack to more than there is, or to less, is no way in either.
    let bomb = refuse(&|it| it["database_bytes"] = 10.into());
    assert!(matches!(bomb, BackupError::Damaged { .. }), "{bomb:?}");
    assert_eq!(digests(&place.open()), live);
}

#[test]
fn a_store_with_damage_is_not_backed_up() {
    let (sample, folder) = filled();
    sample.place.run("update audit set object = 'tampered' where audit_id = 3");
    let path = folder.path().join("a.backup");
    let made = backup::take(&sample.store, &path, None, &by());
    assert!(matches!(made, Err(BackupError::Unsound { .. })), "{made:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
    let place = ("/srv", "a.backup", How::Schedule);
    records::note(&sample.store, place, &made, &by()).unwrap();
    let noted = sample.store.read(|tx| records::list(tx, 9)).unwrap();
    assert_eq!(noted[0].state, State::Failed);
    assert_eq!(noted[0].fault.as_ref().unwrap().0, "backup_unsound");
}

#[test]
fn a_file_that_is_there_is_never_overwritten() {
    let (sample, folder) = filled();
    let taken = taken(&sample, &folder, None);
    let again = backup::take(&sample.store, &taken.path, None, &by());
    assert!(matches!(again, Err(BackupError::Exists { .. })), "{again:?}");
    let found = fs::read(&taken.path).unwrap();
    let sum: String = Sha256::digest(&found).iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!((found.len() as u64, sum), (taken.n_bytes, taken.sha256));
}

/// Writers go on; the backup is of one moment, and has all that was acknowledged before it began.
#[test]
fn a_backup_taken_during_writes_holds_together() {
    let (sample, folder) = filled();
    for n in 0..50 {
        tell(&sample.store, &format!("trước {n}")).unwrap();
    }
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 0..60 {
                let at = (BINH_AN, month(u8::try_from(4 + n % 9).unwrap()));
                made::keep(&sample.store, at, &made::figures(20, n)).unwrap();
            }
        });
        let taken = taken(&sample, &folder, None);
        let verified = backup::verify(&taken.path, None, by().at).unwrap();
        assert!(verified.n_blocks >= 6);
        assert!(verified.manifest.n_audit_lines >= 57);
        writer.join().unwrap();
    });
}

#[test]
fn each_backup_and_drill_is_written_down() {
    let (sample, folder) = filled();
    let taken = taken(&sample, &folder, None);
    let sum = taken.sha256.clone();
    let place = (folder.path().to_str().unwrap(), "a.backup", How::Now);
    let id = records::note(&sample.store, place, &Ok(taken), &by()).unwrap();
    let get = || sample.store.read(|tx| records::get(tx, id)).unwrap().unwrap();
    assert_eq!((get().state, get().sha256, get().drill), (State::Kept, Some(sum), None));
    let fault = BackupError::WrongPassphrase;
    records::note_drill(&sample.store, id, Some(&fault), &made::minh()).unwrap();
    assert_eq!(get().drill.unwrap().fault.as_deref(), Some("wrong_passphrase"));
    records::note_drill(&sample.store, id, None, &made::minh()).unwrap();
    let drill = get().drill.unwrap();
    assert_eq!((drill.at, drill.fault), (made::minh().at, None));
    records::note_removed(&sample.store, id, &by()).unwrap();
    assert_eq!(get().state, State::Removed);
    assert!(matches!(audit::verify(&sample.store).unwrap(), Chain::Whole { .. }));
}

/// Only of files: a database on a server is restored to an empty one.
#[test]
fn a_store_that_is_open_is_not_replaced_and_the_one_before_stays_beside_the_new_one() {
    let (sample, folder) = filled();
    let taken = taken(&sample, &folder, None);
    let to = Location::from(sample.place.address().as_str());
    let Location::File(path) = &to else {
        let error = backup::restore(&taken.path, None, &to, &by()).unwrap_err();
        assert!(matches!(error, BackupError::NotEmpty), "{error:?}");
        return;
    };
    tell(&sample.store, "sau khi sao lưu").unwrap();
    let live = digests(&sample.store);
    let error = backup::restore(&taken.path, None, &to, &by()).unwrap_err();
    assert!(matches!(error, BackupError::InUse), "{error:?}");
    assert_eq!(digests(&sample.store), live);
    let Sample { store, place } = sample;
    drop(store);
    let restored = backup::restore(&taken.path, None, &to, &by()).unwrap();
    let before: PathBuf = restored.before.unwrap();
    assert_eq!(before.parent(), path.parent());
    assert_eq!(digests(&Store::open(&before, by().at).unwrap()), live);
    assert_eq!(fsck::run(&place.open()).damages, []);
}

#[test]
fn nobody_is_signed_in_to_what_was_restored_and_no_one_time_code_is_good() {
    let sample = Sample::new();
    let (cookie, code, until) = ([1; 32], [2; 32], by().at + SignedDuration::from_hours(1));
    let (name, office) = ("lan".to_owned(), String::new());
    let lan = NewAccount { name, display: "Lan".to_owned(), office, password: None };
    let act = |verb| Action { by: by(), verb, object: String::new() };
    let opened = sample.store.write(|tx| {
        let id = accounts::add(tx, &lan, &by())?.unwrap();
        sessions::open(tx, &cookie, (id, false), until, &by())?;
        sessions::invite(tx, &code, Invited::Account(id), until, &by())?;
        Ok::<_, StoreError>((id, act("test.open")))
    });
    let id = opened.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let alive = |store: &Store| {
        let found = store.read(|tx| {
            let session = sessions::find(tx, &cookie, by().at)?;
            Ok::<_, StoreError>((session.is_some(), sessions::invitation(tx, &code, by().at)?))
        });
        found.unwrap()
    };
    // The control: when the backup is taken, both are good.
    assert_eq!(alive(&sample.store), (true, Some(Invited::Account(id))));
    let taken = taken(&sample, &folder, None);
    // Signed out, and the code used, after the backup was taken.
    let left = sample.store.write(|tx| {
        sessions::end(tx, &cookie, &by())?;
        let redeemed = sessions::redeem(tx, &code, &by())?;
        Ok::<_, StoreError>((redeemed, act("test.leave")))
    });
    assert_eq!(left.unwrap(), Some(Invited::Account(id)));

    let elsewhere = Place::new();
    let to = Location::from(elsewhere.address().as_str());
    backup::restore(&taken.path, None, &to, &by()).unwrap();
    let store = elsewhere.open();
    assert_eq!(alive(&store), (false, None));
}
