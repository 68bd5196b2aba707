//! `dondoc add`, `search`, `citations`: the library on this machine.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::{DIRECTIVE, Ran, command, dondoc, file, finish, put};

fn add(library: &Path, path: &Path) -> Ran {
    dondoc(&[&"add", &path, &"--data", &library, &"--json"])
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

#[test]
fn a_file_is_stored_once_whatever_it_is_called() {
    let library = tempfile::tempdir().unwrap();
    let (folder, first) = file("a.txt", DIRECTIVE);
    let ran = add(library.path(), &first);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert_eq!(lines(&ran)[0]["status"], "stored");
    let second = put(folder.path(), "b.txt", DIRECTIVE);
    let again = add(library.path(), &second);
    assert_eq!(again.status, Some(0));
    assert_eq!(lines(&again)[0]["status"], "known");
    assert_eq!(lines(&again)[0]["file_id"], lines(&ran)[0]["file_id"]);
    assert!(again.stderr.contains("đã lưu 0 tệp mới, 1 tệp đã có từ trước, từ chối 0 tệp"));
}

#[test]
fn a_near_duplicate_is_reported() {
    let library = tempfile::tempdir().unwrap();
    let long: String = (1..60).fold(DIRECTIVE.to_owned(), |text, n| {
        format!(
            "{text}\nĐoạn {n} nói về việc trồng cây ở thôn số {n}, có {} cây con và {n} hộ.",
            n * 7
        )
    });
    let (folder, path) = file("a.txt", &long);
    add(library.path(), &path);
    let other = put(folder.path(), "b.txt", format!("{long}\nThêm một câu cuối."));
    let ran = add(library.path(), &other);
    let near = &lines(&ran)[0]["near_duplicates"][0];
    assert_eq!(near["source"], "a.txt", "{ran:?}");
    assert!(near["likeness"].as_u64().unwrap() > 90);
}

#[test]
fn search_is_blind_to_accents_and_shows_the_hit_in_its_sentence() {
    let library = tempfile::tempdir().unwrap();
    let (_folder, path) = file("a.txt", DIRECTIVE);
    add(library.path(), &path);
    let search = |words: &str| dondoc(&[&"search", &words, &"--data", &library.path()]);
    let ran = search("trong cay xanh dong khe");
    assert_eq!(ran.status, Some(0));
    assert!(ran.stdout.contains("a.txt"), "{ran:?}");
    assert!(ran.stdout.contains('«'), "{ran:?}");
    let ran = search("xe đạp");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), ""));
    assert!(ran.stderr.contains("0 văn bản có các từ này"), "{ran:?}");
}

#[test]
fn citations_of_what_is_not_stored_are_open() {
    let library = tempfile::tempdir().unwrap();
    let (_folder, path) = file("a.txt", DIRECTIVE);
    add(library.path(), &path);
    let ran = dondoc(&[&"citations", &"--open", &"--json", &"--data", &library.path()]);
    assert_eq!(ran.status, Some(0));
    let open = lines(&ran);
    assert_eq!(open.len(), 1, "{ran:?}");
    assert_eq!(open[0]["citation"]["number"], "45/KH-UBND");
    assert_eq!(open[0]["resolution"]["state"], "open");
}

#[test]
fn a_marked_document_is_stored_nowhere() {
    let library = tempfile::tempdir().unwrap();
    let refused = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/refused");
    let (folder, good) = file("binh-thuong.txt", DIRECTIVE);
    let ran = dondoc(&[&"add", &refused, &good, &"--data", &library.path(), &"--json"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let statuses: Vec<Value> = lines(&ran).iter().map(|it| it["status"].clone()).collect();
    assert_eq!(statuses, ["refused", "refused", "stored"], "{ran:?}");
    assert!(ran.stderr.contains("không đưa vào hệ thống này"), "{ran:?}");
    drop(folder);
    let mut n_searched = 0;
    for entry in fs::read_dir(library.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        n_searched += bytes.len();
        // Words of the marked documents, in the encoding that texts and originals are stored in.
        for words in ["vườn rau của trường mẫu giáo", "kiểm thử việc từ chối", "Phan Thạch Mẫu"]
        {
            assert!(!bytes.windows(words.len()).any(|it| it == words.as_bytes()), "“{words}”");
        }
    }
    assert!(n_searched > 1000, "the library is there");
}

#[test]
fn the_folder_comes_from_the_option_then_the_variables_then_home() {
    let home = tempfile::tempdir().unwrap();
    let (_folder, path) = file("a.txt", DIRECTIVE);
    let stored_at = |variables: &[(&str, &Path)], place: &str| {
        let mut command = command();
        command.arg("add").arg(&path).env_clear().env("HOME", home.path());
        command.envs(variables.iter().copied());
        assert_eq!(finish(&mut command, b"").status, Some(0));
        assert!(home.path().join(place).is_file(), "{place}");
    };
    let (data, shared) = (home.path().join("rieng"), home.path().join("chung"));
    stored_at(&[], ".local/share/dondoc/dondoc.sqlite");
    stored_at(&[("XDG_DATA_HOME", &shared)], "chung/dondoc/dondoc.sqlite");
    stored_at(&[("XDG_DATA_HOME", &shared), ("DONDOC_DATA", &data)], "rieng/dondoc.sqlite");
}

#[test]
fn a_library_that_is_none_is_an_error_with_its_place() {
    let library = tempfile::tempdir().unwrap();
    put(library.path(), "dondoc.sqlite", "đây không phải cơ sở dữ liệu".repeat(100));
    let ran = dondoc(&[&"search", &"a", &"--data", &library.path()]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.starts_with("lỗi: không mở được kho văn bản "), "{ran:?}");
    assert!(ran.stderr.contains("dondoc.sqlite"), "{ran:?}");
}
