//! A small sound pack, and for each kind of refusal the change that brings exactly it about.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use dondoc_core::{
    pack::{self, Exclusion, PackFinding, excluded},
    problem::Language,
};

const SOUND: &str = r#"[pack]
code = "T"
name = { vi = "Thử", en = "Trial" }
version = 1
valid_from = "2025-01-01"

[[components]]
code = "chung"
name = { vi = "Chung", en = "Common" }

[[sources]]
code = "ND-1"
name = { vi = "Nghị định", en = "Decree" }
valid_from = "2025-01-01"

[[breakdowns]]
code = "nhom"
name = { vi = "Nhóm", en = "Group" }
options = [
  { code = "a", name = { vi = "Một", en = "One" } },
  { code = "b", name = { vi = "Hai", en = "Two" } },
]

[[breakdowns]]
code = "thu"
name = { vi = "Thứ", en = "Things" }
separate = true
options = [{ code = "c", name = { vi = "Ba", en = "Three" } }]

[[indicators]]
code = "T.1"
name = { vi = "Số lớp", en = "Courses" }
measure = "lớp"
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "commune"
breakdowns = ["nhom"]
counted = [{ register = "lop", by = ["nhom"], only = "dai > 1", on = "mo" }]
clearing = "open"
components = ["chung"]
basis = ["ND-1"]

[[indicators]]
code = "T.2"
name = { vi = "Tỷ lệ đạt", en = "Share passed" }
measure = "%"
ratio = { numerator = { vi = "Đạt", en = "Passed" }, denominator = { vi = "Học", en = "Took part" } }
over_units = "wavg"
over_time = "wavg"
every = ["month"]
level = "commune"
clearing = "open"

[[indicators]]
code = "T.3"
name = { vi = "Lớp nhóm một", en = "Courses of one" }
measure = "lớp"
over_units = "sum"
over_time = "sum"
every = ["quarter"]
level = "province"
formula = "T_1__a"
clearing = "open"

[[indicators]]
code = "T.4"
name = { vi = "Thứ", en = "Things" }
measure = "cái"
over_units = "sum"
over_time = "last"
every = ["month"]
level = "both"
breakdowns = ["thu"]
clearing = "open"

[[registers]]
code = "lop"
name = { vi = "Sổ lớp", en = "Courses" }
fields = [
  { code = "nhom", name = { vi = "Nhóm", en = "Group" }, kind = "choice", options = "nhom" },
  { code = "mo", name = { vi = "Ngày mở", en = "Opened" }, kind = "day" },
  { code = "dai", name = { vi = "Số buổi", en = "Sessions" }, kind = "number" },
]
checks = [{ code = "E-1", holds = "dai > 0", severity = "error", message = { vi = "Sai", en = "Wrong" }, remedy = { vi = "Sửa", en = "Correct" } }]

[[forms]]
code = "B01"
name = { vi = "Biểu", en = "Form" }
version = 1
every = ["month"]
closing = "decree09"
level = "commune"
route = { vi = "xã → tỉnh", en = "commune → province" }
deadlines = [{ level = "commune", working_days = 1, estimate_by_day = 14 }]
columns = [
  { number = "c1", title = { vi = "Số", en = "Figure" }, shows = "value" },
  { number = "c2", title = { vi = "Đạt", en = "Part" }, shows = "numerator" },
  { number = "c3", title = { vi = "Tổng", en = "Whole" }, shows = "denominator" },
]
rows = [
  { number = "1", indicator = "T.1", option = "a" },
  { number = "2", indicator = "T.2" },
  { number = "3", indicator = "T.4", option = "c" },
]

[[rules]]
code = "R-1"
holds = "T_1 >= 0"
severity = "error"
message = { vi = "Sai", en = "Wrong" }
remedy = { vi = "Sửa", en = "Correct" }

[[outline]]
number = "I"
title = { vi = "Kết quả", en = "Results" }
indicators = ["T.1"]
registers = ["lop"]
component = "chung"
"#;

