//! `dondoc accounts`, at the machine itself.

use crate::run::{Ran, dondoc};

#[test]
fn who_is_at_the_machine_chooses_whether_two_people_are_needed_and_the_trail_tells_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let two_people = |choice: &[&str]| -> Ran {
        let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"accounts", &"two-people"];
        arguments.extend(choice.iter().map(|it| it as &dyn AsRef<std::ffi::OsStr>));
        arguments.extend([&"--data" as &dyn AsRef<std::ffi::OsStr>, &data]);
        dondoc(&arguments)
    };
    let said = |choice: &[&str]| two_people(choice).stdout.trim().to_owned();
    assert_eq!(said(&[]), "on", "unless somebody chose otherwise");
    assert_eq!(said(&["off"]), "off");
    assert_eq!(said(&[]), "off");
    assert_eq!(said(&["on"]), "on");
    assert_eq!(two_people(&["vậy"]).status, Some(2));
    let path = data.join("trail.jsonl");
    let exported = dondoc(&[&"audit", &"export", &"--data", &data, &path]);
    assert_eq!(exported.status, Some(0), "{exported:?}");
    let trail = std::fs::read_to_string(&path).unwrap();
    let told = trail.lines().filter(|it| it.contains("setting.two_people"));
    let told: Vec<bool> = told.map(|it| it.contains(r#""object":"off""#)).collect();
    assert_eq!(told, [true, false], "{trail}");
}

#[test]
fn who_lost_the_telephone_gets_a_code_that_forgets_the_second_factor() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let added = dondoc(&[
        &"accounts",
        &"add",
        &"lan",
        &"--display",
        &"Lan",
        &"--role",
        &"administrator",
        &"--everywhere",
        &"--data",
        &data,
    ]);
    assert_eq!(added.status, Some(0), "{added:?}");
    let code = dondoc(&[&"accounts", &"code", &"lan", &"--forget-second-factor", &"--data", &data]);
    assert_eq!(code.status, Some(0), "{code:?}");
    assert_ne!(code.stdout, added.stdout);
    let nobody =
        dondoc(&[&"accounts", &"code", &"ai", &"--forget-second-factor", &"--data", &data]);
    assert_eq!(nobody.status, Some(1), "{nobody:?}");
    assert!(nobody.stderr.contains("không có tài khoản `ai`"), "{nobody:?}");
}
