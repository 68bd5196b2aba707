use dondoc_core::finding::{Fault, Finding};
use proptest::prelude::*;

use super::*;
use crate::{
    passage::{Arrived, Ask},
    sample::{self, any_entries, as_entries, figure, sort},
};

fn load(text: &str) -> Arrived {
    let pack = sample::pack();
    read(text.as_bytes(), &Ask { pack: &pack, unit: &sample::unit, file: "a.xml" })
}

/// A file of one group.
fn group(attributes: &str, values: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<adx xmlns=\"{NAMESPACE}\"><group {attributes}>{values}</group></adx>"
    )
}

const HEAD: &str = "orgUnit=\"XBA\" period=\"2025-09-01/P1M\"";

#[test]
fn a_file_of_others_is_read() {
    let arrived = load(&group(
        HEAD,
        "<dataValue dataElement=\"GTNT.04\" nguon_von=\"dong_gop\" loai_duong=\"truc_xa\" value=\"1.25\"/>
         <dataValue value=\"7\" dataElement=\"GTNT.03.num\"><annotation>[ước] &lt;sổ&gt; &#8211; &amp;</annotation></dataValue>
         <dataValue value=\"9\" dataElement=\"GTNT.03.den\" bogus=\"1\"/>",
    ));
    assert_eq!(arrived.findings, []);
    let figures: Vec<_> =
        arrived.figures.iter().map(|it| (it.cell.series.clone(), it.figure.content)).collect();
    assert_eq!(
        figures,
        [
            (sample::series("GTNT.04", "truc_xa+dong_gop"), Content::Value(1250)),
            (sample::series("GTNT.03", ""), Content::Ratio { numerator: 7, denominator: 9 }),
        ]
    );
    assert_eq!(arrived.figures[1].figure.reason.as_deref(), Some("<sổ> – &"));
    assert!(matches!(&arrived.lost[..], [it] if it.what == Lack::Field("bogus".into())));
}

#[test]
fn bad_values_are_findings_of_their_own() {
    let value = "<dataValue dataElement=\"GTNT.02\" value=\"5\"/>";
    let faults =
        |text: &str| load(text).findings.into_iter().map(|it| it.fault).collect::<Vec<_>>();
    assert!(matches!(
        faults(&group("orgUnit=\"XLA\" period=\"2025-09-01/P1M\"", value))[..],
        [Fault::UnknownUnit { .. }]
    ));
    assert!(matches!(
        faults(&group("orgUnit=\"XBA\" period=\"2025-08-15/P1M\"", value))[..],
        [Fault::UnknownPeriod { .. }]
    ));
    for (value, expected) in [
        ("dataElement=\"GTNT.03\" value=\"5\"", "unknown_indicator"),
        ("dataElement=\"GTNT.03.num\" value=\"5\"", "ratio_without_parts"),
        ("dataElement=\"GTNT.02\" value=\"năm\"", "not_a_number"),
        ("dataElement=\"GTNT.02\"", "not_a_number"),
        ("dataElement=\"GTNT.04\" loai_duong=\"truc_xa\" value=\"5\"", "unknown_option"),
    ] {
        let found = faults(&group(HEAD, &format!("<dataValue {value}/>")));
        let codes: Vec<_> =
            found.iter().map(|it| serde_json::to_value(it).unwrap()["code"].clone()).collect();
        assert_eq!(codes, [expected], "{value}");
    }
    assert!(matches!(faults(&group(HEAD, &value.repeat(2)))[..], [Fault::Duplicate { .. }]));
}

/// What the schema of the profile requires, and how it writes periods.
#[test]
fn a_file_has_what_the_profile_requires() {
    let entry = |period: &str, content| Entry {
        unit: UnitId(7),
        period: period.parse().unwrap(),
        figure: figure("GTNT.02", "", content),
    };
    let entries = [entry("2026-01", Content::Value(-5)), entry("2026-H2", Content::Value(3))];
    let code = |it: UnitId, period: Period| sample::unit_names(it, period).0;
    let (bytes, _) = write(&sample::pack(), &entries, &code, Timestamp::UNIX_EPOCH);
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert_eq!(
        lines,
        [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<adx xmlns=\"urn:ihe:qrph:adx:2015\" exported=\"1970-01-01T00:00:00Z\">",
            "<group dataSet=\"GTNT\" orgUnit=\"XBA\" period=\"2026-01-01/P1M\">",
            "<dataValue dataElement=\"GTNT.02\" value=\"-5\"/>",
            "</group>",
            "<group dataSet=\"GTNT\" orgUnit=\"XBA\" period=\"2026-07-01/P6M\">",
            "<dataValue dataElement=\"GTNT.02\" value=\"3\"/>",
            "</group>",
            "</adx>",
        ]
    );
}

#[test]
fn what_is_no_adx_is_refused() {
    let bomb = "<!DOCTYPE adx [<!ENTITY a \"aaaa\">]><adx><group orgUnit=\"XBA\" period=\"2025-01-01/P1Y\"><dataValue dataElement=\"GTNT.02\" value=\"1\"><annotation>&a;</annotation></dataValue></group></adx>";
    for text in ["", "hello", "<html></html>", "<adx><group>", "<adx></group>", bomb] {
        let arrived = load(text);
        assert!(
            arrived
                .findings
                .iter()
                .any(|it| matches!(it, Finding { fault: Fault::Broken { .. }, .. })),
            "{text}: {arrived:?}"
        );
    }
}

#[test]
fn what_adx_cannot_say_is_listed() {
    let entry = |period: &str, content| Entry {
        unit: UnitId(7),
        period: period.parse().unwrap(),
        figure: figure("GTNT.02", "", content),
    };
    let entries = [
        entry("2009..", Content::Value(1)),
        entry("2025", Content::NoFigure),
        entry("2025-9M", Content::Value(1)),
    ];
    let (_, lost) = write(&sample::pack(), &entries, &|_, _| String::new(), Timestamp::UNIX_EPOCH);
    assert_eq!(
        lost.iter().map(|it| &it.what).collect::<Vec<_>>(),
        [&Lack::Period, &Lack::NoFigure]
    );
}

proptest! {
    #[test]
    fn every_figure_that_can_be_said_comes_back(entries in any_entries()) {
        let pack = sample::pack();
        let code = |it: UnitId, period: Period| sample::unit_names(it, period).0;
        let (bytes, lost) = write(&pack, &entries, &code, Timestamp::UNIX_EPOCH);
        let arrived = read(&bytes, &Ask { pack: &pack, unit: &sample::unit, file: "a.xml" });
        prop_assert_eq!(&arrived.findings, &[]);
        prop_assert_eq!(&arrived.lost, &[]);
        let mut expected: Vec<Entry> =
            entries.into_iter().filter(|it| it.figure.content != Content::NoFigure).collect();
        sort(&mut expected);
        prop_assert_eq!(as_entries(&arrived), expected);
        prop_assert!(lost.iter().all(|it| it.what == Lack::NoFigure));
    }

    #[test]
    fn any_text_is_answered(text in "[<>/a-z=\" &;\\[\\]!-]{0,80}") {
        let _ = load(&text);
        let _ = load(&group(HEAD, &text));
    }
}
