//! The parts of each new commune as the resolutions of 2025 say, in the JSON of the open mapping of those resolutions.

use serde::Deserialize;

use crate::units::NotUnits;

/// Pairs old → new, by codes.
#[derive(Clone, Debug)]
pub struct Merges {
    /// The file's name.
    pub source: String,
    /// All pairs, in the order of the file.
    pub pairs: Vec<Pair>,
}

/// An old unit of which a new one has a part or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its place in the file, from 1.
    pub row: u32,
    /// The old unit's code; of an island district the district's.
    pub old_code: String,
    /// The old unit's full name.
    pub old_name: String,
    /// The new unit's code.
    pub new_code: String,
    /// The new unit's full name.
    pub new_name: String,
    /// Whether all of it went over.
    pub is_whole: bool,
}

#[derive(Deserialize)]
struct File {
    data: Vec<Province>,
}

#[derive(Deserialize)]
struct Province {
    level2s: Vec<Commune>,
}

#[derive(Deserialize)]
struct Commune {
    level2_id: String,
    name: String,
    merges: Vec<Merge>,
}

#[derive(Deserialize)]
struct Merge {
    old_id: String,
    name: String,
    #[serde(rename = "type")]
    extent: Extent,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Extent {
    Full,
    Partial,
}

/// Reads the file.
pub(crate) fn read(name: &str, text: &str) -> Result<Merges, NotUnits> {
    let file: File = serde_json::from_str(text).map_err(NotUnits::Json)?;
    let mut pairs = Vec::new();
    let mut row = 0;
    for commune in file.data.into_iter().flat_map(|it| it.level2s) {
        for merge in commune.merges {
            row += 1;
            pairs.push(Pair {
                row,
                old_code: merge.old_id,
                old_name: merge.name,
                new_code: commune.level2_id.clone(),
                new_name: commune.name.clone(),
                is_whole: merge.extent == Extent::Full,
            });
        }
    }
    Ok(Merges { source: name.to_owned(), pairs })
}