fn findings(text: &str) -> Vec<PackFinding> {
    pack::read(&[("t.toml", text)]).err().unwrap_or_default()
}

/// The name of a fault in JSON.
fn name(finding: &PackFinding) -> String {
    serde_json::to_value(finding).unwrap()["fault"].as_str().unwrap().to_owned()
}

/// Changes the sound pack in one place and asks for exactly one finding, on the line that is changed unless said otherwise.
#[track_caller]
fn brings(change: (&str, &str), fault: &str) -> PackFinding {
    assert_eq!(SOUND.matches(change.0).count(), 1, "`{}` must stand there once", change.0);
    let text = SOUND.replacen(change.0, change.1, 1);
    let all = findings(&text);
    let names: Vec<String> = all.iter().map(name).collect();
    assert_eq!(names, [fault], "{change:?}: {all:#?}");
    for language in [Language::Vietnamese, Language::English] {
        assert!(!all[0].message(language).is_empty() && !all[0].remedy(language).is_empty());
    }
    assert_eq!(all[0].file.as_deref(), Some("t.toml"), "{all:#?}");
    all[0].clone()
}

#[test]
fn the_small_pack_is_sound() {
    assert_eq!(findings(SOUND), []);
}

#[test]
fn what_is_misspelled_or_unnamed_is_refused() {
    brings(("measure = \"cái\"", "measur = \"cái\""), "unreadable");
    brings(("vi = \"Biểu\", en = \"Form\"", "vi = \"Biểu\""), "name_missing");
    brings(("code = \"T.3\"", "code = \"KHAC.3\""), "bad_code");
    brings(("code = \"T.3\"", "code = \"T.2\""), "duplicate");
    brings(("{ number = \"3\", ", "{ number = \"2\", "), "duplicate");
    brings(
        (
            "code = \"dai\", name",
            "code = \"mo\", name = { vi = \"x\", en = \"x\" }, kind = \"day\" },\n  { code = \"dai\", name",
        ),
        "duplicate",
    );
    brings(
        ("[[sources]]\ncode = \"ND-1\"", "[[sources]]\ncode = \"ND-1\"\nvalid_to = \"2024-01-01\""),
        "ends_before_it_begins",
    );
}

#[test]
fn dangling_names_are_refused() {
    for (before, after) in [
        ("components = [\"chung\"]", "components = [\"rieng\"]"),
        ("basis = [\"ND-1\"]", "basis = [\"ND-2\"]"),
        ("breakdowns = [\"thu\"]", "breakdowns = [\"thu\", \"khong\"]"),
        ("register = \"lop\", by", "register = \"khong\", by"),
        ("only = \"dai > 1\", on = \"mo\"", "only = \"dai > 1\", on = \"khong\""),
        ("indicator = \"T.2\"", "indicator = \"T.9\""),
        ("indicator = \"T.1\", option = \"a\"", "indicator = \"T.1\", option = \"z\""),
        ("indicators = [\"T.1\"]", "indicators = [\"T.9\"]"),
        ("registers = [\"lop\"]", "registers = [\"khong\"]"),
        ("component = \"chung\"", "component = \"khong\""),
    ] {
        brings((before, after), "dangling");
    }
}

