//! Prints the reading of UTF-8 text files as the contract's JSON lines: the reading layers alone, no containers.
//!
//! `cargo run --release --example read_texts -p dondoc-intake -- FILE…`

use std::{error::Error, io::Write, path::Path};

#[expect(
    clippy::disallowed_methods,
    reason = "an example is an edge: it reads the files that it is given"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let name = Path::new(&path)
            .file_name()
            .map_or(path.clone(), |it| it.to_string_lossy().into_owned());
        for document in dondoc_intake::read::read(&text, &name) {
            writeln!(out, "{}", serde_json::to_string(&document)?)?;
        }
    }
    Ok(())
}
