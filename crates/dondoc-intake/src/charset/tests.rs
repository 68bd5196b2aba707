use dondoc_core::fold;
use proptest::prelude::*;

use super::*;

/// Three sentences of the made-up province, with every tone and every vowel.
const SAMPLE: &str = "Ủy ban nhân dân tỉnh Lam Giang yêu cầu các sở, ban, ngành khẩn trương rà soát, tổng hợp \
kết quả thực hiện nhiệm vụ phòng, chống thiên tai; kịp thời hỗ trợ những hộ bị ảnh hưởng. Giao xã Đông Khê, xã \
Thạch Sơn chủ trì, phối hợp với phường Tân Lập kiểm đếm lại số nhà dột nát, đường sạt lở, ruộng bị ngập sâu.";

/// The encoder that the tests have and the product has not.
fn encode(text: &str, charset: Charset) -> Vec<u8> {
    text.chars().flat_map(|c| encode_char(c, charset)).collect()
}

fn encode_char(c: char, charset: Charset) -> Vec<u8> {
    if c.is_ascii() {
        return vec![c as u8];
    }
    match charset {
        Charset::Tcvn3 => {
            let at = tcvn3::LETTERS.iter().position(|letter| *letter == c).expect("in the chart");
            vec![tcvn3::FIRST + u8::try_from(at).expect("95 letters")]
        }
        Charset::Vni => vni_bytes(c),
        Charset::Windows1258 => windows_1258_bytes(c),
        _ => unreachable!("only the old encodings are encoded by hand"),
    }
}

/// VNI by rule: the letter, then the byte of its accents.
fn vni_bytes(c: char) -> Vec<u8> {
    let whole = [
        ('ì', 0xEC),
        ('í', 0xED),
        ('ỉ', 0xE6),
        ('ĩ', 0xF3),
        ('ị', 0xF2),
        ('ơ', 0xF4),
        ('ư', 0xF6),
        ('ỵ', 0xEE),
        ('đ', 0xF1),
    ];
    let letter = fold::letter(c).expect("a letter");
    let lower = c.to_lowercase().next().expect("one");
    let case = if letter.is_capital { 0x20 } else { 0 };
    if let Some((_, byte)) = whole.iter().find(|(whole, _)| *whole == lower) {
        return vec![byte - case];
    }
    let base = match letter.base {
        'ơ' => 0xF4 - case,
        'ư' => 0xF6 - case,
        base => fold::without_shape(base) as u8 - case,
    };
    let at = letter.tone as usize;
    let mark = match letter.base {
        'ă' => [0xEA, 0xE8, 0xE9, 0xFA, 0xFC, 0xEB][at],
        'â' | 'ê' | 'ô' => [0xE2, 0xE0, 0xE1, 0xE5, 0xE3, 0xE4][at],
        _ => [0, 0xF8, 0xF9, 0xFB, 0xF5, 0xEF][at],
    };
    vec![base, mark - case]
}

/// Code page 1258 by rule: the shaped letter, then the tone as a mark.
fn windows_1258_bytes(c: char) -> Vec<u8> {
    let letter = fold::letter(c).expect("a letter");
    let shaped =
        [('ă', 0xE3), ('â', 0xE2), ('ê', 0xEA), ('ô', 0xF4), ('ơ', 0xF5), ('ư', 0xFD), ('đ', 0xF0)];
    let case = if letter.is_capital { 0x20 } else { 0 };
    let base = shaped
        .iter()
        .find(|(base, _)| *base == letter.base)
        .map_or(letter.base as u8, |(_, byte)| *byte);
    let mut bytes = vec![base - case];
    bytes.extend(
        [None, Some(0xCC), Some(0xEC), Some(0xD2), Some(0xDE), Some(0xF2)][letter.tone as usize],
    );
    bytes
}

fn old_charsets() -> impl Strategy<Value = Charset> {
    prop_oneof![Just(Charset::Tcvn3), Just(Charset::Vni), Just(Charset::Windows1258)]
}

/// Words built as Vietnamese builds them.
fn vietnamese_text() -> impl Strategy<Value = String> {
    let words: Vec<&'static str> = SAMPLE.split(' ').collect();
    proptest::collection::vec(proptest::sample::select(words), 12..80)
        .prop_map(|words| words.join(" ").to_lowercase() + " tỉnh đã được")
}

