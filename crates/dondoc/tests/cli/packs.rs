//! `dondoc packs`: checking and showing programme packs.

use std::fs;

use serde_json::Value;

use crate::run::dondoc;

#[test]
fn the_packs_that_come_along_are_sound() {
    let ran = dondoc(&[&"packs", &"check"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("khu-vuc-phong-thu: đạt (80 chỉ tiêu, 27 sổ, 13 biểu"), "{ran:?}");
    assert!(ran.stderr.contains("chuyen-doi-so-xa: đạt (12 chỉ tiêu, 3 sổ, 2 biểu"), "{ran:?}");
}

#[test]
fn a_pack_that_counts_weapons_is_refused_with_file_line_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[pack]\ncode = \"T\"\nname = { vi = \"Số súng\", en = \"Guns\" }\nversion = 1\nvalid_from = \"2025-01-01\"\n";
    fs::write(folder.path().join("pack.toml"), text).unwrap();
    let ran = dondoc(&[&"packs", &"check", &folder.path()]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("pack.toml:2: T: “Số súng” chứa “súng”"), "{ran:?}");
    assert!(ran.stdout.contains("cách xử lý: "), "{ran:?}");
    let ran = dondoc(&[&"packs", &"check", &"--json", &"--lang", &"en", &folder.path()]);
    let line: Value = serde_json::from_str(ran.stdout.trim()).unwrap();
    assert_eq!((&line["fault"], &line["why"]), (&"excluded".into(), &"weapon".into()));
    assert_eq!(line["line"], 2);
    assert!(line["remedy"].as_str().is_some_and(|it| !it.is_empty()));
}

#[test]
fn a_pack_and_its_parts_are_shown() {
    let ran = dondoc(&[&"packs", &"show", &"khu-vuc-phong-thu"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(ran.stdout.starts_with("KVPT Khu vực phòng thủ, phiên bản 1\n"), "{ran:?}");
    assert!(ran.stdout.contains("B13-DOTXUAT"), "{ran:?}");
    let ran = dondoc(&[&"packs", &"show", &"khu-vuc-phong-thu", &"KVPT.05.01"]);
    assert!(ran.stdout.contains("[chờ xác nhận]"), "{ran:?}");
    let ran = dondoc(&[&"packs", &"show", &"khu-vuc-phong-thu", &"course", &"--json"]);
    let register: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(register["code"], "course");
    let ran = dondoc(&[&"packs", &"show", &"khu-vuc-phong-thu", &"KVPT.99.99"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("KVPT.99.99"), "{ran:?}");
    let ran = dondoc(&[&"packs", &"show", &"khong-co"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("khu-vuc-phong-thu"), "{ran:?}");
}
