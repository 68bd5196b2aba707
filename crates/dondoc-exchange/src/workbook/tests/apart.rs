//! Workbooks that are taken apart elsewhere, and workbooks that nobody has made with care.

use super::*;
use crate::sheets;

#[test]
fn a_workbook_that_was_taken_apart_elsewhere_is_read_as_it_would_be_here() {
    let (pack, bytes) = filled();
    let whole = read(&bytes, &paper(&pack), &current());
    assert_eq!(whole.figures.len(), current().len());
    for bytes in [
        bytes.clone(),
        with_cell(&bytes, "F13", "", "<v>5</v>"),
        with_cell(&bytes, "F13", "", "<v>0.1</v>"),
        without_stamp(&bytes),
        bytes[..bytes.len() / 2].to_vec(),
        b"PK and no more".to_vec(),
        b"no workbook".to_vec(),
    ] {
        let plain = sheets::flatten(&bytes);
        assert!(sheets::is_plain(plain.as_bytes()) && !sheets::is_workbook(plain.as_bytes()));
        let there = read(plain.as_bytes(), &paper(&pack), &current());
        assert_eq!(there, read(&bytes, &paper(&pack), &current()));
    }
    // A reader that died, and a plain form that nobody here has written.
    for plain in [sheets::refused("signal: 9"), "dondoc sheets 1\n{\"Sheets\":[[]]}".to_owned()] {
        let there = read(plain.as_bytes(), &paper(&pack), &current());
        assert!(matches!(there.findings[0].fault, Fault::Broken { .. }), "{there:?}");
        assert!(there.figures.is_empty());
    }
}

/// Numbers by chance, the same each time.
fn drawn(state: &mut u64, n: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 1).unwrap() % n
}

/// A letter of a part is another one, a stretch of it is gone, or is there twice.
fn changed(text: &str, state: &mut u64) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return String::new();
    }
    let at = drawn(state, letters.len());
    let to = (at + 1 + drawn(state, 40)).min(letters.len());
    match drawn(state, 3) {
        0 => letters[at] = char::from(b" \"<>&/=09Az"[drawn(state, 11)]),
        1 => drop(letters.drain(at..to)),
        _ => {
            let twice: Vec<char> = letters[at..to].to_vec();
            letters.splice(at..at, twice);
        }
    }
    letters.into_iter().collect()
}

#[test]
fn whatever_is_done_to_the_parts_of_a_workbook_it_is_read_or_refused() {
    let (pack, bytes) = filled();
    let mut state = 20_261_122;
    let (mut n_read, mut n_refused) = (0, 0);
    for round in 0..150 {
        for part in
            ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
        {
            let seed = std::cell::Cell::new(state);
            let harmed = with_part(&bytes, part, |text| {
                let mut state = seed.get();
                let text = changed(&text, &mut state);
                seed.set(state);
                text
            });
            state = seed.get().wrapping_add(round);
            let read = read(&harmed, &paper(&pack), &current());
            if read.findings.is_empty() { n_read += 1 } else { n_refused += 1 }
        }
    }
    // Both happen, or the changes would show nothing.
    assert!(n_read > 0 && n_refused > 0, "{n_read} read, {n_refused} refused");
}

#[test]
fn whatever_is_done_to_the_bytes_of_an_archive_it_is_read_or_refused() {
    let (pack, bytes) = filled();
    let mut state = 20_261_123;
    for _ in 0..600 {
        let mut harmed = bytes.clone();
        for _ in 0..=drawn(&mut state, 4) {
            let at = drawn(&mut state, harmed.len());
            harmed[at] = u8::try_from(drawn(&mut state, 256)).unwrap();
        }
        harmed.truncate(harmed.len() - drawn(&mut state, 3) * drawn(&mut state, harmed.len()) / 3);
        drop(read(&harmed, &paper(&pack), &current()));
    }
}