#[test]
fn indicators_need_measures_and_rules_that_fit() {
    brings(("measure = \"cái\"", "measure = \" \""), "measure_missing");
    brings(("every = [\"quarter\"]", "every = []"), "never_reported");
    let bare = "code = \"T.2\"\nname = { vi = \"Tỷ lệ đạt\", en = \"Share passed\" }\nmeasure = \"%\"\nratio = { numerator = { vi = \"Đạt\", en = \"Passed\" }, denominator = { vi = \"Học\", en = \"Took part\" } }";
    brings(
        (
            bare,
            "code = \"T.2\"\nname = { vi = \"Tỷ lệ đạt\", en = \"Share passed\" }\nmeasure = \"%\"",
        ),
        "ratio_without_parts",
    );
    brings(
        (
            "over_units = \"sum\"\nover_time = \"last\"",
            "over_units = \"wavg\"\nover_time = \"last\"",
        ),
        "average_of_plain_value",
    );
    brings(("over_units = \"wavg\"", "over_units = \"max\""), "ratio_added_up");
    brings(
        (
            "over_units = \"sum\"\nover_time = \"last\"",
            "over_units = \"last\"\nover_time = \"last\"",
        ),
        "last_over_units",
    );
    brings(("measure = \"cái\"", "measure = \"cái\"\ndecimals = 5"), "too_many_decimals");
    brings(
        ("breakdowns = [\"thu\"]", "breakdowns = [\"thu\"]\nformula = \"T_1\""),
        "formula_misplaced",
    );
    brings(("by = [\"nhom\"], ", ""), "counted_without_options");
    brings(("only = \"dai > 1\", on = \"mo\"", "only = \"dai > 1\", on = \"dai\""), "field_kind");
    let empty = "[[breakdowns]]\ncode = \"rong\"\nname = { vi = \"Rỗng\", en = \"Empty\" }\noptions = []\n\n[[registers]]";
    brings(("[[registers]]", empty), "options_missing");
    let three = "breakdowns = [\"nhom\", \"nhom\", \"nhom\"]\nover_units = \"wavg\"";
    brings(("over_units = \"wavg\"", three), "too_many_breakdowns");
}

#[test]
fn expressions_are_tried() {
    brings(("holds = \"T_1 >= 0\"", "holds = \"T_1 >= \""), "bad_expression");
    brings(("holds = \"T_1 >= 0\"", "holds = \"T_9 >= 0\""), "bad_expression");
    brings(("holds = \"T_1 >= 0\"", "holds = \"T_1 + 0\""), "bad_expression");
    brings(("holds = \"T_1 >= 0\"", "holds = \"T_1 >= 'a'\""), "bad_expression");
    brings(("holds = \"T_1 >= 0\"", "holds = \"[1, 2].all(it, it > 0)\""), "bad_expression");
    brings(("only = \"dai > 1\"", "only = \"dai > mo\""), "bad_expression");
    brings(("holds = \"dai > 0\"", "holds = \"rong > 0\""), "bad_expression");
    brings(("formula = \"T_1__a\"", "formula = \"T_1__z\""), "bad_expression");
    brings(("formula = \"T_1__a\"", "formula = \"T_1 > 0\""), "bad_expression");
    brings(("formula = \"T_1__a\"", "formula = \"T_3 + 1\""), "formula_cycle");
}

#[test]
fn forms_ask_only_for_what_is_reported() {
    brings(("level = \"both\"", "level = \"province\""), "level_does_not_report");
    brings(
        ("every = [\"month\"]\nlevel = \"both\"", "every = [\"year\"]\nlevel = \"both\""),
        "period_does_not_report",
    );
    brings(("indicator = \"T.4\", option = \"c\"", "indicator = \"T.4\""), "row_of_separate");
    brings(("shows = \"denominator\"", "shows = \"note\""), "ratio_without_columns");
    brings(("estimate_by_day = 14", "estimate_by_day = 15"), "estimate_after_closing");
    brings(
        ("{ level = \"commune\", working_days = 1", "{ level = \"province\", working_days = 1"),
        "deadline_of_nobody",
    );
    brings(
        ("kind = \"choice\", options = \"nhom\"", "kind = \"choices\", options = \"nhom\""),
        "field_kind",
    );
}

#[test]
fn a_form_with_rows_has_something_to_fill_in() {
    let mut text = SOUND.to_owned();
    for shows in ["value", "numerator", "denominator"] {
        text = text.replace(&format!("shows = \"{shows}\""), "shows = \"note\"");
    }
    let all: Vec<String> = findings(&text).iter().map(name).collect();
    assert_eq!(all, ["nothing_to_fill_in", "ratio_without_columns"]);
}