proptest! {
    #[test]
    fn a_text_comes_back_from_every_old_encoding(text in vietnamese_text(), charset in old_charsets()) {
        let decoded = decode(&encode(&text, charset)).expect("decodes");
        prop_assert_eq!(decoded.charset, charset);
        prop_assert_eq!(decoded.text, text);
    }

    #[test]
    fn capitals_come_back_from_vni_and_1258(text in vietnamese_text(), is_vni in any::<bool>()) {
        let charset = if is_vni { Charset::Vni } else { Charset::Windows1258 };
        let capitals = text.to_uppercase();
        prop_assert_eq!(latin::decode(&encode(&capitals, charset), charset), capitals);
    }

    #[test]
    fn utf_16_comes_back_with_and_without_its_mark(text in vietnamese_text(), is_big in any::<bool>(), marked in any::<bool>()) {
        let units = text.encode_utf16().flat_map(|unit| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        let mark: &[u8] = match (marked, is_big) {
            (true, true) => &[0xFE, 0xFF],
            (true, false) => &[0xFF, 0xFE],
            (false, _) => &[],
        };
        let bytes: Vec<u8> = mark.iter().copied().chain(units).collect();
        let decoded = decode(&bytes).expect("decodes");
        prop_assert_eq!(decoded.text, text);
        prop_assert_eq!(decoded.charset, if is_big { Charset::Utf16Be } else { Charset::Utf16Le });
    }

    #[test]
    fn utf_8_is_taken_exactly(text in "[ -~\r\nàáảãạăâđêôơưỳỵ“”–…\u{a0}]{1,200}") {
        prop_assume!(!text.trim().is_empty());
        prop_assume!(text.chars().any(syllable::is_only_vietnamese) || text.is_ascii());
        let decoded = decode(text.as_bytes()).expect("decodes");
        prop_assert_eq!(&decoded.text, &text);
        let marked = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
        prop_assert_eq!(decode(&marked).expect("decodes").text, text);
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(decode(&bytes));
    }
}

#[test]
fn letters_of_the_charts_stand_where_the_standards_put_them() {
    // TCVN 5712: `UBND tỉnh` and a well-known heading; VNI: the same.
    assert_eq!(latin::decode(b"U\xfb ban nh\xa9n d\xa9n", Charset::Tcvn3), "Uỷ ban nhân dân");
    assert_eq!(
        latin::decode(b"\xa7\xe9c l\xcbp - T\xf9 do - H\xb9nh ph\xf3c", Charset::Tcvn3),
        "Độc lập - Tự do - Hạnh phúc"
    );
    assert_eq!(
        latin::decode(b"\xd1o\xe4c la\xe4p - T\xf6\xef do - Ha\xefnh phu\xf9c", Charset::Vni),
        "Độc lập - Tự do - Hạnh phúc"
    );
    assert_eq!(
        latin::decode(b"\xd0\xf4\xf2c l\xe2\xf2p - T\xfd\xf2 do", Charset::Windows1258),
        "Độc lập - Tự do"
    );
}

#[test]
fn latin_letters_that_were_tcvn3_are_read_again() {
    let mojibake = encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(&encode(&SAMPLE.to_lowercase(), Charset::Tcvn3))
        .0
        .into_owned();
    let decoded = decode(mojibake.as_bytes()).expect("decodes");
    assert_eq!((decoded.charset, decoded.text), (Charset::Tcvn3, SAMPLE.to_lowercase()));
}

#[test]
fn french_in_utf_8_stays_french() {
    let french = "Réunion à Genève: les délégués ont décidé, après un débat très animé, de répéter l'opération déjà \
menée l'été passé; les élèves ont été privés de goûter, où qu'ils fussent.";
    assert_eq!(decode(french.as_bytes()).expect("decodes").text, french);
}

#[test]
fn english_with_typographic_marks_of_windows_is_read() {
    let decoded = decode(b"The province\x92s plan \x96 a draft").expect("decodes");
    assert_eq!(decoded.text, "The province’s plan – a draft");
}

#[test]
fn quotation_marks_and_dashes_stand_beside_old_letters() {
    let bytes = [
        &encode("công tác rà soát ", Charset::Tcvn3)[..],
        b"\x93",
        &encode("đề án", Charset::Tcvn3),
        b"\x94 \x96 1",
    ]
    .concat();
    assert_eq!(decode(&bytes).expect("decodes").text, "công tác rà soát “đề án” – 1");
}

#[test]
fn line_ends_are_kept() {
    assert_eq!(decode("một\r\nhai\r\n".as_bytes()).expect("decodes").text, "một\r\nhai\r\n");
}

#[test]
fn nothing_but_white_space_is_empty() {
    for bytes in [
        &b""[..],
        b" \r\n\t",
        b"\xEF\xBB\xBF",
        b"\xEF\xBB\xBF \n",
        b"\xFF\xFE",
        "\u{a0}\n".as_bytes(),
    ] {
        assert_eq!(decode(bytes), Err(Problem::Empty), "{bytes:?}");
    }
}

#[test]
fn a_nul_is_named_with_its_place() {
    assert_eq!(decode(b"abc\0def ghi jkl"), Err(Problem::NulBytes { offset: 3 }));
    assert_eq!(decode(b"\xEF\xBB\xBFab\0"), Err(Problem::NulBytes { offset: 5 }));
    assert_eq!(decode(&[0xFF, 0xFE, b'a', 0, 0, 0]), Err(Problem::NulBytes { offset: 4 }));
}

#[test]
fn two_encodings_in_one_text_are_named_with_their_place() {
    let unicode = SAMPLE.as_bytes();
    let mixed = [unicode, &encode("kế hoạch", Charset::Tcvn3)].concat();
    let offset = (unicode.len() + 1) as u64;
    assert_eq!(decode(&mixed), Err(Problem::MixedEncoding { offset }));
    let marked = [&[0xEF, 0xBB, 0xBF], &mixed[..]].concat();
    assert_eq!(decode(&marked), Err(Problem::MixedEncoding { offset: offset + 3 }));
}

#[test]
fn half_a_character_of_utf_16_is_broken() {
    let broken = |bytes: &[u8]| matches!(decode(bytes), Err(Problem::Broken { format, .. }) if format == "UTF-16");
    assert!(broken(&[0xFF, 0xFE, b'a', 0, b'b']));
    assert!(broken(&[0xFF, 0xFE, 0x00, 0xD8, b'b', 0]));
}

#[test]
fn more_than_the_limit_is_refused_unread() {
    let bytes = vec![b'a'; usize::try_from(LIMIT_BYTES).expect("fits") + 1];
    assert_eq!(
        decode(&bytes),
        Err(Problem::TooLarge { size_bytes: LIMIT_BYTES + 1, limit_bytes: LIMIT_BYTES })
    );
}
