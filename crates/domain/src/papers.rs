//! Papers of a family: present, missing, expired; and the tasks to obtain the missing ones.

use crate::{
    Date, codes,
    ids::{ApplicationId, PaperId, PersonId, TaskId},
};
use serde::{Deserialize, Serialize};

codes! {
    /// Whether a paper is at hand.
    PaperState {
        /// Seen at the desk.
        Present = "present",
        /// Not at hand.
        Missing = "missing",
        /// Seen, but no longer valid.
        Expired = "expired",
    }
}

codes! {
    /// How a task to obtain a paper stands.
    TaskState {
        /// To be done.
        Open = "open",
        /// A date is booked.
        Booked = "booked",
        /// Done.
        Done = "done",
        /// Could not be done.
        Failed = "failed",
        /// No longer needed.
        Cancelled = "cancelled",
    }
}

codes! {
    /// The kinds of file accepted, recognised by content.
    FileKind {
        /// JPEG photograph.
        Jpeg = "jpeg",
        /// PNG picture.
        Png = "png",
        /// PDF document.
        Pdf = "pdf",
    }
}

/// The most bytes of an uploaded file: 10 MB.
pub const MAX_FILE: usize = 10 * 1024 * 1024;

/// A stored copy of a paper, named by what it contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCopy {
    /// SHA-256 of the stored bytes, in hex.
    pub hash: String,
    /// JPEG, PNG or PDF.
    pub kind: FileKind,
    /// Stored size in bytes.
    pub bytes: u64,
}

/// A paper's state was recorded. Replaces what was known of the same paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRecorded {
    /// Its key.
    pub paper: PaperId,
    /// The pack's paper id, such as `b_form`.
    pub kind: String,
    /// Whose paper; `None` for the household's.
    pub person: Option<PersonId>,
    /// Present, missing or expired.
    pub state: PaperState,
    /// When it lapses, if it does.
    pub expires: Option<Date>,
    /// The copy taken, if any.
    pub file: Option<FileCopy>,
    /// Read only through applications that ask for it.
    pub protected: bool,
}

/// A missing paper became a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperTaskOpened {
    /// Its key.
    pub task: TaskId,
    /// The pack's paper id.
    pub kind: String,
    /// Whose.
    pub person: Option<PersonId>,
    /// The applications that wait for it.
    pub applications: Vec<ApplicationId>,
}

/// A task moved on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperTaskMoved {
    /// Which.
    pub task: TaskId,
    /// To where.
    pub state: TaskState,
}

/// A paper as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Key.
    pub id: PaperId,
    /// The pack's paper id.
    pub kind: String,
    /// Whose.
    pub person: Option<PersonId>,
    /// As recorded.
    pub recorded: PaperState,
    /// When it lapses.
    pub expires: Option<Date>,
    /// The copy.
    pub file: Option<FileCopy>,
    /// Class.
    pub protected: bool,
}

impl Paper {
    /// The state on a day: a paper past its date is expired whatever was recorded.
    pub fn state_on(&self, day: Date) -> PaperState {
        match self.expires {
            Some(expires) if self.recorded == PaperState::Present && expires < day => PaperState::Expired,
            _ => self.recorded,
        }
    }
}

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileRefused {
    /// Too large.
    #[error("The file is larger than 10 MB. Take the photograph again at a smaller size.")]
    TooLarge,
    /// Empty.
    #[error("The file is empty. Choose it again.")]
    Empty,
    /// Not one of the accepted kinds.
    #[error("The file is not a JPEG, a PNG or a PDF. Photograph the paper, or scan it as PDF.")]
    NotAccepted,
    /// Recognised but damaged.
    #[error("The picture cannot be read. Take it again.")]
    Unreadable,
    /// A picture with too many points to be a photograph of a paper.
    #[error("The picture is larger than 60 megapixels. Take the photograph again at a smaller size.")]
    TooManyPixels,
}

/// Recognises a file by its first bytes; the name and the declared type are not trusted.
pub fn recognise(bytes: &[u8]) -> Result<FileKind, FileRefused> {
    match bytes {
        [] => Err(FileRefused::Empty),
        _ if bytes.len() > MAX_FILE => Err(FileRefused::TooLarge),
        [0xFF, 0xD8, 0xFF, ..] => Ok(FileKind::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(FileKind::Png),
        [b'%', b'P', b'D', b'F', b'-', ..] => Ok(FileKind::Pdf),
        _ => Err(FileRefused::NotAccepted),
    }
}
