//! What the user named, as a list of files: folders opened, each file once.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use dondoc_core::problem::{Language, Problem};

use crate::isolate::LARGEST_FILE_BYTES;
use crate::words::{pick, place, refusal};

/// The extensions that are read when a folder is named; a file named itself is read whatever its name.
const EXTENSIONS: &[&str] = &[
    "txt", "md", "html", "htm", "docx", "doc", "rtf", "odt", "pdf", "png", "jpg", "jpeg", "tif",
    "tiff",
];

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// `-`.
    Piped,
    /// A file, as the user named it or under a folder that the user named.
    File(PathBuf),
    /// A file that comes with the program.
    Embedded {
        /// Its bare name.
        name: String,
        /// All of it.
        bytes: Cow<'static, [u8]>,
    },
}

impl Input {
    /// As its reader knows it.
    pub(crate) fn place(&self) -> String {
        match self {
            Input::Piped => "-".to_owned(),
            Input::File(path) => place(path),
            Input::Embedded { name, .. } => name.clone(),
        }
    }

    /// The bare name, which the reading carries.
    pub(crate) fn source(&self) -> String {
        match self {
            Input::Piped => "-".to_owned(),
            Input::Embedded { name, .. } => name.clone(),
            Input::File(path) => {
                path.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
        }
    }

    /// All its bytes.
    ///
    /// # Errors
    ///
    /// It can't be read, or has more bytes than are taken in.
    pub(crate) fn bytes(&self, language: Language) -> Result<Vec<u8>, Problem> {
        let no = |err: io::Error| refusal(&err, language);
        match self {
            Input::Embedded { bytes, .. } => Ok(bytes.to_vec()),
            Input::Piped => bounded(io::stdin().lock(), language),
            Input::File(path) => {
                let size_bytes = fs::metadata(path).map_err(no)?.len();
                if size_bytes > LARGEST_FILE_BYTES {
                    return Err(Problem::TooLarge { size_bytes, limit_bytes: LARGEST_FILE_BYTES });
                }
                bounded(File::open(path).map_err(no)?, language)
            }
        }
    }
}

fn bounded(from: impl Read, language: Language) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    from.take(LARGEST_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|err| refusal(&err, language))?;
    let size_bytes = bytes.len() as u64;
    if size_bytes > LARGEST_FILE_BYTES {
        return Err(Problem::TooLarge { size_bytes, limit_bytes: LARGEST_FILE_BYTES });
    }
    Ok(bytes)
}

/// What came of the names.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// In the order named; within a folder by name.
    pub(crate) files: Vec<Input>,
    /// Names that lead nowhere.
    pub(crate) refused: Vec<(String, Problem)>,
    /// Names that lead where an earlier one led.
    pub(crate) repeated: Vec<String>,
    /// How many files in folders have no extension that is read.
    pub(crate) n_passed_over: usize,
}

/// Follows the names.
pub(crate) fn gather(named: &[PathBuf], language: Language) -> Inputs {
    let mut gathering = Gathering { inputs: Inputs::default(), seen: HashSet::new(), language };
    for path in named {
        if path.as_os_str() == OsStr::new("-") {
            gathering.add(PathBuf::from("-"), Input::Piped);
        } else {
            gathering.follow(path);
        }
    }
    gathering.inputs
}

struct Gathering {
    inputs: Inputs,
    /// Files by where they really are, and folders too, so that a loop of links ends.
    seen: HashSet<PathBuf>,
    language: Language,
}

impl Gathering {
    fn follow(&mut self, path: &Path) {
        let found = fs::canonicalize(path).and_then(|real| Ok((fs::metadata(&real)?, real)));
        let (metadata, real) = match found {
            Ok(found) => found,
            Err(err) => {
                return self.refuse(path, refusal(&err, self.language));
            }
        };
        if metadata.is_file() {
            self.add(real, Input::File(path.to_owned()));
        } else if metadata.is_dir() {
            let n_before =
                (self.inputs.files.len(), self.inputs.repeated.len(), self.inputs.refused.len());
            self.open(path, real);
            let n_after =
                (self.inputs.files.len(), self.inputs.repeated.len(), self.inputs.refused.len());
            if n_before == n_after {
                self.refuse(path, Problem::EmptyFolder);
            }
        } else {
            let detail = pick(self.language, "không phải tệp thường", "not a regular file");
            self.refuse(path, Problem::Unreadable { detail: detail.to_owned() });
        }
    }

    fn open(&mut self, folder: &Path, real: PathBuf) {
        if !self.seen.insert(real) {
            return;
        }
        let entries = fs::read_dir(folder)
            .and_then(|it| it.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(err) => return self.refuse(folder, refusal(&err, self.language)),
        };
        entries.sort();
        for path in entries {
            let hidden = path.file_name().is_some_and(|it| it.as_encoded_bytes().starts_with(b"."));
            let Ok(real) = fs::canonicalize(&path) else { continue };
            match fs::metadata(&real) {
                Ok(it) if it.is_dir() && !hidden => self.open(&path, real),
                Ok(it) if it.is_file() && !hidden && is_read(&path) => {
                    self.add(real, Input::File(path));
                }
                _ => self.inputs.n_passed_over += 1,
            }
        }
    }

    fn add(&mut self, real: PathBuf, input: Input) {
        if self.seen.insert(real) {
            self.inputs.files.push(input);
        } else {
            self.inputs.repeated.push(input.place());
        }
    }

    fn refuse(&mut self, path: &Path, problem: Problem) {
        self.inputs.refused.push((place(path), problem));
    }
}

fn is_read(path: &Path) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|it| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(it)))
}
