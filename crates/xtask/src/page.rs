//! The page in `web/dist`: built, unless it is newer than all that it is made of. What the program embeds then stays as it is, and
//! neither is built again.

use std::{fs, path::Path, time::SystemTime};

use anyhow::Result;

use crate::{install_packages, root, run};

/// What the page is made of. What the sources of `web/src` have of the API is generated from its description.
const SOURCES: [&str; 8] = [
    "docs/api/openapi.json",
    "web/index.html",
    "web/package.json",
    "web/package-lock.json",
    "web/public",
    "web/src",
    "web/svelte.config.js",
    "web/vite.config.ts",
];
/// Written anew by each check of the page.
const GENERATED: &str = "schema.d.ts";

/// Builds the page.
pub(crate) fn build() -> Result<()> {
    install_packages("web")?;
    if is_built(&root()) {
        eprintln!("› web/dist is newer than its sources");
        return Ok(());
    }
    run("web", "npm", &["run", "--silent", "build"])
}

fn is_built(root: &Path) -> bool {
    let built = modified(&root.join("web/dist/index.html"));
    let changed = SOURCES.iter().filter_map(|it| newest(&root.join(it))).max();
    built.zip(changed).is_some_and(|(built, changed)| built > changed)
}

/// When something in a folder was changed last; a folder itself is, when a file in it comes or goes.
fn newest(path: &Path) -> Option<SystemTime> {
    let inside = fs::read_dir(path).into_iter().flatten().flatten();
    let inside = inside.filter(|it| it.file_name() != GENERATED);
    inside.filter_map(|it| newest(&it.path())).chain(modified(path)).max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|it| it.modified()).ok()
}

#[cfg(test)]
mod tests {
    use std::{fs::File, path::PathBuf, time::Duration};

    use super::*;

    /// Sets when a file or folder was changed last, in seconds.
    fn touch(path: &Path, at: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(at);
        File::open(path).and_then(|it| it.set_modified(time)).unwrap();
    }

    fn checkout() -> (tempfile::TempDir, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let source = root.path().join("web/src/lib");
        fs::create_dir_all(&source).unwrap();
        fs::create_dir_all(root.path().join("web/dist")).unwrap();
        for file in ["web/src/main.ts", "web/src/lib/a.ts", "web/dist/index.html"] {
            fs::write(root.path().join(file), "x").unwrap();
        }
        for path in ["web/src/main.ts", "web/src/lib/a.ts", "web/src/lib", "web/src"] {
            touch(&root.path().join(path), 100);
        }
        touch(&root.path().join("web/dist/index.html"), 200);
        let path = root.path().to_owned();
        (root, path)
    }

    #[test]
    fn a_page_that_is_newer_than_its_sources_is_built() {
        let (_held, root) = checkout();
        assert!(is_built(&root));
    }

    #[test]
    fn a_source_that_was_changed_or_taken_away_has_it_built_again() {
        let (_held, root) = checkout();
        touch(&root.join("web/src/lib/a.ts"), 300);
        assert!(!is_built(&root));
        let (_held, root) = checkout();
        fs::remove_file(root.join("web/src/lib/a.ts")).unwrap();
        assert!(!is_built(&root), "the folder is newer");
    }

    #[test]
    fn what_is_generated_for_a_check_does_not() {
        let (_held, root) = checkout();
        fs::write(root.join("web/src/lib/schema.d.ts"), "x").unwrap();
        touch(&root.join("web/src/lib"), 100);
        assert!(is_built(&root));
    }

    #[test]
    fn a_page_that_is_not_there_is_not_built() {
        let (_held, root) = checkout();
        fs::remove_file(root.join("web/dist/index.html")).unwrap();
        assert!(!is_built(&root));
    }
}
