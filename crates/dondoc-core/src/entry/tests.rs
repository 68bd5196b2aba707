use jiff::civil::date;

use super::*;
use crate::{figure::Source, pack::Pack, period::Period};

const PACK: &str = r#"
[pack]
code = "T"
name = { vi = "Thử", en = "Trial" }
version = 1
valid_from = "2025-01-01"

[[breakdowns]]
code = "nhom"
name = { vi = "Nhóm", en = "Group" }
options = [
  { code = "a", name = { vi = "A", en = "A" } },
  { code = "b", name = { vi = "B", en = "B" } },
]

[[registers]]
code = "lop"
name = { vi = "Sổ lớp", en = "Courses" }
fields = [
  { code = "nhom", name = { vi = "Nhóm", en = "Group" }, kind = "choice", options = "nhom", required = true },
  { code = "mo", name = { vi = "Ngày mở", en = "Opened" }, kind = "day", required = true },
  { code = "dong", name = { vi = "Ngày đóng", en = "Closed" }, kind = "day" },
  { code = "dai", name = { vi = "Dài", en = "Long" }, kind = "number", decimals = 1 },
  { code = "dat", name = { vi = "Đạt", en = "Passed" }, kind = "number" },
  { code = "long_ghep", name = { vi = "Lồng ghép", en = "Integrated" }, kind = "yes_no" },
]
checks = [
  { code = "E-1", holds = "dong >= mo", severity = "error", message = { vi = "Sai", en = "Wrong" }, remedy = { vi = "Sửa", en = "Correct" } },
]
"#;

fn pack(indicator: &str) -> Pack {
    let text = format!(
        "{PACK}\n[[indicators]]\ncode = \"T.1\"\nname = {{ vi = \"Lớp\", en = \"Courses\" }}\nmeasure = \"lớp\"\nevery = [\"month\"]\nlevel = \"commune\"\nclearing = \"open\"\nover_units = \"sum\"\nover_time = \"sum\"\n{indicator}"
    );
    crate::pack::read(&[("t.toml", &text)]).unwrap_or_else(|it| panic!("{it:#?}"))
}

fn entry(id: i64, fields: &[(&str, FieldValue)]) -> Entry {
    let fields = fields.iter().map(|(code, value)| ((*code).to_owned(), value.clone())).collect();
    Entry { id, fields }
}

fn group(code: &str) -> FieldValue {
    FieldValue::Choice(code.into())
}

fn day(month: i8, day: i8) -> FieldValue {
    FieldValue::Day(date(2025, month, day))
}

/// September 2025 under Decree 09: 15 August to 14 September.
fn entries() -> Vec<Entry> {
    let number = FieldValue::Number;
    vec![
        entry(
            1,
            &[("nhom", group("a")), ("mo", day(8, 14)), ("dat", number(9)), ("dai", number(15))],
        ),
        entry(
            2,
            &[("nhom", group("a")), ("mo", day(8, 15)), ("dat", number(4)), ("dai", number(25))],
        ),
        entry(
            3,
            &[("nhom", group("b")), ("mo", day(9, 14)), ("dai", number(9)), ("dong", day(9, 14))],
        ),
        entry(
            4,
            &[("nhom", group("b")), ("mo", day(9, 1)), ("dat", number(3)), ("dai", number(1))],
        ),
        entry(
            5,
            &[("mo", day(9, 2)), ("dat", number(100)), ("long_ghep", FieldValue::YesNo(true))],
        ),
        entry(6, &[("nhom", group("a")), ("mo", day(9, 15)), ("dat", number(1))]),
    ]
}

/// The series, contents and entries that an indicator comes to, and the entries that nobody can decide.
fn counted(indicator: &str) -> (Vec<String>, Vec<i64>) {
    let pack = pack(indicator);
    let september = Period::Month { year: 2025, month: 9 };
    let days = september.days(crate::pack::Closing::Decree09).unwrap();
    let all = entries();
    let counting = count(&pack, &pack.indicators[0], days, &|_| &all);
    assert_eq!(counting.findings, []);
    let figures = counting.figures.into_iter().map(|it| {
        let Source::Register { register, entries } = it.source else { panic!("{:?}", it.source) };
        assert_eq!(register, "lop");
        let option = it.series.option.unwrap_or_default();
        match it.content {
            Content::Value(value) => format!("{option}:{value} {entries:?}"),
            Content::Ratio { numerator, denominator } => {
                format!("{option}:{numerator}/{denominator} {entries:?}")
            }
            other => panic!("{other:?}"),
        }
    });
    (figures.collect(), counting.undecided)
}