#[test]
fn findings_name_the_line() {
    let finding = brings(("indicator = \"T.2\"", "indicator = \"T.9\""), "dangling");
    let line = SOUND.lines().position(|it| it.contains("indicator = \"T.2\"")).unwrap();
    assert_eq!(finding.line, u32::try_from(line + 1).ok());
    assert_eq!(finding.item.unwrap().to_string(), "B01 · 2");
    let finding = brings(("measure = \"cái\"", "measur = \"cái\""), "unreadable");
    let line = SOUND.lines().position(|it| it.contains("measure = \"cái\"")).unwrap();
    assert_eq!(finding.line, u32::try_from(line + 1).ok());
}

#[test]
fn a_pack_has_one_head() {
    let names = |files: &[(&str, &str)]| -> Vec<String> {
        pack::read(files).unwrap_err().iter().map(name).collect()
    };
    assert_eq!(names(&[]), ["head"]);
    assert_eq!(names(&[("a.toml", SOUND), ("b.toml", SOUND)]), ["head"]);
}

#[test]
fn the_exclusion_list_is_enforced_on_names_and_codes() {
    for (before, after) in [
        ("vi = \"Số lớp\"", "vi = \"Số súng hiện có\""),
        ("vi = \"Số lớp\"", "vi = \"So sung hien co\""),
        ("vi = \"Số lớp\"", "vi = \"Quân số dân quân\""),
        ("measure = \"cái\"", "measure = \"viên đạn\""),
        ("en = \"Courses of one\"", "en = \"Combat readiness\""),
        ("vi = \"Số buổi\"", "vi = \"Họ và tên học viên\""),
        ("vi = \"Ba\"", "vi = \"Trận địa\""),
        ("vi = \"Biểu\"", "vi = \"Kế hoạch tác chiến\""),
        ("vi = \"Số\", en = \"Figure\"", "vi = \"Tọa độ\", en = \"Figure\""),
        ("vi = \"Kết quả\"", "vi = \"Dư luận trong kỳ\""),
        ("vi = \"Chung\"", "vi = \"Tuyệt mật\""),
    ] {
        brings((before, after), "excluded");
    }
    // Field codes count as well, also run together.
    let text = SOUND.replace("\"dai\"", "\"hoten\"").replace("dai >", "hoten >");
    let all: Vec<String> = findings(&text).iter().map(name).collect();
    assert_eq!(all, ["excluded"]);
}

#[test]
fn harmless_words_are_left_in_peace() {
    for text in [
        "Số hồ sơ bổ sung",
        "bo_sung",
        "Tỷ lệ giao quân so với chỉ tiêu",
        "Số lượt người được khám, quân dân y",
        "Diễn tập phòng thủ cấp xã",
        "Phần không mật",
        "Coordination meetings",
        "Opinions given on time",
        "Mặt trận",
        "Số hộ tên đường",
        "Căn cứ, phạm vi",
        "Ngày sinh hoạt chi bộ",
        "Số cán bộ Mặt trận địa phương",
        "Số xe tăng thêm trong kỳ",
        "Kế hoạch động viên, khen thưởng",
    ] {
        assert_eq!(excluded(text), [], "{text}");
    }
    for (text, why) in [
        ("SỐ SÚNG", Exclusion::Weapon),
        ("qua\u{302}n s\u{1ED1}", Exclusion::Strength),
        ("ngay_sinh", Exclusion::Person),
        ("so_cccd", Exclusion::Person),
        ("soluongdanquan", Exclusion::Strength),
        ("Ngày sinh của học viên", Exclusion::Person),
        ("Vũ-khí", Exclusion::Weapon),
        ("bản đồ trận địa", Exclusion::Position),
        ("phuong_an_tac_chien", Exclusion::BattlePlan),
        ("trang thai san sang chien dau", Exclusion::Readiness),
    ] {
        assert_eq!(excluded(text).first().map(|it| it.0), Some(why), "{text}");
    }
}
