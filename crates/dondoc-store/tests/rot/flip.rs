//! Rot on the disk; the tests of all that stands on the store have it from here.

use std::{fs, path::Path};

/// Flips a bit of every copy of a mark in the files of a folder; how many copies there were.
pub(crate) fn flip(folder: &Path, mark: &str) -> usize {
    let mut n_flipped = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let mut bytes = fs::read(&path).unwrap();
        let starts = 0..bytes.len().saturating_sub(mark.len());
        let found: Vec<usize> =
            starts.filter(|at| bytes[*at..].starts_with(mark.as_bytes())).collect();
        n_flipped += found.len();
        for at in found {
            bytes[at] ^= 1;
        }
        fs::write(&path, bytes).unwrap();
    }
    n_flipped
}
