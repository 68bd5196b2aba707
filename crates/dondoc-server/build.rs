//! Has the built pages embedded anew when they change, and when they are built for the first time.

use std::path::Path;

fn main() {
    let built = "../../web/dist";
    let watched = if Path::new(built).is_dir() { built } else { "../../web" };
    println!("cargo:rerun-if-changed={watched}");
    println!("cargo:rerun-if-changed=build.rs");
}
