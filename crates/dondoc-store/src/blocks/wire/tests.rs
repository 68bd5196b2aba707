use std::time::Instant;

use proptest::prelude::*;

use super::*;

/// A figure of a form, as most are.
fn of_form(n: u32, value: i64) -> Figure {
    Figure {
        series: Series { indicator: format!("KVPT.{:02}.{:02}", n / 20 + 1, n % 20), option: None },
        content: Content::Value(value),
        qualifier: Qualifier::Exact,
        status: Status::Final,
        source: Source::Form {
            form: "B01-XA".into(),
            row: format!("{}.{}", n / 20 + 1, n % 20),
            column: "3".into(),
        },
        reason: None,
    }
}

fn three_hundred() -> Vec<Figure> {
    (0..300).map(|n| of_form(n, i64::from(n) * 7919 % 100_000)).collect()
}

/// Worked out by hand from the description of the module.
#[test]
fn one_figure_is_written_as_the_description_says() {
    let mut figure = of_form(0, 150);
    figure.series.option = Some("nam".into());
    figure.qualifier = Qualifier::AtLeast;
    figure.status = Status::Estimate;
    figure.reason = Some("vì lũ".into());
    let mut expected = vec![1, 1];
    expected.extend(b"\x01\x0aKVPT.01.00");
    expected.extend(b"\x01\x03nam");
    expected.extend(b"\x01\x031.0");
    expected.extend(b"\x03\x06B01-XA\x013\x07v\xc3\xac l\xc5\xa9");
    // Value, estimate (4), at least (2 << 3), has a reason (0x40); form with all three new (0x80), new indicator
    // (1 << 3), new option (1 << 5).
    expected.extend([0x54, 0xa8]);
    // 150 as zigzag: 300 = 0xac 0x02; form, row, column and reason: new.
    expected.extend([0xac, 0x02, 1, 1, 1, 1]);
    assert_eq!(encode(&[figure]).unwrap(), expected);
}

#[test]
fn no_figures_are_six_bytes() {
    assert_eq!(encode::<Figure>(&[]).unwrap(), [1, 0, 0, 0, 0, 0]);
    assert_eq!(Body::decode(&[1, 0, 0, 0, 0, 0]).unwrap().records(), []);
}

#[test]
fn three_hundred_figures_of_a_form_take_less_than_four_kilobytes() {
    let bytes = encode(&three_hundred()).unwrap();
    println!("300 figures of a form: {} bytes", bytes.len());
    assert!(bytes.len() <= 4096, "{}", bytes.len());
}

#[test]
fn the_last_figure_of_a_series_is_found() {
    let mut twice = vec![of_form(1, 10), of_form(2, 20), of_form(1, 30)];
    twice[1].series.option = Some("nam".into());
    let body = Body::decode(&encode(&twice).unwrap()).unwrap();
    assert_eq!(body.last_of(&twice[0].series).unwrap().content, Content::Value(30));
    assert_eq!(body.last_of(&twice[1].series).unwrap(), twice[1]);
    assert_eq!(body.last_of(&of_form(3, 0).series), None);
    let undivided = Series { option: None, ..twice[1].series.clone() };
    assert_eq!(body.last_of(&undivided), None);
}

#[test]
fn more_figures_or_words_than_a_block_takes_are_refused() {
    let many = vec![of_form(0, 1); MAX_FIGURES + 1];
    assert_eq!(encode(&many), Err(WireError::TooManyFigures { n_figures: MAX_FIGURES + 1 }));
    let mut wordy = of_form(0, 1);
    wordy.reason = Some("a".repeat(MAX_TEXT_BYTES));
    assert_eq!(encode(&[wordy]), Err(WireError::TooMuchText));
}

/// Words that share all of the word before and add one letter grow with the square of the bytes.
#[test]
fn words_that_blow_up_are_stopped() {
    let mut bytes = vec![1, 0];
    let n_words = 100_000_u64;
    write::put(&mut bytes, n_words);
    for n in 0..n_words {
        match n {
            0..15 => bytes.push((n as u8) << 4 | 1),
            _ => {
                bytes.push(0xf1);
                write::put(&mut bytes, n - 15);
            }
        }
        bytes.push(b'a');
    }
    assert_eq!(Body::decode(&bytes), Err(WireError::TooMuchText));
}

#[test]
fn a_newer_version_says_so() {
    assert_eq!(Body::decode(&[2, 0, 0, 0, 0, 0]), Err(WireError::Version(2)));
}