#[test]
fn entries_of_the_period_are_counted() {
    let (figures, undecided) = counted(r#"counted = [{ register = "lop", on = "mo" }]"#);
    assert_eq!(figures, [":4 [2, 3, 4, 5]"]);
    assert_eq!(undecided, Vec::<i64>::new());
}

#[test]
fn options_come_from_a_field_and_a_blank_one_is_told() {
    let text =
        "breakdowns = [\"nhom\"]\ncounted = [{ register = \"lop\", by = [\"nhom\"], on = \"mo\" }]";
    let (figures, undecided) = counted(text);
    assert_eq!(figures, ["a:1 [2]", "b:2 [3, 4]"]);
    assert_eq!(undecided, [5]);
}

#[test]
fn amounts_are_added_up_exactly_and_rounded_once() {
    // 2,5 + 0,9 + 0,1 = 3,5, which in whole numbers is 4; rounding each would make 3 + 1 + 0.
    let text = r#"counted = [{ register = "lop", sum = "dai", on = "mo" }]"#;
    let (figures, undecided) = counted(text);
    assert_eq!(figures, [":4 [2, 3, 4]"]);
    assert_eq!(undecided, [5]);
}

#[test]
fn a_filter_over_a_blank_field_decides_nothing() {
    let text = r#"counted = [{ register = "lop", only = "long_ghep", on = "mo" }]"#;
    assert_eq!(counted(text), (vec![":1 [5]".to_owned()], vec![2, 3, 4]));
    let text =
        r#"counted = [{ register = "lop", only = "!missing(long_ghep) && long_ghep", on = "mo" }]"#;
    assert_eq!(counted(text), (vec![":1 [5]".to_owned()], vec![]));
}

#[test]
fn a_share_counts_its_whole_as_well() {
    let share = "over_units = \"wavg\"\nover_time = \"wavg\"\nratio = { numerator = { vi = \"a\", en = \"a\" }, denominator = { vi = \"b\", en = \"b\" } }\n";
    let of = |counted_text: &str| {
        let text = format!("{share}counted = [{{ {counted_text} }}]");
        shares(&text)
    };
    assert_eq!(of(r#"register = "lop", only = "!missing(dat) && dat > 3", on = "mo""#), [":2/4"]);
    assert_eq!(
        of(r#"register = "lop", only = "nhom == 'b'", of_only = "!missing(nhom)", on = "mo""#),
        [":2/3"]
    );
    assert_eq!(
        of(
            r#"register = "lop", sum = "dat", of_sum = "dai", of_only = "!missing(dat) && !missing(dai)", on = "mo""#
        ),
        [":7/3"]
    );
}

fn shares(text: &str) -> Vec<String> {
    let mut pack = pack("");
    let head = "code = \"T.1\"\nname = { vi = \"Lớp\", en = \"Courses\" }\nmeasure = \"%\"\nevery = [\"month\"]\nlevel = \"commune\"\nclearing = \"open\"\n";
    pack.indicators = vec![toml::from_str(&format!("{head}{text}")).unwrap()];
    assert_eq!(crate::pack::check(&pack), []);
    let days = (date(2025, 8, 15), date(2025, 9, 14));
    let all = entries();
    let counting = count(&pack, &pack.indicators[0], days, &|_| &all);
    let figures = counting.figures.into_iter().map(|it| match it.content {
        Content::Ratio { numerator, denominator } => format!(":{numerator}/{denominator}"),
        other => panic!("{other:?}"),
    });
    figures.collect()
}

#[test]
fn a_stock_counts_what_began_and_has_not_ended() {
    let text = r#"counted = [{ register = "lop", on = "mo", standing = true, until = "dong" }]"#;
    let (figures, _) = counted(text);
    // 3 ended on the last day, 6 began after it.
    assert_eq!(figures, [":4 [1, 2, 4, 5]"]);
}

#[test]
fn an_empty_register_says_nothing() {
    let pack = pack(r#"counted = [{ register = "lop", on = "mo" }]"#);
    let days = (date(2024, 1, 1), date(2024, 1, 31));
    assert_eq!(count(&pack, &pack.indicators[0], days, &|_| &[]), Counting::default());
}

#[test]
fn entries_are_checked_against_their_register() {
    let pack = pack("");
    let register = &pack.registers[0];
    let codes = |fields: &[(&str, FieldValue)]| -> Vec<String> {
        let findings = check(&pack, register, &entry(0, fields).fields);
        let json = findings.iter().map(|it| serde_json::to_value(it).unwrap());
        json.map(|it| it["code"].as_str().unwrap().to_owned()).collect()
    };
    let sound = [("nhom", group("a")), ("mo", day(9, 1))];
    assert_eq!(codes(&sound), Vec::<String>::new());
    let with = |extra: (&'static str, FieldValue)| {
        let mut fields = sound.to_vec();
        fields.push(extra);
        codes(&fields)
    };
    assert_eq!(codes(&sound[..1]), ["field_missing"]);
    assert_eq!(with(("ho", FieldValue::Number(1))), ["unknown_field"]);
    assert_eq!(with(("nhom", group("c"))), ["unknown_option"]);
    assert_eq!(with(("dat", FieldValue::Number(-1))), ["negative"]);
    assert_eq!(with(("dat", FieldValue::Text("ba".into()))), ["wrong_kind"]);
    assert_eq!(with(("dong", day(8, 31))), ["rule"]);
    assert_eq!(with(("dong", day(9, 1))), Vec::<String>::new());
}

#[test]
fn a_figure_agrees_with_its_register_also_where_nothing_occurred() {
    let counted = Content::Value(123_456);
    assert!(agrees(counted, counted) && !agrees(counted, Content::Value(5)));
    assert!(agrees(Content::Value(0), Content::Nil) && agrees(Content::Nil, Content::Value(0)));
    assert!(!agrees(counted, Content::Nil) && !agrees(Content::Value(0), Content::NoFigure));
}

#[test]
fn entries_read_back_from_json() {
    let entry = &entries()[2];
    let json = serde_json::to_string(&entry.fields).unwrap();
    assert!(json.contains(r#""mo":{"kind":"day","value":"2025-09-14"}"#), "{json}");
    assert_eq!(serde_json::from_str::<Fields>(&json).unwrap(), entry.fields);
}
