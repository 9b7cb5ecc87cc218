//! What a snapshot is: its columns, origin, blocks and checksums.

use crate::{
    chunk::Layout,
    fault::{Fault, Faults, io},
    mapping::hex,
};
use rules::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

/// What `format` says.
const FORMAT: &str = "onewindow-snapshot";

/// Raised whenever an older program could misread a snapshot.
const VERSION: u32 = 1;

/// The description of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Always `onewindow-snapshot`.
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// The day the data stand for.
    pub day: Date,
    /// Whether every value was learnt on a day of its own and left out when it was too old on the day of the data. Such
    /// a snapshot serves that day alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub aged: bool,
    /// Hash of the policy whose dictionary the columns follow.
    pub pack: String,
    /// Hash of the mapping; empty when there was none.
    pub mapping: String,
    /// The tables it was made from.
    pub sources: Vec<Source>,
    /// What the columns mean.
    pub layout: Layout,
    /// Whether household ids are text; otherwise numbers.
    pub text_ids: bool,
    /// Whether persons have ids, and whether these are text.
    pub person_ids: Option<bool>,
    /// How many households.
    pub households: u64,
    /// How many persons.
    pub persons: u64,
    /// Bytes of the households' and the persons' file.
    pub bytes: [u64; 2],
    /// The blocks, by district and id.
    pub blocks: Vec<Block>,
}

/// A table a snapshot was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A run of households of one district with their persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The district's number.
    pub district: u16,
    /// How many households.
    pub households: u32,
    /// How many persons.
    pub persons: u32,
    /// Of each buffer of values of the households' columns: where it begins, its bytes, its CRC-32.
    pub household: Vec<(u64, u64, u32)>,
    /// The same of the persons' columns.
    pub person: Vec<(u64, u64, u32)>,
}

/// The index with the hash of its own text.
#[derive(Serialize, Deserialize)]
struct Sealed {
    sha256: String,
    index: Index,
}

impl Index {
    /// An index of nothing yet.
    pub(super) fn new(layout: Layout, day: Date, pack: &str, mapping: &str) -> Self {
        Self {
            format: FORMAT.into(),
            version: VERSION,
            day,
            aged: false,
            pack: pack.to_owned(),
            mapping: mapping.to_owned(),
            sources: vec![],
            layout,
            text_ids: false,
            person_ids: None,
            households: 0,
            persons: 0,
            bytes: [0; 2],
            blocks: vec![],
        }
    }

    /// The reference date of a run over it: the day of the data when none is asked for.
    ///
    /// # Errors
    /// Another day than the snapshot's own, when each value was taken or left by its own age on that day.
    pub fn reference(&self, asked: Option<Date>) -> Result<Date, Faults> {
        match asked {
            Some(asked) if self.aged && asked != self.day => {
                let message = format!("It was taken from the registry for {}, not for {asked}.", self.day);
                let what = format!("Make one for that day: onewindow snapshot --registry --day {asked}.");
                Err(Fault::of("snapshot", message).suggest(what).into())
            }
            asked => Ok(asked.unwrap_or(self.day)),
        }
    }

    /// A short name of what a snapshot holds: equal snapshots have equal names.
    pub fn name(&self) -> String {
        hex(&Sha256::digest(serde_json::to_vec(self).unwrap_or_default()))
    }

    /// Writes it and sees it onto the disk.
    pub(super) fn save(&self, path: &Path) -> Result<(), Faults> {
        let sealed = Sealed { sha256: self.name(), index: self.clone() };
        let text =
            serde_json::to_vec(&sealed).map_err(|error| Fault::of(&path.display().to_string(), error.to_string()))?;
        let mut file = File::create(path).map_err(io(path, "written"))?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(io(path, "written"))?;
        Ok(())
    }

    /// Reads it and checks that it is whole.
    pub(super) fn load(path: &Path) -> Result<Self, Faults> {
        let name = path.display().to_string();
        let text = fs::read(path).map_err(io(path, "read"))?;
        let foreign = |why: String| Fault::of(&name, why).suggest("Make the snapshot again with `onewindow snapshot`.");
        #[derive(Deserialize)]
        struct Versioned {
            index: VersionedIndex,
        }
        #[derive(Deserialize)]
        struct VersionedIndex {
            format: String,
            version: u32,
        }
        let seen: Versioned = serde_json::from_slice(&text)
            .map_err(|error| foreign(format!("This is no snapshot's description: {error}.")))?;
        if seen.index.format != FORMAT || seen.index.version != VERSION {
            let message = format!(
                "Its format is {} {}; this program reads {FORMAT} {VERSION}.",
                seen.index.format, seen.index.version
            );
            return Err(foreign(message).into());
        }
        let sealed: Sealed =
            serde_json::from_slice(&text).map_err(|error| foreign(format!("The description is damaged: {error}.")))?;
        if sealed.index.name() != sealed.sha256 {
            return Err(foreign("The description was changed: its checksum does not match.".into()).into());
        }
        Ok(sealed.index)
    }
}