#[test]
fn every_prefix_of_good_bytes_is_broken() {
    let bytes = encode(&three_hundred()).unwrap();
    for n in 0..bytes.len() {
        assert!(Body::decode(&bytes[..n]).is_err(), "{n} bytes");
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z]{1,4}\\.[0-9]{2}\\.[0-9]{2}", "[a-zà-ỹ_ ]{0,30}", "\\PC{0,8}"]
}

fn sources() -> impl Strategy<Value = Source> {
    prop_oneof![
        (words(), words(), words()).prop_map(|(form, row, column)| Source::Form {
            form,
            row,
            column
        }),
        (words(), prop::collection::vec(any::<i64>(), 0..4))
            .prop_map(|(register, entries)| Source::Register { register, entries }),
        (any::<i64>(), any::<u32>(), any::<u32>())
            .prop_map(|(document_id, start, end)| Source::Document { document_id, start, end }),
        (words(), any::<u32>(), any::<u32>()).prop_map(|(file, row, column)| Source::Import {
            file,
            row,
            column
        }),
        Just(Source::Derived),
    ]
}

fn contents() -> impl Strategy<Value = Content> {
    prop_oneof![
        any::<i64>().prop_map(Content::Value),
        (-9999..9999_i64).prop_map(Content::Value),
        (any::<i64>(), any::<i64>())
            .prop_map(|(numerator, denominator)| Content::Ratio { numerator, denominator }),
        Just(Content::Nil),
        Just(Content::NoFigure),
    ]
}

fn qualifiers() -> impl Strategy<Value = Qualifier> {
    use Qualifier::{About, AtLeast, AtMost, Exact, Vague};
    prop::sample::select(vec![Exact, About, AtLeast, AtMost, Vague])
}

fn figures() -> impl Strategy<Value = Vec<Figure>> {
    // Few words, so that figures repeat them.
    let series = (prop::collection::vec(words(), 1..5), prop::collection::vec(words(), 1..4));
    series.prop_flat_map(|(indicators, options)| {
        let option = prop::option::of(prop::sample::select(options));
        let series = (prop::sample::select(indicators), option)
            .prop_map(|(indicator, option)| Series { indicator, option });
        let status =
            prop::bool::ANY.prop_map(|it| if it { Status::Final } else { Status::Estimate });
        let parts =
            (series, contents(), qualifiers(), status, sources(), prop::option::of(words()));
        let figure = parts.prop_map(|(series, content, qualifier, status, source, reason)| {
            Figure { series, content, qualifier, status, source, reason }
        });
        prop::collection::vec(figure, 0..40)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_figures_come_back_as_they_went(figures in figures()) {
        let bytes = encode(&figures).unwrap();
        let body = Body::decode(&bytes).unwrap();
        let back: Vec<Figure> = body.figures().collect();
        prop_assert_eq!(&back, &figures);
        prop_assert_eq!(encode(&back).unwrap(), bytes);
    }

    #[test]
    fn damaged_bytes_are_read_or_refused_and_nothing_else(
        figures in figures(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = encode(&figures).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(body) = Body::decode(&bytes) {
            // What was read can be spread out, and written and read again.
            let back: Vec<Figure> = body.figures().collect();
            let again = Body::decode(&encode(&back).unwrap()).unwrap();
            prop_assert_eq!(again.figures().collect::<Vec<_>>(), back);
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_or_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Body::decode(&bytes).map(|it| it.figures().count());
        bytes.insert(0, 1);
        let _ = Body::decode(&bytes).map(|it| it.figures().count());
    }
}

/// Prints how fast figures are written and read; run it optimised to see what a user gets.
#[test]
fn the_speed_of_writing_and_reading_is_shown() {
    let figures = three_hundred();
    let n_rounds = if cfg!(debug_assertions) { 30 } else { 3_000 };
    let bytes = encode(&figures).unwrap();
    let rate = |start: Instant| f64::from(n_rounds * 300) / start.elapsed().as_secs_f64() / 1e6;
    let per_figure = bytes.len() as f64 / 300.0;
    let start = Instant::now();
    let n_written: usize = (0..n_rounds).map(|_| encode(&figures).unwrap().len()).sum();
    let written = rate(start);
    let start = Instant::now();
    let n_read: usize = (0..n_rounds).map(|_| Body::decode(&bytes).unwrap().records().len()).sum();
    let read = rate(start);
    println!(
        "written {written:.1} million figures/s ({:.0} MB/s), read {read:.1} ({:.0} MB/s)",
        written * per_figure,
        read * per_figure
    );
    assert_eq!((n_written, n_read), (bytes.len() * n_rounds as usize, 300 * n_rounds as usize));
}
