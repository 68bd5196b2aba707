//! Whatever figures go out, they come back.

use proptest::prelude::*;

use super::*;

fn any_content(is_ratio: bool) -> BoxedStrategy<Content> {
    let number = -999_999_999_999_999_999_i64..=999_999_999_999_999_999;
    let known = if is_ratio {
        (number.clone(), number)
            .prop_map(|(numerator, denominator)| Content::Ratio { numerator, denominator })
            .boxed()
    } else {
        number.prop_map(Content::Value).boxed()
    };
    prop_oneof![8 => known, 1 => Just(Content::Nil), 1 => Just(Content::NoFigure)].boxed()
}

fn any_figure(
    indicator: &'static str,
    option: &'static str,
) -> impl Strategy<Value = Option<Figure>> {
    let qualifier = prop_oneof![
        Just(Qualifier::Exact),
        Just(Qualifier::About),
        Just(Qualifier::AtLeast),
        Just(Qualifier::AtMost),
        Just(Qualifier::Vague),
    ];
    let status = prop_oneof![Just(Status::Final), Just(Status::Estimate)];
    let reason = proptest::option::of("[=+@'a-zà-ỹ][ a-z0-9à-ỹ=+@'-]{0,20}[a-z]");
    let parts = (any_content(indicator == "GTNT.03"), qualifier, status, reason);
    proptest::option::of(parts.prop_map(move |(content, qualifier, status, reason)| {
        // Nothing and unknown are neither about nor estimated.
        let counts = matches!(content, Content::Value(_) | Content::Ratio { .. });
        Figure {
            qualifier: if counts { qualifier } else { Qualifier::Exact },
            status: if counts { status } else { Status::Final },
            reason,
            ..figure(indicator, option, content)
        }
    }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_figures_come_back_as_they_went(
        roads in any_figure("GTNT.01", "truc_xa"),
        days in any_figure("GTNT.02", ""),
        share in any_figure("GTNT.03", ""),
        money in any_figure("GTNT.04", "truc_xa+dong_gop"),
    ) {
        let pack = sample::pack();
        let figures: Vec<Figure> = [roads, days, share, money].into_iter().flatten().collect();
        let bytes = write(&paper(&pack), &Beside { current: &figures, ..Beside::default() }).unwrap();
        let same = read(&bytes, &paper(&pack), &figures);
        prop_assert_eq!(same.findings, []);
        prop_assert_eq!(same.differences, []);
        // Held against nothing, every figure is new, and is the very figure that went out.
        let fresh = read(&bytes, &paper(&pack), &[]);
        let mut found: Vec<Figure> = fresh.differences.into_iter().filter_map(|it| it.new).collect();
        found.iter_mut().for_each(|it| it.source = Source::Derived);
        prop_assert_eq!(found, figures);
    }

    #[test]
    fn any_damage_is_answered(at in 0.0_f64..1.0, part in 0_usize..4, text in "[<>/a-zA-Z0-9=\" ]{0,12}", cut in 0_usize..40) {
        let parts = [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
        let (pack, bytes) = filled();
        let damaged = with_part(&bytes, parts[part], |xml| {
            let chars: Vec<char> = xml.chars().collect();
            let at = (chars.len() as f64 * at) as usize;
            let end = chars.len().min(at + cut);
            chars[..at].iter().chain(&text.chars().collect::<Vec<_>>()).chain(&chars[end..]).collect()
        });
        let _ = read(&damaged, &paper(&pack), &current());
    }
}
